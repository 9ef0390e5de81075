//! Executions and what they cost.

use super::contract::Contract;

/// Narrows an answer.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ExecutionFilter {
    #[prost(int32, optional, tag = "1")]
    pub(crate) client_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) account: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) time: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) symbol: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(crate) sec_type: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub(crate) exchange: Option<String>,
    #[prost(string, optional, tag = "7")]
    pub(crate) side: Option<String>,
    #[prost(int32, optional, tag = "8")]
    pub(crate) last_n_days: Option<i32>,
}

/// Asks for executions.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ExecutionRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(crate) filter: Option<ExecutionFilter>,
}

/// Shares that changed hands.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Execution {
    #[prost(int32, optional, tag = "1")]
    pub(crate) order_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) exec_id: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) time: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) account: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(crate) exchange: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub(crate) side: Option<String>,
    #[prost(string, optional, tag = "7")]
    pub(crate) shares: Option<String>,
    #[prost(double, optional, tag = "8")]
    pub(crate) price: Option<f64>,
    #[prost(int64, optional, tag = "9")]
    pub(crate) perm_id: Option<i64>,
    #[prost(int32, optional, tag = "10")]
    pub(crate) client_id: Option<i32>,
    #[prost(string, optional, tag = "12")]
    pub(crate) cumulative: Option<String>,
    #[prost(double, optional, tag = "13")]
    pub(crate) average_price: Option<f64>,
    #[prost(string, optional, tag = "14")]
    pub(crate) order_ref: Option<String>,
}

/// One execution; the request id is -1 unless it was asked for.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ExecutionDetails {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(crate) contract: Option<Contract>,
    #[prost(message, optional, tag = "3")]
    pub(crate) execution: Option<Execution>,
}

/// Costs of one execution.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct CommissionReport {
    #[prost(string, optional, tag = "1")]
    pub(crate) exec_id: Option<String>,
    #[prost(double, optional, tag = "2")]
    pub(crate) commission: Option<f64>,
    #[prost(string, optional, tag = "3")]
    pub(crate) currency: Option<String>,
    #[prost(double, optional, tag = "4")]
    pub(crate) realized_pnl: Option<f64>,
}
