//! Messages of the session itself: start, ids, accounts, time, errors.

/// Begins a session under a client id.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct StartApi {
    #[prost(int32, optional, tag = "1")]
    pub(crate) client_id: Option<i32>,
}

/// An error or notice; the id is an order, a request, or -1.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ErrorMessage {
    #[prost(int32, optional, tag = "1")]
    pub(crate) id: Option<i32>,
    #[prost(int64, optional, tag = "2")]
    pub(crate) time: Option<i64>,
    #[prost(int32, optional, tag = "3")]
    pub(crate) code: Option<i32>,
    #[prost(string, optional, tag = "4")]
    pub(crate) text: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(crate) advanced_reject: Option<String>,
}

/// The lowest order id that is free.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct NextValidId {
    #[prost(int32, optional, tag = "1")]
    pub(crate) order_id: Option<i32>,
}

/// The accounts of the login, joined by commas.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ManagedAccounts {
    #[prost(string, optional, tag = "1")]
    pub(crate) accounts: Option<String>,
}

/// Seconds since 1970.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct CurrentTime {
    #[prost(int64, optional, tag = "1")]
    pub(crate) seconds: Option<i64>,
}

/// Milliseconds since 1970.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct CurrentTimeMillis {
    #[prost(int64, optional, tag = "1")]
    pub(crate) millis: Option<i64>,
}

/// Any message that is a request id and nothing else.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ById {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
}

/// Any message without fields.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Empty {}
