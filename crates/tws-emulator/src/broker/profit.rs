//! Profit of the account and of a holding, and what an order would cost.

use catalyst_adapters_sim::exchange::LegTerms;
use catalyst_domain::fees::TradeTerms;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::money::Money;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use rust_decimal::Decimal;

use super::account::Valued;
use super::report::double;
use super::terms::error;
use super::{Broker, SessionId};
use crate::kinds::ReplyKind;
use crate::wire::account::{Pnl, PnlRequest, PnlSingle};
use crate::wire::contract::Contract;
use crate::wire::order::{OpenOrder, Order, OrderState};

impl Broker {
    /// Answers a question for the cost of an order, which is not placed.
    pub(super) fn estimate(
        &mut self,
        id: SessionId,
        order_id: i32,
        asked: (&Contract, &Order),
        (instrument, shares, terms): (Instrument, Shares, LegTerms),
    ) {
        let (contract, sent) = asked;
        if sent.transmit != Some(true) {
            let spoken = error(413);
            return self.say(id, order_id, spoken.code, &spoken.text);
        }
        let side = match terms {
            LegTerms::Buy(_) => Side::Buy,
            LegTerms::Stop(_)
            | LegTerms::Target(_)
            | LegTerms::Sell(_)
            | LegTerms::SellInAuction => Side::Sell,
        };
        let price = match terms.price() {
            Some(price) => Some(price.price()),
            None => self.last_price(instrument.symbol),
        };
        let Some(price) = price else {
            let spoken = error(200);
            return self.say(id, order_id, spoken.code, &spoken.text);
        };
        let trade = TradeTerms {
            side,
            kind: instrument.kind,
            shares,
            price,
        };
        let plan = self.wire.plan();
        let fees = self.wire.rules().fees.on(self.today());
        let fees = fees.ok().and_then(|fees| fees.total(&trade, plan).ok());
        let value = price.value() * Decimal::from(shares.count());
        let change = match side {
            Side::Buy => self.in_base(value),
            Side::Sell => -self.in_base(value),
        };
        let ledger = self.ledger();
        let before: Decimal = self.valued(&ledger).iter().map(Valued::value).sum();
        let before = self.in_base(before);
        let base = self.config.base;
        let cash = self.wire.cash().map_or(Decimal::ZERO, Money::amount);
        let equity = self.in_base(cash) + base.cash + before;
        let state = OrderState {
            status: Some("PreSubmitted".to_owned()),
            initial_margin_before: Some(double(before)),
            maintenance_margin_before: Some(double(before)),
            equity_before: Some(double(equity)),
            initial_margin_change: Some(double(change)),
            maintenance_margin_change: Some(double(change)),
            equity_change: Some(0.0),
            initial_margin_after: Some(double(before + change)),
            maintenance_margin_after: Some(double(before + change)),
            equity_after: Some(double(equity)),
            commission: fees.map(|fees| double(fees.amount())),
            commission_currency: fees.map(|fees| fees.currency().code().to_owned()),
            margin_currency: Some(base.currency.code().to_owned()),
            ..OrderState::default()
        };
        let open = OpenOrder {
            order_id: Some(order_id),
            contract: Some(contract.clone()),
            order: Some(Order {
                order_id: Some(order_id),
                client_id: Some(self.client_of(id)),
                ..sent.clone()
            }),
            state: Some(state),
        };
        self.send(id, ReplyKind::OpenOrder, &open);
    }

    pub(super) fn send_pnl(&mut self, id: SessionId, asked: &PnlRequest) {
        let ledger = self.ledger();
        let unrealized: Decimal = self.valued(&ledger).iter().map(Valued::unrealized).sum();
        let realized: Decimal = ledger.holdings.values().map(|basis| basis.realized).sum();
        let pnl = Pnl {
            req_id: asked.req_id,
            daily: Some(double(self.in_base(unrealized + realized))),
            unrealized: Some(double(self.in_base(unrealized))),
            realized: Some(double(self.in_base(realized))),
        };
        self.send(id, ReplyKind::Pnl, &pnl);
    }

    pub(super) fn send_pnl_single(&mut self, id: SessionId, asked: &PnlRequest) {
        let ledger = self.ledger();
        let valued = self
            .valued(&ledger)
            .into_iter()
            .find(|valued| self.contract_of(valued.holding.symbol).con_id == asked.con_id);
        let Some(valued) = valued else {
            let spoken = error(200);
            return self.say(id, asked.req_id.unwrap_or(0), spoken.code, &spoken.text);
        };
        let pnl = PnlSingle {
            req_id: asked.req_id,
            position: Some(valued.holding.shares.count().to_string()),
            daily: Some(double(valued.unrealized() + valued.basis.realized)),
            unrealized: Some(double(valued.unrealized())),
            realized: Some(double(valued.basis.realized)),
            value: Some(double(valued.value())),
        };
        self.send(id, ReplyKind::PnlSingle, &pnl);
    }
}
