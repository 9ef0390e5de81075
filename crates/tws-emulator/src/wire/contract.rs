//! Contracts, their details, and price bands.

/// Names an instrument.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Contract {
    #[prost(int32, optional, tag = "1")]
    pub(crate) con_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) symbol: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) sec_type: Option<String>,
    #[prost(string, optional, tag = "8")]
    pub(crate) exchange: Option<String>,
    #[prost(string, optional, tag = "9")]
    pub(crate) primary_exchange: Option<String>,
    #[prost(string, optional, tag = "10")]
    pub(crate) currency: Option<String>,
    #[prost(string, optional, tag = "11")]
    pub(crate) local_symbol: Option<String>,
    #[prost(string, optional, tag = "12")]
    pub(crate) trading_class: Option<String>,
}

/// What is known of an instrument. Lots are decimal text.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ContractDetails {
    #[prost(string, optional, tag = "1")]
    pub(crate) market_name: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(crate) min_tick: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) order_types: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) valid_exchanges: Option<String>,
    #[prost(int32, optional, tag = "5")]
    pub(crate) price_magnifier: Option<i32>,
    #[prost(string, optional, tag = "7")]
    pub(crate) long_name: Option<String>,
    #[prost(string, optional, tag = "9")]
    pub(crate) industry: Option<String>,
    #[prost(string, optional, tag = "12")]
    pub(crate) time_zone_id: Option<String>,
    #[prost(string, optional, tag = "13")]
    pub(crate) trading_hours: Option<String>,
    #[prost(string, optional, tag = "14")]
    pub(crate) liquid_hours: Option<String>,
    #[prost(btree_map = "string, string", tag = "17")]
    pub(crate) sec_ids: std::collections::BTreeMap<String, String>,
    #[prost(string, optional, tag = "21")]
    pub(crate) market_rule_ids: Option<String>,
    #[prost(string, optional, tag = "23")]
    pub(crate) stock_type: Option<String>,
    #[prost(string, optional, tag = "24")]
    pub(crate) min_size: Option<String>,
    #[prost(string, optional, tag = "25")]
    pub(crate) size_increment: Option<String>,
    #[prost(string, optional, tag = "26")]
    pub(crate) suggested_size_increment: Option<String>,
}

/// Asks for details.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ContractDataRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(crate) contract: Option<Contract>,
}

/// One match.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ContractData {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(crate) contract: Option<Contract>,
    #[prost(message, optional, tag = "3")]
    pub(crate) details: Option<ContractDetails>,
}

/// Asks for price bands.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct MarketRuleRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) rule_id: Option<i32>,
}

/// From `low_edge` on the tick is `increment`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct PriceIncrement {
    #[prost(double, optional, tag = "1")]
    pub(crate) low_edge: Option<f64>,
    #[prost(double, optional, tag = "2")]
    pub(crate) increment: Option<f64>,
}

/// Price bands in rising order.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct MarketRule {
    #[prost(int32, optional, tag = "1")]
    pub(crate) rule_id: Option<i32>,
    #[prost(message, repeated, tag = "2")]
    pub(crate) increments: Vec<PriceIncrement>,
}
