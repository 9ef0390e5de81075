//! An order comes in: it is read, checked, kept, and released when it says so.

use crate::wire::absent::or_empty;
use catalyst_domain::instrument::Instrument;

use super::book::OrderIndex;
use super::terms::{error, error_that};
use super::wire_order::{Stage, Tally, WireOrder};
use super::{Broker, SessionId};
use crate::config::Access;
use crate::faults::Spoken;
use crate::spoken::words_of;
use crate::wire::order::{Order, PlaceOrder};

impl Broker {
    pub(super) fn place(&mut self, id: SessionId, placed: &PlaceOrder) {
        let client = self.client_of(id);
        let order_id = placed.order_id.unwrap_or(0);
        if let Some(index) = self.orders.index_of(client, order_id)
            && self.orders.is_open(index)
        {
            self.revise(id, index, placed);
            return;
        }
        if let Err(spoken) = self.place_anew(id, client, placed) {
            self.say(id, order_id, spoken.code, &spoken.text);
        }
    }

    fn place_anew(
        &mut self,
        id: SessionId,
        client: i32,
        placed: &PlaceOrder,
    ) -> Result<(), Spoken> {
        let order_id = placed.order_id.unwrap_or(0);
        if self.config.access == Access::ReadOnly {
            let text = format!(
                "{}-'b' : cause - The API interface is currently in Read-Only mode.",
                words_of(321)
            );
            return Err(error_that(321, text));
        }
        let floor = self.floors.get(&client).copied().unwrap_or(0);
        if order_id <= floor {
            return Err(error(103));
        }
        self.floors.insert(client, order_id);
        let contract = or_empty(placed.contract.as_ref());
        let (instrument, contract) = self.instrument_to_order(&contract)?;
        let sent = self.with_account(or_empty(placed.order.as_ref()))?;
        let (shares, terms) = self.read_terms(&sent, instrument)?;
        if sent.what_if == Some(true) {
            self.estimate(
                id,
                order_id,
                (&contract, &sent),
                (instrument, shares, terms),
            );
            return Ok(());
        }
        self.knows_parent(client, &sent)?;
        let releases = sent.transmit == Some(true);
        let perm_id = self.orders.next_perm_id();
        let index = self.orders.add(WireOrder {
            client_id: client,
            order_id,
            perm_id,
            contract,
            sent,
            symbol: instrument.symbol,
            shares,
            terms,
            placed_on: self.today(),
            stage: Stage::Waiting,
            leg: None,
            tally: Tally::NOTHING,
            reported: None,
            ended_at: None,
        });
        if releases {
            self.release(index);
        }
        Ok(())
    }

    /// The order under the login's account; another account is not ours.
    fn with_account(&self, mut sent: Order) -> Result<Order, Spoken> {
        let named = sent.account.as_deref().unwrap_or("");
        if !named.is_empty() && named != self.config.account {
            let text = format!("{}-'b' : cause - Invalid account code", words_of(321));
            return Err(error_that(321, text));
        }
        sent.account = Some(self.config.account.clone());
        Ok(sent)
    }

    /// An order under a parent needs one that lives or has bought.
    fn knows_parent(&self, client: i32, sent: &Order) -> Result<(), Spoken> {
        let parent_id = sent.parent_id.unwrap_or(0);
        if parent_id == 0 {
            return Ok(());
        }
        let index = self.orders.index_of(client, parent_id);
        let index = index.ok_or_else(|| error(10006))?;
        let bought = self.orders.get(index).map(|parent| parent.tally.filled);
        let bought = bought.is_some_and(|bought| !bought.is_zero());
        if self.orders.is_open(index) || bought {
            Ok(())
        } else {
            Err(error(10006))
        }
    }

    /// The order that a released one waits for, or itself.
    pub(super) fn head_of(&self, index: OrderIndex) -> OrderIndex {
        let parent = self
            .orders
            .get(index)
            .and_then(|order| self.orders.index_of(order.client_id, order.parent_id()));
        parent.unwrap_or(index)
    }

    pub(super) fn instrument_of(&self, order: &WireOrder) -> Option<Instrument> {
        let lots = &self.wire.rules().lots;
        let answer = lots.instrument(order.symbol, self.today());
        answer.ok().map(|answer| answer.instrument)
    }
}
