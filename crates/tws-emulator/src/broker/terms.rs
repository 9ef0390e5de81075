//! Reading what an order asks for: whole shares, legal prices, and a kind that the exchange has.

use catalyst_adapters_sim::exchange::LegTerms;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::tick::{LimitPrice, TickGrid};
use rust_decimal::Decimal;

use super::Broker;
use crate::config::LotRefusal;
use crate::faults::Spoken;
use crate::spoken::words_of;
use crate::wire::order::Order;

/// Ticks through the market that a market order may go where the exchange names no bound.
const MARKET_STEPS: u32 = 9;

/// The error `code` with its usual words.
pub(super) fn error(code: i32) -> Spoken {
    error_that(code, words_of(code))
}

/// The error `code` with other words.
pub(super) fn error_that(code: i32, text: impl Into<String>) -> Spoken {
    Spoken {
        code,
        text: text.into(),
    }
}

impl Broker {
    /// Shares and terms of `order`, or the error that the client is sent.
    pub(super) fn read_terms(
        &self,
        order: &Order,
        instrument: Instrument,
    ) -> Result<(Shares, LegTerms), Spoken> {
        let side = match order.action.as_deref() {
            Some("BUY") => Side::Buy,
            Some("SELL") => Side::Sell,
            Some("SSHORT") => return Err(error(426)),
            other => {
                let text = format!("Error validating request.-'bb' : cause - action {other:?}");
                return Err(error_that(321, text));
            }
        };
        let shares = self.read_shares(order, instrument, side)?;
        let date = self.today();
        let grid = self.wire.rules().ticks.on(date, instrument.kind);
        let grid = grid.map_err(|error| error_that(201, error.to_string()))?;
        let kind = order.order_type.as_deref().unwrap_or("");
        let tif = order.tif.as_deref().unwrap_or("DAY");
        if !matches!(tif, "" | "DAY" | "GTC") && (kind, tif) != ("MTL", "AUC") {
            let text = format!("{} Time in force {tif}", words_of(387));
            return Err(error_that(387, text));
        }
        let rests = order.parent_id.unwrap_or(0) != 0
            || order
                .oca_group
                .as_deref()
                .is_some_and(|group| !group.is_empty())
            || tif == "GTC";
        let terms = match (kind, side) {
            ("LMT", Side::Buy) => LegTerms::Buy(legal(order.limit_price, grid)?),
            ("LMT", Side::Sell) if rests => LegTerms::Target(legal(order.limit_price, grid)?),
            ("LMT", Side::Sell) => LegTerms::Sell(legal(order.limit_price, grid)?),
            ("STP", Side::Sell) => LegTerms::Stop(trigger(order.aux_price, grid)?),
            ("MTL", Side::Sell) if tif == "AUC" => LegTerms::SellInAuction,
            ("MKT" | "MTL", Side::Buy) => LegTerms::Buy(self.through(instrument, grid, 1)?),
            ("MKT" | "MTL", Side::Sell) => LegTerms::Sell(self.through(instrument, grid, -1)?),
            _ => {
                let text = format!("{} {kind} {}", words_of(387), side.as_str());
                return Err(error_that(387, text));
            }
        };
        Ok((shares, terms))
    }

    fn read_shares(
        &self,
        order: &Order,
        instrument: Instrument,
        side: Side,
    ) -> Result<Shares, Spoken> {
        let text = order.total_quantity.as_deref().unwrap_or("0");
        let count: Decimal = text.parse().unwrap_or(Decimal::ZERO);
        if count <= Decimal::ZERO {
            return Err(error(434));
        }
        let whole = u64::try_from(count)
            .ok()
            .filter(|_| count.fract().is_zero());
        let shares = whole.and_then(|count| Shares::new(count).ok());
        let shares = shares.ok_or_else(|| self.lot_error())?;
        let (lots, odd) = shares.in_lots(instrument.lot_size);
        let is_odd_lot_sale = side == Side::Sell && lots.is_none();
        if !odd.is_zero() && !is_odd_lot_sale {
            return Err(self.lot_error());
        }
        Ok(shares)
    }

    pub(super) fn lot_error(&self) -> Spoken {
        match self.config.lot_refusal {
            LotRefusal::MarketRule => error(355),
            LotRefusal::Rejected => {
                let text = format!("{}{}", words_of(201), words_of(355));
                error_that(201, text)
            }
        }
    }

    /// A price through the market, as far as an order may go: the broker makes limits of market orders.
    fn through(
        &self,
        instrument: Instrument,
        grid: TickGrid<'_>,
        direction: i32,
    ) -> Result<LimitPrice, Spoken> {
        let rules = self.wire.rules().order_rules.on(self.today());
        let steps = rules.ok().and_then(|rules| rules.enhanced_steps);
        let steps = i32::try_from(steps.unwrap_or(MARKET_STEPS)).unwrap_or(i32::MAX);
        let last = self.last_price(instrument.symbol);
        let price = last.and_then(|last| grid.step(last, direction.saturating_mul(steps)));
        price.ok_or_else(|| error_that(201, format!("{}no market", words_of(201))))
    }
}

fn legal(price: Option<f64>, grid: TickGrid<'_>) -> Result<LimitPrice, Spoken> {
    let price = price_of(price).ok_or_else(|| error(110))?;
    grid.exact(price).map_err(|_off_grid| error(110))
}

fn trigger(price: Option<f64>, grid: TickGrid<'_>) -> Result<LimitPrice, Spoken> {
    let price = price_of(price).ok_or_else(|| error(403))?;
    grid.exact(price).map_err(|_off_grid| error(110))
}

fn price_of(price: Option<f64>) -> Option<Price> {
    let value = Decimal::try_from(price?).ok()?;
    Price::new(value).ok()
}
