//! `catalyst market tick`: whether a price is legal on a date, and the legal prices around it.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::price::Price;
use catalyst_domain::tick::{LimitPrice, TickGrid};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::asking::Question;
use super::outside::outside_dates;
use super::rules::Rules;
use super::tick_bands::{LegalPrices, bands_of};
use crate::commands::inspect::{Asked, BadQuestion, needed};

/// Decimal places of a [`Price`].
const PRICE_PLACES: u32 = 8;

/// Flags of `catalyst market tick`, and keys of its lines.
#[derive(Debug, Clone, clap::Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TickQuestion {
    /// Which exchange: HKEX or NYSE [default: HKEX]
    #[arg(long, value_name = "EXCHANGE")]
    exchange: Option<Asked<Exchange>>,
    /// The trade date, such as 2026-11-23: ticks change with it
    #[arg(long, value_name = "DATE")]
    date: Option<Asked<TradingDate>>,
    /// What is traded: equity, etf or reit [default: equity]
    #[arg(long, value_name = "KIND")]
    kind: Option<Asked<InstrumentKind>>,
    /// The price, in plain digits; without it the answer is the whole table of the date
    #[arg(long, value_name = "PRICE", allow_negative_numbers = true)]
    price: Option<Asked<Decimal>>,
}

/// A table of ticks, and a price where one is given.
#[derive(Debug)]
pub(crate) struct TickAsked {
    exchange: Exchange,
    date: TradingDate,
    kind: InstrumentKind,
    price: Option<Decimal>,
}

/// What there is to say of a price, or of all.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum TickAnswer {
    /// Of the price that is given.
    Price(AroundPrice),
    /// Of all prices.
    Bands(LegalPrices),
}

/// The legal prices around one; nothing outside the prices of the table.
#[derive(Debug, Serialize)]
pub(crate) struct AroundPrice {
    price: Decimal,
    legal: bool,
    tick: Option<Decimal>,
    up: Option<String>,
    down: Option<String>,
    buy: Option<String>,
    sell: Option<String>,
}

impl Question for TickQuestion {
    type Complete = TickAsked;
    type Answer = TickAnswer;

    fn exchange(&self) -> Option<Asked<Exchange>> {
        self.exchange
    }

    fn is_asked(&self) -> bool {
        self.date.is_some() || self.kind.is_some() || self.price.is_some()
    }

    fn complete(self, exchange: Exchange) -> Result<TickAsked, BadQuestion> {
        let date = needed("date", self.date)?;
        Ok(TickAsked {
            exchange,
            date,
            kind: self.kind.map_or(InstrumentKind::Equity, |Asked(kind)| kind),
            price: self.price.map(|Asked(price)| price),
        })
    }

    fn answer(question: &TickAsked, rules: &Rules) -> Result<TickAnswer, BadQuestion> {
        let ticks = &rules.of(question.exchange).ticks;
        let grid = ticks
            .on(question.date, question.kind)
            .map_err(|outside| outside_dates("date", question.date, &outside))?;
        Ok(match question.price {
            Some(price) => TickAnswer::Price(around(grid, price)),
            None => TickAnswer::Bands(bands_of(grid)),
        })
    }
}

fn around(grid: TickGrid<'_>, price: Decimal) -> AroundPrice {
    let outside = AroundPrice {
        price,
        legal: false,
        tick: None,
        up: None,
        down: None,
        buy: None,
        sell: None,
    };
    let below = rounded(price, RoundingStrategy::ToNegativeInfinity);
    let above = rounded(price, RoundingStrategy::ToPositiveInfinity);
    let Some((below, above)) = below.zip(above) else {
        return outside;
    };
    let Some(tick) = grid.tick_at(below).and(grid.tick_at(above)) else {
        return outside;
    };
    AroundPrice {
        legal: below == above && grid.exact(below).is_ok(),
        tick: Some(tick),
        up: text(grid.next_above(below)),
        down: text(grid.next_below(above)),
        buy: text(grid.snap_down(below)),
        sell: text(grid.snap_up(above)),
        ..outside
    }
}

/// The price next to a number on one side, the number itself when it is one. A number with more
/// places than a price has lies between two prices, and its neighbours are theirs.
fn rounded(number: Decimal, way: RoundingStrategy) -> Option<Price> {
    Price::new(number.round_dp_with_strategy(PRICE_PLACES, way)).ok()
}

fn text(price: Option<LimitPrice>) -> Option<String> {
    price.map(|price| price.to_string())
}
