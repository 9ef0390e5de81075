//! Order plans as JSON text of a shape of this crate's own, and back through the tick tables.
//!
//! A limit price is made by a tick grid and by nothing else, so its date is kept with it and the grid
//! of that date is asked again. The printed text tells the grid: it carries the places of the tick.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::instrument::{Instrument, InstrumentKind};
use catalyst_domain::order::{
    Bracket, BracketPlan, EntryPrice, ExitCause, ExitPlan, ExitPrice, OrderPlan, ProtectPlan,
};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::{LotSize, Shares};
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::{LimitPrice, TickTable};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a kept plan is no plan any more.
#[derive(Debug, Error)]
pub(crate) enum PlanError {
    /// The text is not of the shape that is written here.
    #[error("the plan is not of the shape that is kept")]
    Shape(#[from] serde_json::Error),
    /// A word or number that its type refuses.
    #[error("the plan holds `{found}` as {field}: {why}")]
    Field {
        /// Which field.
        field: &'static str,
        /// What it holds.
        found: String,
        /// What its type says.
        why: String,
    },
    /// The tick tables of this program do not make this price legal on its date.
    #[error("price {price} is on no tick grid of {date}")]
    OffGrid {
        /// As kept.
        price: String,
        /// Its trade date.
        date: TradingDate,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "plan", rename_all = "snake_case")]
enum PlanText {
    Bracket(BracketText),
    Exit {
        symbol: Symbol,
        shares: Shares,
        /// The limit; none for the auction.
        limit: Option<LegalText>,
        cause: String,
    },
    Protect {
        symbol: Symbol,
        shares: Shares,
        stop: LegalText,
        target: Option<LegalText>,
    },
}

#[derive(Serialize, Deserialize)]
struct BracketText {
    symbol: Symbol,
    kind: String,
    currency: String,
    lot_size: u32,
    shares: Shares,
    meets: EntryWord,
    worst: LegalText,
    stop: LegalText,
    entry: LegalText,
    target: LegalText,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EntryWord {
    Limit,
    Marketable,
}

#[derive(Serialize, Deserialize)]
struct LegalText {
    price: String,
    date: TradingDate,
}

/// The text that is kept.
pub(crate) fn plan_text(plan: &OrderPlan) -> Result<String, PlanError> {
    let text = match plan {
        OrderPlan::Bracket(plan) => PlanText::Bracket(BracketText {
            symbol: plan.instrument.symbol,
            kind: plan.instrument.kind.to_string(),
            currency: plan.instrument.currency.to_string(),
            lot_size: plan.instrument.lot_size.shares(),
            shares: plan.shares,
            meets: match plan.entry {
                EntryPrice::Limit(_) => EntryWord::Limit,
                EntryPrice::Marketable(_) => EntryWord::Marketable,
            },
            worst: legal_text(plan.entry.worst()),
            stop: legal_text(plan.bracket.stop()),
            entry: legal_text(plan.bracket.entry()),
            target: legal_text(plan.bracket.target()),
        }),
        OrderPlan::Exit(plan) => PlanText::Exit {
            symbol: plan.symbol,
            shares: plan.shares,
            limit: match plan.price {
                ExitPrice::Limit(price) => Some(legal_text(price)),
                ExitPrice::Auction => None,
            },
            cause: plan.cause.as_str().to_owned(),
        },
        OrderPlan::Protect(plan) => PlanText::Protect {
            symbol: plan.symbol,
            shares: plan.shares,
            stop: legal_text(plan.stop),
            target: plan.target.map(legal_text),
        },
    };
    Ok(serde_json::to_string(&text)?)
}

/// The plan that was kept.
pub(crate) fn plan_of(text: &str, ticks: &TickTable) -> Result<OrderPlan, PlanError> {
    match serde_json::from_str(text)? {
        PlanText::Bracket(bracket) => bracket_of(bracket, ticks),
        PlanText::Exit {
            symbol,
            shares,
            limit,
            cause,
        } => Ok(OrderPlan::Exit(ExitPlan {
            symbol,
            shares,
            price: match limit {
                Some(limit) => ExitPrice::Limit(legal_of(limit, ticks)?),
                None => ExitPrice::Auction,
            },
            cause: cause_of(&cause)?,
        })),
        PlanText::Protect {
            symbol,
            shares,
            stop,
            target,
        } => Ok(OrderPlan::Protect(ProtectPlan {
            symbol,
            shares,
            stop: legal_of(stop, ticks)?,
            target: target.map(|price| legal_of(price, ticks)).transpose()?,
        })),
    }
}

fn bracket_of(text: BracketText, ticks: &TickTable) -> Result<OrderPlan, PlanError> {
    let lot_size = LotSize::new(text.lot_size)
        .map_err(|why| refused("lot_size", &text.lot_size.to_string(), why))?;
    let instrument =
        Instrument {
            symbol: text.symbol,
            kind: text
                .kind
                .parse()
                .map_err(|why: catalyst_domain::instrument::UnknownKind| {
                    refused("kind", &text.kind, why)
                })?,
            currency: text.currency.parse().map_err(
                |why: catalyst_domain::money::MoneyError| refused("currency", &text.currency, why),
            )?,
            lot_size,
        };
    let worst = legal_of(text.worst, ticks)?;
    let bracket = Bracket::long(
        legal_of(text.stop, ticks)?,
        legal_of(text.entry, ticks)?,
        legal_of(text.target, ticks)?,
    )
    .map_err(|why| refused("entry", &why.entry.to_string(), why))?;
    Ok(OrderPlan::Bracket(BracketPlan {
        instrument,
        shares: text.shares,
        entry: match text.meets {
            EntryWord::Limit => EntryPrice::Limit(worst),
            EntryWord::Marketable => EntryPrice::Marketable(worst),
        },
        bracket,
    }))
}

fn cause_of(word: &str) -> Result<ExitCause, PlanError> {
    [
        ExitCause::Advisor,
        ExitCause::Emergency,
        ExitCause::DailyLoss,
        ExitCause::BeforeLunch,
        ExitCause::EndOfDay,
        ExitCause::Unprotected,
        ExitCause::TimeStop,
        ExitCause::Owner,
    ]
    .into_iter()
    .find(|cause| cause.as_str() == word)
    .ok_or_else(|| refused("cause", word, "no cause of an exit"))
}

fn legal_text(price: LimitPrice) -> LegalText {
    LegalText {
        price: price.to_string(),
        date: price.date(),
    }
}

/// Asks the grids of the date for the price that prints as it was kept.
fn legal_of(text: LegalText, ticks: &TickTable) -> Result<LimitPrice, PlanError> {
    let price: Price = text
        .price
        .parse()
        .map_err(|why| refused("price", &text.price, why))?;
    [
        InstrumentKind::Equity,
        InstrumentKind::Etf,
        InstrumentKind::Reit,
    ]
    .into_iter()
    .filter_map(|kind| ticks.on(text.date, kind).ok()?.exact(price).ok())
    .find(|legal| legal.to_string() == text.price)
    .ok_or(PlanError::OffGrid {
        price: text.price,
        date: text.date,
    })
}

fn refused(field: &'static str, found: &str, why: impl std::fmt::Display) -> PlanError {
    PlanError::Field {
        field,
        found: found.to_owned(),
        why: why.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_that_its_grid_no_longer_knows_is_refused_by_name() {
        let ticks = TickTable::hkex().unwrap();
        let text = r#"{"plan":"exit","symbol":"00700","shares":100,
            "limit":{"price":"49.97","date":"2026-08-03"},"cause":"end_of_day"}"#;

        let error = plan_of(text, &ticks).unwrap_err();

        assert_eq!(
            error.to_string(),
            "price 49.97 is on no tick grid of 2026-08-03"
        );
    }

    #[test]
    fn a_plan_of_a_fund_keeps_the_finer_tick_of_funds() {
        let ticks = TickTable::hkex().unwrap();
        let date = "2026-08-03".parse().unwrap();
        let grid = ticks.on(date, InstrumentKind::Etf).unwrap();
        let plan = OrderPlan::Exit(ExitPlan {
            symbol: "2800".parse().unwrap(),
            shares: Shares::new(500).unwrap(),
            price: ExitPrice::Limit(grid.snap_down("24.618".parse().unwrap()).unwrap()),
            cause: ExitCause::BeforeLunch,
        });

        let read = plan_of(&plan_text(&plan).unwrap(), &ticks).unwrap();

        assert_eq!(read, plan);
    }
}
