//! Taking a plan: its family as single orders, all placed or none.

use catalyst_domain::order::{ClientOrderId, ExitPrice, Leg, OrderPlan, OrderTicket};
use chrono::{DateTime, Utc};

use super::book::Exchange;
use super::legs::{LegOrder, LegTerms};
use super::refusal::OrderRefusal;

impl Exchange {
    /// Takes the family that `plan` asks for under the name of its first leg, or refuses all of it.
    ///
    /// Only bars that begin at or after `now` can fill it.
    pub fn accept(
        &mut self,
        plan: &OrderPlan,
        id: ClientOrderId,
        now: DateTime<Utc>,
    ) -> Result<OrderTicket, OrderRefusal> {
        if self.orders.contains_key(&id) {
            return Err(OrderRefusal::DuplicateId { id });
        }
        let expected = match plan {
            OrderPlan::Bracket(_) => Leg::Entry,
            OrderPlan::Exit(_) => Leg::Exit,
            OrderPlan::Protect(_) => Leg::Stop,
        };
        if id.leg() != expected {
            let found = id.leg();
            return Err(OrderRefusal::WrongLeg {
                id,
                found,
                expected,
            });
        }
        let legs: Vec<LegOrder> = terms_of(plan)
            .into_iter()
            .map(|terms| LegOrder {
                id: id.sibling(terms.leg()),
                symbol: plan.symbol(),
                shares: plan.shares(),
                terms,
            })
            .collect();
        self.place(&legs, now)
    }
}

fn terms_of(plan: &OrderPlan) -> Vec<LegTerms> {
    match plan {
        OrderPlan::Bracket(plan) => vec![
            LegTerms::Buy(plan.entry.worst()),
            LegTerms::Stop(plan.bracket.stop()),
            LegTerms::Target(plan.bracket.target()),
        ],
        OrderPlan::Exit(plan) => match plan.price {
            ExitPrice::Limit(price) => vec![LegTerms::Sell(price)],
            ExitPrice::Auction => vec![LegTerms::SellInAuction],
        },
        OrderPlan::Protect(plan) => {
            let target = plan.target.map(LegTerms::Target);
            std::iter::once(LegTerms::Stop(plan.stop))
                .chain(target)
                .collect()
        }
    }
}
