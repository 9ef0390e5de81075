//! The account: values, portfolio, positions, profit.

use super::contract::Contract;

/// Begins or ends account updates.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct AccountDataRequest {
    #[prost(bool, optional, tag = "1")]
    pub(crate) subscribe: Option<bool>,
    #[prost(string, optional, tag = "2")]
    pub(crate) account: Option<String>,
}

/// One figure as text.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct AccountValue {
    #[prost(string, optional, tag = "1")]
    pub(crate) key: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(crate) value: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) currency: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) account: Option<String>,
}

/// One holding at its market value.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct PortfolioValue {
    #[prost(message, optional, tag = "1")]
    pub(crate) contract: Option<Contract>,
    #[prost(string, optional, tag = "2")]
    pub(crate) position: Option<String>,
    #[prost(double, optional, tag = "3")]
    pub(crate) market_price: Option<f64>,
    #[prost(double, optional, tag = "4")]
    pub(crate) market_value: Option<f64>,
    #[prost(double, optional, tag = "5")]
    pub(crate) average_cost: Option<f64>,
    #[prost(double, optional, tag = "6")]
    pub(crate) unrealized_pnl: Option<f64>,
    #[prost(double, optional, tag = "7")]
    pub(crate) realized_pnl: Option<f64>,
    #[prost(string, optional, tag = "8")]
    pub(crate) account: Option<String>,
}

/// Local time of the update.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct AccountUpdateTime {
    #[prost(string, optional, tag = "1")]
    pub(crate) time: Option<String>,
}

/// The first picture is complete.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct AccountDataEnd {
    #[prost(string, optional, tag = "1")]
    pub(crate) account: Option<String>,
}

/// One holding at cost.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Position {
    #[prost(string, optional, tag = "1")]
    pub(crate) account: Option<String>,
    #[prost(message, optional, tag = "2")]
    pub(crate) contract: Option<Contract>,
    #[prost(string, optional, tag = "3")]
    pub(crate) position: Option<String>,
    #[prost(double, optional, tag = "4")]
    pub(crate) average_cost: Option<f64>,
}

/// Asks for figures by tag, joined by commas.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct AccountSummaryRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) group: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) tags: Option<String>,
}

/// One figure.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct AccountSummary {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) account: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) tag: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) value: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(crate) currency: Option<String>,
}

/// Asks for positions or values of one account under a request id.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct MultiRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) account: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) model_code: Option<String>,
}

/// One holding at cost.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct PositionMulti {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) account: Option<String>,
    #[prost(message, optional, tag = "3")]
    pub(crate) contract: Option<Contract>,
    #[prost(string, optional, tag = "4")]
    pub(crate) position: Option<String>,
    #[prost(double, optional, tag = "5")]
    pub(crate) average_cost: Option<f64>,
    #[prost(string, optional, tag = "6")]
    pub(crate) model_code: Option<String>,
}

/// One figure.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct AccountUpdateMulti {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) account: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) model_code: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) key: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(crate) value: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub(crate) currency: Option<String>,
}

/// Asks for profit, of one holding where a contract id is given.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct PnlRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) account: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) model_code: Option<String>,
    #[prost(int32, optional, tag = "4")]
    pub(crate) con_id: Option<i32>,
}

/// Profit of the account.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Pnl {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(double, optional, tag = "2")]
    pub(crate) daily: Option<f64>,
    #[prost(double, optional, tag = "3")]
    pub(crate) unrealized: Option<f64>,
    #[prost(double, optional, tag = "4")]
    pub(crate) realized: Option<f64>,
}

/// Profit of one holding.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct PnlSingle {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) position: Option<String>,
    #[prost(double, optional, tag = "3")]
    pub(crate) daily: Option<f64>,
    #[prost(double, optional, tag = "4")]
    pub(crate) unrealized: Option<f64>,
    #[prost(double, optional, tag = "5")]
    pub(crate) realized: Option<f64>,
    #[prost(double, optional, tag = "6")]
    pub(crate) value: Option<f64>,
}
