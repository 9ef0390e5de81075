//! Which way a trade is judged: a sale is an exit and meets the exit's few rules, a purchase meets
//! all of them.

use catalyst_domain::calendar::SessionMoment;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::Held;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use chrono::SecondsFormat;
use rust_decimal::Decimal;

use super::answer::Verdict;
use super::books::{Book, Books};
use super::question::{PositionAsked, Question, TradeAsked};
use super::{entry, exit};
use crate::commands::inspect::{Asked, BadQuestion, Field as _, Given, Object, needed};

/// Decimal places of the finest price.
const PRICE_PLACES: u32 = 8;
/// Decimal places of the finest tick.
const TICK_PLACES: u32 = 4;

/// What is wanted of a trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A verdict on the quantity it names.
    Verdict,
    /// The largest quantity that passes, and the verdict on that.
    Size,
}

/// The parts that every trade needs.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) book: &'a Book,
    pub(super) moment: SessionMoment,
    pub(super) symbol: Symbol,
    pub(super) holdings: Vec<Held>,
    pub(super) trade: &'a TradeAsked,
    /// The quantity that is asked about; `None` where the largest is wanted.
    pub(super) shares: Option<Shares>,
}

/// The verdict, or which key of the question is wrong.
pub(super) fn judge(
    question: &Question,
    books: &mut Books,
    wanted: Wanted,
) -> Result<Verdict, BadQuestion> {
    let trade = part("trade", question.trade.as_ref())?;
    let symbol = needed("trade.symbol", trade.symbol)?;
    let side = needed("trade.side", trade.side)?;
    let Asked(now) = question
        .now
        .ok_or_else(|| BadQuestion::missing("now", super::question::At::ALLOWED))?;
    let exchange = match (question.exchange, side) {
        (None, Side::Sell) => home_of(symbol),
        (asked, Side::Buy | Side::Sell) => needed("exchange", asked)?,
    };
    let book = books.at(exchange, now.to_utc());
    let moment = book
        .rules
        .calendar
        .moment(now.to_utc())
        .map_err(|outside| {
            BadQuestion::new(
                "now",
                &now.to_rfc3339_opts(SecondsFormat::AutoSi, true),
                &format!("an exchange date from {} to {}", outside.from, outside.to),
            )
        })?;
    let mut warnings = Vec::new();
    let shares = match (wanted, trade.quantity) {
        (Wanted::Verdict, asked) => Some(needed("trade.quantity", asked)?),
        (Wanted::Size, None) => None,
        (Wanted::Size, Some(Asked(shares))) => {
            warnings.push(format!(
                "quantity {shares} is not asked about, size finds the largest"
            ));
            None
        }
    };
    let scene = Scene {
        book,
        moment,
        symbol,
        holdings: holdings(question.positions.as_deref(), side)?,
        trade,
        shares,
    };
    let mut verdict = match side {
        Side::Sell => exit::judge(question, &scene)?,
        Side::Buy => entry::judge(question, &scene)?,
    };
    verdict.warnings.extend(warnings);
    Ok(verdict)
}

/// Where a symbol is listed, by its form: digits in Hong Kong, letters in New York. An exit that
/// names no exchange is not kept from leaving.
fn home_of(symbol: Symbol) -> Exchange {
    if symbol.as_str().bytes().all(|byte| byte.is_ascii_digit()) {
        Exchange::Hkex
    } else {
        Exchange::Nyse
    }
}

/// A part that the trade cannot be judged without.
pub(super) fn part<'a, T>(field: &str, part: Option<&'a Object<T>>) -> Result<&'a T, BadQuestion> {
    part.map(|Object(part)| part)
        .ok_or_else(|| BadQuestion::missing(field, "one JSON object, which is needed"))
}

/// What is held; an exit asks nobody what it is worth.
fn holdings(
    positions: Option<&[Object<PositionAsked>]>,
    side: Side,
) -> Result<Vec<Held>, BadQuestion> {
    let Some(positions) = positions else {
        let allowed = "an array of what is held, [] for nothing";
        return Err(BadQuestion::missing("positions", allowed));
    };
    let held = |(index, Object(position)): (usize, &Object<PositionAsked>)| {
        let PositionAsked {
            symbol: Asked(symbol),
            quantity: Asked(shares),
            price: asked,
        } = *position;
        let mark = match side {
            Side::Buy => price_of(|| format!("positions[{index}].price"), asked)?,
            Side::Sell => None,
        };
        Ok(Held {
            symbol,
            shares,
            mark,
        })
    };
    positions.iter().enumerate().map(held).collect()
}

/// A price, `None` when it is missing or no number; zero, negative or beyond all prices is refused.
pub(super) fn price_of(
    field: impl FnOnce() -> String,
    asked: Option<Asked<Given>>,
) -> Result<Option<Price>, BadQuestion> {
    let Some(number) = asked.and_then(|Asked(given)| given.number()) else {
        return Ok(None);
    };
    Price::new(no_finer(number))
        .map(Some)
        .map_err(|_no_price| BadQuestion::new(&field(), &number.to_string(), Price::ALLOWED))
}

/// A number that is finer than any price lies between two of them, of which one at least is on no
/// grid: that one stands for it, so that the tick rule says what is wrong.
fn no_finer(number: Decimal) -> Decimal {
    let below = number.trunc_with_scale(PRICE_PLACES);
    if below == number || below.normalize().scale() > TICK_PLACES {
        below
    } else {
        below + Decimal::new(1, PRICE_PLACES)
    }
}
