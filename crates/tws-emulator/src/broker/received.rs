//! The log of what clients have sent, for tests that ask what was *not* sent.

use chrono::{DateTime, Utc};

use crate::kinds::RequestKind;
use crate::request::Request;
use crate::wire::order::PlaceOrder;

/// One message of a client.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The connection, counted from one over the life of the gateway.
    pub connection: u64,
    /// The client's id; `None` before its session has begun.
    pub client_id: Option<i32>,
    /// The world's moment.
    pub at: DateTime<Utc>,
    /// What was asked.
    pub kind: RequestKind,
    /// The order that was placed, changed or withdrawn; of a withdrawal only its id is set.
    pub order: Option<SentOrder>,
}

/// An order as a client sent it: absent fields are `None`, nothing is filled in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SentOrder {
    /// The client's id of the order.
    pub order_id: i32,
    /// Symbol, as it was written.
    pub symbol: Option<String>,
    /// Where it is to be routed.
    pub exchange: Option<String>,
    /// `BUY` or `SELL`.
    pub action: Option<String>,
    /// Shares, as text.
    pub quantity: Option<String>,
    /// Such as `LMT`.
    pub order_type: Option<String>,
    /// Limit price.
    pub limit_price: Option<f64>,
    /// Trigger of a stop.
    pub aux_price: Option<f64>,
    /// `DAY`, `GTC` and others.
    pub tif: Option<String>,
    /// The account.
    pub account: Option<String>,
    /// The order it waits for.
    pub parent_id: Option<i32>,
    /// The group of which one order cancels the others.
    pub oca_group: Option<String>,
    /// How it does.
    pub oca_type: Option<i32>,
    /// The client's own name of the order.
    pub order_ref: Option<String>,
    /// Whether it is released.
    pub transmit: bool,
    /// Whether only its cost is asked for.
    pub what_if: bool,
}

impl SentOrder {
    /// The order in a request, if there is one.
    pub(super) fn of(request: &Request) -> Option<Self> {
        if let Request::PlaceOrder(placed) = request {
            return Some(Self::placed(placed));
        }
        let Request::CancelOrder(cancel) = request else {
            return None;
        };
        Some(Self {
            order_id: cancel.order_id.unwrap_or(0),
            ..Self::default()
        })
    }

    fn placed(placed: &PlaceOrder) -> Self {
        let order_id = placed.order_id.unwrap_or(0);
        let contract = placed.contract.clone();
        let (symbol, exchange) = contract.map_or((None, None), |contract| {
            (contract.symbol, contract.exchange)
        });
        let Some(order) = placed.order.clone() else {
            return Self {
                order_id,
                symbol,
                exchange,
                ..Self::default()
            };
        };
        Self {
            order_id,
            symbol,
            exchange,
            action: order.action,
            quantity: order.total_quantity,
            order_type: order.order_type,
            limit_price: order.limit_price,
            aux_price: order.aux_price,
            tif: order.tif,
            account: order.account,
            parent_id: order.parent_id,
            oca_group: order.oca_group,
            oca_type: order.oca_type,
            order_ref: order.order_ref,
            transmit: order.transmit == Some(true),
            what_if: order.what_if == Some(true),
        }
    }
}
