//! The scanner.

use super::contract::Contract;

/// What to look for.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ScannerSubscription {
    #[prost(int32, optional, tag = "1")]
    pub(crate) rows: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) instrument: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) location: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) scan_code: Option<String>,
    #[prost(double, optional, tag = "5")]
    pub(crate) above_price: Option<f64>,
    #[prost(double, optional, tag = "6")]
    pub(crate) below_price: Option<f64>,
    #[prost(int64, optional, tag = "7")]
    pub(crate) above_volume: Option<i64>,
    #[prost(string, optional, tag = "21")]
    pub(crate) stock_type: Option<String>,
    #[prost(btree_map = "string, string", tag = "22")]
    pub(crate) filters: std::collections::BTreeMap<String, String>,
}

/// Begins a scan.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ScannerRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(crate) subscription: Option<ScannerSubscription>,
}

/// One rank.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ScannerRow {
    #[prost(int32, optional, tag = "1")]
    pub(crate) rank: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(crate) contract: Option<Contract>,
    #[prost(string, optional, tag = "3")]
    pub(crate) market_name: Option<String>,
    #[prost(string, optional, tag = "7")]
    pub(crate) combo_key: Option<String>,
}

/// The ranks.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ScannerData {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(message, repeated, tag = "2")]
    pub(crate) rows: Vec<ScannerRow>,
}

/// The allowed words, as XML.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ScannerParameters {
    #[prost(string, optional, tag = "1")]
    pub(crate) xml: Option<String>,
}
