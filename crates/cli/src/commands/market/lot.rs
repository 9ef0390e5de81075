//! `catalyst market lot`: shares to the board lot of a symbol on a date, and how old that knowledge
//! is.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::lots::LotError;
use catalyst_domain::quantity::LotSize;
use catalyst_domain::symbol::Symbol;
use serde::{Deserialize, Serialize};

use super::asking::Question;
use super::rules::Rules;
use crate::commands::inspect::{Asked, BadQuestion, needed};

/// Flags of `catalyst market lot`, and keys of its lines.
#[derive(Debug, Clone, clap::Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LotQuestion {
    /// Which exchange: HKEX or NYSE [default: HKEX]
    #[arg(long, value_name = "EXCHANGE")]
    exchange: Option<Asked<Exchange>>,
    /// The instrument: 700, 00700 and 0700.HK are one
    #[arg(long, value_name = "SYMBOL")]
    symbol: Option<Asked<Symbol>>,
    /// The trade date, such as 2026-11-23
    #[arg(long, value_name = "DATE")]
    date: Option<Asked<TradingDate>>,
}

/// An instrument on a date.
#[derive(Debug)]
pub(crate) struct LotAsked {
    exchange: Exchange,
    symbol: Symbol,
    date: TradingDate,
}

/// `as_of` is when the source last showed the lot, `warning` why it may have changed since.
#[derive(Debug, Serialize)]
pub(crate) struct LotAnswer {
    symbol: Symbol,
    lot: LotSize,
    source: String,
    as_of: TradingDate,
    warning: Option<String>,
}

impl Question for LotQuestion {
    type Complete = LotAsked;
    type Answer = LotAnswer;

    fn exchange(&self) -> Option<Asked<Exchange>> {
        self.exchange
    }

    fn is_asked(&self) -> bool {
        self.symbol.is_some() || self.date.is_some()
    }

    fn complete(self, exchange: Exchange) -> Result<LotAsked, BadQuestion> {
        Ok(LotAsked {
            exchange,
            symbol: needed("symbol", self.symbol)?,
            date: needed("date", self.date)?,
        })
    }

    fn answer(question: &LotAsked, rules: &Rules) -> Result<LotAnswer, BadQuestion> {
        let lots = &rules.of(question.exchange).lots;
        let found = lots
            .instrument(question.symbol, question.date)
            .map_err(|unknown| refusal(&unknown))?;
        Ok(LotAnswer {
            symbol: found.instrument.symbol,
            lot: found.instrument.lot_size,
            source: found.source.to_owned(),
            as_of: found.as_of,
            warning: found.warning.map(|warning| warning.to_string()),
        })
    }
}

fn refusal(unknown: &LotError) -> BadQuestion {
    match unknown {
        LotError::Unknown { symbol } => BadQuestion::new(
            "symbol",
            symbol.as_str(),
            "a symbol whose lot is on file: there is no lot to fall back on",
        ),
        LotError::NotCovered { date, from, to, .. } => BadQuestion::new(
            "date",
            &date.to_string(),
            &format!("a date from {from} to {to}, for which the lot is on file"),
        ),
    }
}
