//! Changing an order: one that stands alone takes its new shares and price, one of a family does not.

use crate::wire::absent::or_empty;
use catalyst_adapters_sim::exchange::LegOrder;

use super::book::OrderIndex;
use super::terms::error;
use super::wire_order::{Stage, WireOrder};
use super::{Broker, SessionId};
use crate::config::Revision;
use crate::faults::Spoken;
use crate::wire::order::PlaceOrder;

impl Broker {
    pub(super) fn revise(&mut self, id: SessionId, index: OrderIndex, placed: &PlaceOrder) {
        let order_id = placed.order_id.unwrap_or(0);
        if let Err(spoken) = self.revise_order(index, placed) {
            self.say(id, order_id, spoken.code, &spoken.text);
        }
    }

    fn revise_order(&mut self, index: OrderIndex, placed: &PlaceOrder) -> Result<(), Spoken> {
        let Some(before) = self.orders.get(index).cloned() else {
            return Ok(());
        };
        let in_family = before.parent_id() != 0 || before.group().is_some();
        if in_family && before.stage == Stage::Placed {
            if self.config.revision == Revision::Cancelled {
                self.withdraw(index);
            }
            return Err(error(10326));
        }
        let sent = or_empty(placed.order.as_ref());
        let Some(instrument) = self.instrument_of(&before) else {
            return Err(error(200));
        };
        let (shares, terms) = self.read_terms(&sent, instrument)?;
        let releases = sent.transmit == Some(true);
        let revised = WireOrder {
            sent: crate::wire::order::Order {
                account: Some(self.config.account.clone()),
                ..sent
            },
            shares,
            terms,
            ..before
        };
        if let Some(leg) = revised.leg {
            let amended = self.wire.amend(&LegOrder {
                id: leg,
                symbol: revised.symbol,
                shares,
                terms,
            });
            amended.map_err(|refusal| self.words_for(&refusal))?;
        }
        let waits = revised.stage == Stage::Waiting;
        if let Some(order) = self.orders.get_mut(index) {
            *order = WireOrder {
                reported: None,
                ..revised
            };
        }
        if waits && releases {
            self.release(index);
        }
        Ok(())
    }
}
