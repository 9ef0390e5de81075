//! Orders and what becomes of them.

use super::contract::Contract;

/// An order. An absent `transmit` is false.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Order {
    #[prost(int32, optional, tag = "1")]
    pub(crate) client_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub(crate) order_id: Option<i32>,
    #[prost(int64, optional, tag = "3")]
    pub(crate) perm_id: Option<i64>,
    #[prost(int32, optional, tag = "4")]
    pub(crate) parent_id: Option<i32>,
    #[prost(string, optional, tag = "5")]
    pub(crate) action: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub(crate) total_quantity: Option<String>,
    #[prost(string, optional, tag = "8")]
    pub(crate) order_type: Option<String>,
    #[prost(double, optional, tag = "9")]
    pub(crate) limit_price: Option<f64>,
    #[prost(double, optional, tag = "10")]
    pub(crate) aux_price: Option<f64>,
    #[prost(string, optional, tag = "11")]
    pub(crate) tif: Option<String>,
    #[prost(string, optional, tag = "12")]
    pub(crate) account: Option<String>,
    #[prost(bool, optional, tag = "19")]
    pub(crate) outside_rth: Option<bool>,
    #[prost(string, optional, tag = "27")]
    pub(crate) oca_group: Option<String>,
    #[prost(string, optional, tag = "28")]
    pub(crate) order_ref: Option<String>,
    #[prost(int32, optional, tag = "30")]
    pub(crate) oca_type: Option<i32>,
    #[prost(int32, optional, tag = "31")]
    pub(crate) trigger_method: Option<i32>,
    #[prost(bool, optional, tag = "65")]
    pub(crate) what_if: Option<bool>,
    #[prost(bool, optional, tag = "66")]
    pub(crate) transmit: Option<bool>,
    #[prost(string, optional, tag = "115")]
    pub(crate) filled_quantity: Option<String>,
    #[prost(int64, optional, tag = "121")]
    pub(crate) parent_perm_id: Option<i64>,
}

/// Status, margins, costs and the end of an order.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct OrderState {
    #[prost(string, optional, tag = "1")]
    pub(crate) status: Option<String>,
    #[prost(double, optional, tag = "2")]
    pub(crate) initial_margin_before: Option<f64>,
    #[prost(double, optional, tag = "3")]
    pub(crate) maintenance_margin_before: Option<f64>,
    #[prost(double, optional, tag = "4")]
    pub(crate) equity_before: Option<f64>,
    #[prost(double, optional, tag = "5")]
    pub(crate) initial_margin_change: Option<f64>,
    #[prost(double, optional, tag = "6")]
    pub(crate) maintenance_margin_change: Option<f64>,
    #[prost(double, optional, tag = "7")]
    pub(crate) equity_change: Option<f64>,
    #[prost(double, optional, tag = "8")]
    pub(crate) initial_margin_after: Option<f64>,
    #[prost(double, optional, tag = "9")]
    pub(crate) maintenance_margin_after: Option<f64>,
    #[prost(double, optional, tag = "10")]
    pub(crate) equity_after: Option<f64>,
    #[prost(double, optional, tag = "11")]
    pub(crate) commission: Option<f64>,
    #[prost(double, optional, tag = "12")]
    pub(crate) commission_min: Option<f64>,
    #[prost(double, optional, tag = "13")]
    pub(crate) commission_max: Option<f64>,
    #[prost(string, optional, tag = "14")]
    pub(crate) commission_currency: Option<String>,
    #[prost(string, optional, tag = "15")]
    pub(crate) margin_currency: Option<String>,
    #[prost(string, optional, tag = "25")]
    pub(crate) suggested_size: Option<String>,
    #[prost(string, optional, tag = "26")]
    pub(crate) reject_reason: Option<String>,
    #[prost(string, optional, tag = "28")]
    pub(crate) warning_text: Option<String>,
    #[prost(string, optional, tag = "29")]
    pub(crate) completed_time: Option<String>,
    #[prost(string, optional, tag = "30")]
    pub(crate) completed_status: Option<String>,
}

/// Places or changes an order.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct PlaceOrder {
    #[prost(int32, optional, tag = "1")]
    pub(crate) order_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(crate) contract: Option<Contract>,
    #[prost(message, optional, tag = "3")]
    pub(crate) order: Option<Order>,
}

/// Withdraws an order.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct CancelOrder {
    #[prost(int32, optional, tag = "1")]
    pub(crate) order_id: Option<i32>,
}

/// An order as the broker has it.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct OpenOrder {
    #[prost(int32, optional, tag = "1")]
    pub(crate) order_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(crate) contract: Option<Contract>,
    #[prost(message, optional, tag = "3")]
    pub(crate) order: Option<Order>,
    #[prost(message, optional, tag = "4")]
    pub(crate) state: Option<OrderState>,
}

/// How far an order is.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct OrderStatus {
    #[prost(int32, optional, tag = "1")]
    pub(crate) order_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) status: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) filled: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) remaining: Option<String>,
    #[prost(double, optional, tag = "5")]
    pub(crate) average_price: Option<f64>,
    #[prost(int64, optional, tag = "6")]
    pub(crate) perm_id: Option<i64>,
    #[prost(int32, optional, tag = "7")]
    pub(crate) parent_id: Option<i32>,
    #[prost(double, optional, tag = "8")]
    pub(crate) last_price: Option<f64>,
    #[prost(int32, optional, tag = "9")]
    pub(crate) client_id: Option<i32>,
    #[prost(string, optional, tag = "10")]
    pub(crate) why_held: Option<String>,
}

/// Asks for orders that have ended.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct CompletedOrdersRequest {
    #[prost(bool, optional, tag = "1")]
    pub(crate) api_only: Option<bool>,
}

/// An order that has ended.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct CompletedOrder {
    #[prost(message, optional, tag = "1")]
    pub(crate) contract: Option<Contract>,
    #[prost(message, optional, tag = "2")]
    pub(crate) order: Option<Order>,
    #[prost(message, optional, tag = "3")]
    pub(crate) state: Option<OrderState>,
}
