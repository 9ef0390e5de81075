//! `catalyst market settlement`: when the shares and the money of a trade change hands.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::settlement::SettlementError;
use serde::{Deserialize, Serialize};

use super::asking::Question;
use super::rules::Rules;
use crate::commands::inspect::{Asked, BadQuestion, needed};

/// Flags of `catalyst market settlement`, and keys of its lines.
#[derive(Debug, Clone, clap::Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettlementQuestion {
    /// Which exchange: HKEX or NYSE [default: HKEX]
    #[arg(long, value_name = "EXCHANGE")]
    exchange: Option<Asked<Exchange>>,
    /// The trade date, such as 2026-11-23; it must be a trading day
    #[arg(long, value_name = "DATE")]
    date: Option<Asked<TradingDate>>,
}

/// A trade date at an exchange.
#[derive(Debug)]
pub(crate) struct TradeDateAsked {
    exchange: Exchange,
    date: TradingDate,
}

/// Both are dates at the exchange.
#[derive(Debug, Serialize)]
pub(crate) struct SettlementAnswer {
    trade_date: TradingDate,
    settlement_date: TradingDate,
}

impl Question for SettlementQuestion {
    type Complete = TradeDateAsked;
    type Answer = SettlementAnswer;

    fn exchange(&self) -> Option<Asked<Exchange>> {
        self.exchange
    }

    fn is_asked(&self) -> bool {
        self.date.is_some()
    }

    fn complete(self, exchange: Exchange) -> Result<TradeDateAsked, BadQuestion> {
        let date = needed("date", self.date)?;
        Ok(TradeDateAsked { exchange, date })
    }

    fn answer(question: &TradeDateAsked, rules: &Rules) -> Result<SettlementAnswer, BadQuestion> {
        let book = rules.of(question.exchange);
        let settled = book
            .settlement
            .settlement_date(&book.calendar, question.date);
        match settled {
            Ok(settlement_date) => Ok(SettlementAnswer {
                trade_date: question.date,
                settlement_date,
            }),
            Err(unknown) => Err(BadQuestion::new(
                "date",
                &question.date.to_string(),
                &allowed(&unknown),
            )),
        }
    }
}

fn allowed(unknown: &SettlementError) -> String {
    match unknown {
        SettlementError::NotTradingDay { kind, .. } => {
            format!("a trading day, and this is none: {kind}")
        }
        SettlementError::UnknownDay { day, .. } => {
            format!(
                "a date whose settlement is known, and whether {day} counts for this one is not"
            )
        }
        SettlementError::NotCovered(outside) => format!(
            "a date that is traded and settled from {} to {}",
            outside.from, outside.to
        ),
    }
}
