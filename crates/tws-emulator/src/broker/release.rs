//! A family is released: its orders get their names at the exchange and go there together.

use super::seen::seen;
use catalyst_adapters_sim::exchange::{LegOrder, OrderRefusal};
use catalyst_adapters_sim::faces::NotPlaced;
use catalyst_domain::order::{ClientOrderId, Leg};

use super::Broker;
use super::book::OrderIndex;
use super::terms::{error, error_that};
use super::wire_order::{Stage, WireOrder};
use crate::faults::Spoken;
use crate::spoken::words_of;

/// Names that are tried for an order whose own cannot be used.
const NAMES_MAX: u16 = 1_000;

impl Broker {
    /// Sends an order to the exchange with all that waits with it, all or none.
    pub(super) fn release(&mut self, index: OrderIndex) {
        let head = self.head_of(index);
        let mut family = Vec::new();
        if let Some(order) = self.orders.get(head) {
            if order.stage == Stage::Waiting {
                family.push(head);
            }
            family.extend(self.orders.waiting_under(order.client_id, order.order_id));
        }
        let placed = self.legs_of(head, &family).and_then(|legs| {
            let placed = self.wire.place(&legs);
            placed.map_err(|error| self.words_for(&error))?;
            Ok(legs)
        });
        match placed {
            Ok(legs) => {
                for (index, leg) in family.iter().zip(legs) {
                    self.orders.name(*index, leg.id);
                }
            }
            Err(spoken) => self.refuse(&family, &spoken),
        }
    }

    fn legs_of(
        &mut self,
        head: OrderIndex,
        family: &[OrderIndex],
    ) -> Result<Vec<LegOrder>, Spoken> {
        let mut names: Vec<ClientOrderId> = Vec::new();
        let mut legs = Vec::new();
        for index in family {
            let Some(order) = self.orders.get(*index).cloned() else {
                continue;
            };
            let id = if *index == head {
                self.name_alone(*index, &order)?
            } else {
                let parent = names.first().copied();
                let parent = parent.or_else(|| self.orders.get(head).and_then(|head| head.leg));
                self.name_under(*index, &order, parent)?
            };
            if names.contains(&id) {
                return Err(one_of_each());
            }
            names.push(id);
            legs.push(LegOrder {
                id,
                symbol: order.symbol,
                shares: order.shares,
                terms: order.terms,
            });
        }
        Ok(legs)
    }

    /// The name of an order under a parent: that of the parent's family. Where the family has had such
    /// an order and the parent is done, it stands alone.
    fn name_under(
        &mut self,
        index: OrderIndex,
        order: &WireOrder,
        parent: Option<ClientOrderId>,
    ) -> Result<ClientOrderId, Spoken> {
        let parent = parent.ok_or_else(|| error(10006))?;
        let id = parent.sibling(order.terms.leg());
        if !matches!(id.leg(), Leg::Stop | Leg::Target) {
            let text = format!(
                "{}an order under a parent sells what it buys",
                words_of(201)
            );
            return Err(error_that(201, text));
        }
        if !self.is_used(id) {
            return Ok(id);
        }
        let parent = self.orders.index_of_leg(parent);
        if parent.is_some_and(|parent| self.orders.is_open(parent)) {
            return Err(one_of_each());
        }
        self.name_alone(index, order)
    }

    /// The name of an order without parent: that of its group's family; the client's own, if it is one
    /// of the agent's and its family is new; else a strange one.
    fn name_alone(
        &mut self,
        index: OrderIndex,
        order: &WireOrder,
    ) -> Result<ClientOrderId, Spoken> {
        let leg = order.terms.leg();
        if let Some(group) = order.group()
            && let Some(other) = self.orders.in_group(group, index)
        {
            if !other.tally.filled.is_zero() && other.ended_at.is_some() {
                let text = format!("{}OCA group {group} is done", words_of(201));
                return Err(error_that(201, text));
            }
            let id = other.leg.map(|other| other.sibling(leg));
            return id.filter(|id| !self.is_used(*id)).ok_or_else(one_of_each);
        }
        let own = order.sent.order_ref.as_deref();
        let own: Option<ClientOrderId> = own.and_then(|own| own.parse().ok());
        if let Some(own) = own.filter(|own| own.leg() == leg && self.is_new_family(*own)) {
            return Ok(own);
        }
        let date = self.today();
        for _ in 0..NAMES_MAX {
            let strange = self.orders.strange_name(date, leg);
            if self.is_new_family(strange) {
                return Ok(strange);
            }
        }
        Err(error_that(201, "too many orders for one day"))
    }

    fn is_used(&self, id: ClientOrderId) -> bool {
        !matches!(self.wire.ticket(id), Ok(None))
    }

    fn is_new_family(&self, id: ClientOrderId) -> bool {
        let legs = [Leg::Entry, Leg::Stop, Leg::Target, Leg::Exit];
        !legs.iter().any(|leg| self.is_used(id.sibling(*leg)))
    }

    /// The first order of the family is refused, and the others cannot be without it.
    fn refuse(&mut self, family: &[OrderIndex], spoken: &Spoken) {
        for (position, index) in family.iter().enumerate() {
            let Some(order) = self.orders.get_mut(*index) else {
                continue;
            };
            order.stage = if position == 0 {
                Stage::Refused
            } else {
                Stage::Withdrawn
            };
            let (client, order_id) = (order.client_id, order.order_id);
            if position == 0
                && let Some(owner) = self.session_of(client)
            {
                self.say(owner, order_id, spoken.code, &spoken.text);
            }
        }
    }

    /// How the real gateway would put a refusal.
    pub(super) fn words_for(&self, refusal: &NotPlaced) -> Spoken {
        let NotPlaced::Refused(refusal) = refusal else {
            return error_that(201, format!("{}{refusal}", words_of(201)));
        };
        let because = || error_that(201, format!("{}{refusal}", words_of(201)));
        match refusal {
            OrderRefusal::NotListed { .. } => error(200),
            OrderRefusal::NoShares => error(434),
            OrderRefusal::OddLot { .. } => self.lot_error(),
            OrderRefusal::OtherGrid { .. } => error(110),
            OrderRefusal::EntryEnded { .. } => error(10006),
            OrderRefusal::NotWorking { .. } => error(104),
            OrderRefusal::Cash { needed, free } => {
                let text = format!(
                    "{}YOUR ORDER IS NOT ACCEPTED. IN ORDER TO OBTAIN THE DESIRED POSITION YOUR Equity with Loan Value [{free}] MUST EXCEED THE NEW TOTAL INITIAL MARGIN [{needed}]",
                    words_of(201)
                );
                error_that(201, text)
            }
            OrderRefusal::Short { symbol, free, .. } => {
                let held = seen(self.wire.holdings());
                if free.is_zero() && !held.iter().any(|held| held.symbol == *symbol) {
                    error(426)
                } else {
                    because()
                }
            }
            OrderRefusal::DuplicateId { .. }
            | OrderRefusal::WrongLeg { .. }
            | OrderRefusal::Phase { .. }
            | OrderRefusal::TooManyLots { .. }
            | OrderRefusal::StopRefused
            | OrderRefusal::Unknown(_) => because(),
        }
    }
}

fn one_of_each() -> Spoken {
    let text = "one stop and one target to a parent or group are what this gateway models";
    error_that(201, format!("{}{text}", words_of(201)))
}
