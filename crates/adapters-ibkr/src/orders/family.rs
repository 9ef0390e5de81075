//! Family: the orders of one plan, each with its name, built by hand field by field.
//!
//! A bracket goes out entry first and released by its last leg. A pair without an entry is linked by a
//! group of type 2, so that a partial fill of one reduces the other and never both fill.

use catalyst_domain::order::{ClientOrderId, ExitPrice, Leg, OrderPlan, OrderTicket, TicketStatus};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use ibapi::orders::{Action, OcaType, Order, TimeInForce};
use rust_decimal::Decimal;

use crate::translate::{BadNumber, to_f64};

/// One order of a family.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// As it will stand when it was taken.
    pub(super) planned: OrderTicket,
    pub(super) order: Order,
}

/// What an order does, in the broker's kinds.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Limit(Price),
    Stop(Price),
    Auction,
}

/// The orders of `plan` in the order they are sent.
pub(super) fn family_of(
    plan: &OrderPlan,
    id: ClientOrderId,
    account: &str,
) -> Result<Vec<Member>, BadNumber> {
    let shares = plan.shares();
    let member = |leg, side, kind| {
        let planned = OrderTicket {
            id: id.sibling(leg),
            symbol: plan.symbol(),
            side,
            price: match kind {
                Kind::Limit(price) | Kind::Stop(price) => Some(price),
                Kind::Auction => None,
            },
            shares,
            filled: Shares::ZERO,
            status: TicketStatus::Working,
        };
        let order = order_of(&planned, kind, account)?;
        Ok::<_, BadNumber>(Member { planned, order })
    };
    let sell_stop = |price| member(Leg::Stop, Side::Sell, Kind::Stop(price));
    let sell_target = |price| member(Leg::Target, Side::Sell, Kind::Limit(price));
    let mut members = match plan {
        OrderPlan::Bracket(plan) => {
            let entry = Kind::Limit(plan.entry.worst().price());
            vec![
                member(Leg::Entry, Side::Buy, entry)?,
                sell_target(plan.bracket.target().price())?,
                sell_stop(plan.bracket.stop().price())?,
            ]
        }
        OrderPlan::Exit(plan) => {
            let kind = match plan.price {
                ExitPrice::Limit(price) => Kind::Limit(price.price()),
                ExitPrice::Auction => Kind::Auction,
            };
            vec![member(Leg::Exit, Side::Sell, kind)?]
        }
        OrderPlan::Protect(plan) => {
            let mut pair = vec![sell_stop(plan.stop.price())?];
            if let Some(target) = plan.target {
                pair.push(sell_target(target.price())?);
            }
            pair
        }
    };
    link(&mut members, plan, id);
    Ok(members)
}

/// Marks what belongs together; the ids of entry and exits are filled in when they are known.
fn link(members: &mut [Member], plan: &OrderPlan, id: ClientOrderId) {
    let is_bracket = matches!(plan, OrderPlan::Bracket(_));
    let is_pair = members.len() > 1;
    let last = members.len().saturating_sub(1);
    for (place, member) in members.iter_mut().enumerate() {
        let is_exit = matches!(member.planned.id.leg(), Leg::Stop | Leg::Target);
        if is_pair && is_exit {
            member.order.oca_group = format!("{}-{:02}", id.cycle(), id.number());
            member.order.oca_type = OcaType::ReduceWithBlock;
        }
        member.order.transmit = !is_bracket || place == last;
    }
}

fn order_of(planned: &OrderTicket, kind: Kind, account: &str) -> Result<Order, BadNumber> {
    let (order_type, limit, aux) = match kind {
        Kind::Limit(price) => ("LMT", Some(to_f64(price.value())?), None),
        Kind::Stop(price) => ("STP", None, Some(to_f64(price.value())?)),
        Kind::Auction => ("MTL", None, None),
    };
    Ok(Order {
        action: match planned.side {
            Side::Buy => Action::Buy,
            Side::Sell => Action::Sell,
        },
        total_quantity: to_f64(Decimal::from(planned.shares.count()))?,
        order_type: order_type.to_owned(),
        limit_price: limit,
        aux_price: aux,
        tif: match (kind, planned.id.leg()) {
            (Kind::Auction, _) => TimeInForce::Auction,
            (_, Leg::Entry | Leg::Exit) => TimeInForce::Day,
            (_, Leg::Stop | Leg::Target) => TimeInForce::GoodTillCanceled,
        },
        account: account.to_owned(),
        order_ref: planned.id.to_string(),
        ..Order::default()
    })
}
