//! Quotes and bars.

use super::contract::Contract;

/// Asks for quotes, once or from now on.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct MarketDataRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(crate) contract: Option<Contract>,
    #[prost(string, optional, tag = "3")]
    pub(crate) generic_ticks: Option<String>,
    #[prost(bool, optional, tag = "4")]
    pub(crate) snapshot: Option<bool>,
    #[prost(bool, optional, tag = "5")]
    pub(crate) regulatory: Option<bool>,
}

/// Chooses live (1), frozen (2), delayed (3) or delayed frozen (4).
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct MarketDataTypeRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) kind: Option<i32>,
}

/// The kind that is delivered.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct MarketDataType {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub(crate) kind: Option<i32>,
}

/// What the ticks of a request mean.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct TickReqParams {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) min_tick: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) bbo_exchange: Option<String>,
    #[prost(int32, optional, tag = "4")]
    pub(crate) snapshot_permissions: Option<i32>,
}

/// A price.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct TickPrice {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub(crate) tick: Option<i32>,
    #[prost(double, optional, tag = "3")]
    pub(crate) price: Option<f64>,
    #[prost(string, optional, tag = "4")]
    pub(crate) size: Option<String>,
    #[prost(int32, optional, tag = "5")]
    pub(crate) attributes: Option<i32>,
}

/// A number of shares.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct TickSize {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub(crate) tick: Option<i32>,
    #[prost(string, optional, tag = "3")]
    pub(crate) size: Option<String>,
}

/// A text, such as a time.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct TickString {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub(crate) tick: Option<i32>,
    #[prost(string, optional, tag = "3")]
    pub(crate) value: Option<String>,
}

/// Asks for bars.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct HistoricalDataRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(crate) contract: Option<Contract>,
    #[prost(string, optional, tag = "3")]
    pub(crate) end: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) bar_size: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(crate) duration: Option<String>,
    #[prost(bool, optional, tag = "6")]
    pub(crate) use_rth: Option<bool>,
    #[prost(string, optional, tag = "7")]
    pub(crate) what: Option<String>,
    #[prost(int32, optional, tag = "8")]
    pub(crate) format_date: Option<i32>,
    #[prost(bool, optional, tag = "9")]
    pub(crate) keep_up_to_date: Option<bool>,
}

/// One bar.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct HistoricalBar {
    #[prost(string, optional, tag = "1")]
    pub(crate) date: Option<String>,
    #[prost(double, optional, tag = "2")]
    pub(crate) open: Option<f64>,
    #[prost(double, optional, tag = "3")]
    pub(crate) high: Option<f64>,
    #[prost(double, optional, tag = "4")]
    pub(crate) low: Option<f64>,
    #[prost(double, optional, tag = "5")]
    pub(crate) close: Option<f64>,
    #[prost(string, optional, tag = "6")]
    pub(crate) volume: Option<String>,
    #[prost(string, optional, tag = "7")]
    pub(crate) wap: Option<String>,
    #[prost(int32, optional, tag = "8")]
    pub(crate) count: Option<i32>,
}

/// Bars, oldest first.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct HistoricalData {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(message, repeated, tag = "2")]
    pub(crate) bars: Vec<HistoricalBar>,
}

/// The span of the bars; without it the answer is not complete.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct HistoricalDataEnd {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) start: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) end: Option<String>,
}
