//! `catalyst market calendar`: one row a weekday, with what kind of day it is and when it trades.

use std::io::{Read, Write};

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::dated::NotCovered;
use catalyst_domain::exchange::Exchange;
use serde::{Deserialize, Serialize};

use super::asking::{self, Question};
use super::calendar_row::{CalendarRow, as_csv};
use super::outside::outside_dates;
use super::rules::Rules;
use crate::commands::Failure;
use crate::commands::inspect::{Asked, BadQuestion, Field, needed, write_answer, write_text};

/// Flags of `catalyst market calendar`.
#[derive(Debug, clap::Args)]
pub(crate) struct CalendarArgs {
    /// The question.
    #[command(flatten)]
    question: CalendarQuestion,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

/// Flags of `catalyst market calendar`, and keys of its lines.
#[derive(Debug, Clone, clap::Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalendarQuestion {
    /// Which exchange: HKEX or NYSE [default: HKEX]
    #[arg(long, value_name = "EXCHANGE")]
    exchange: Option<Asked<Exchange>>,
    /// The first date, such as 2026-01-01
    #[arg(long, value_name = "DATE")]
    from: Option<Asked<TradingDate>>,
    /// The last date, itself included
    #[arg(long, value_name = "DATE")]
    to: Option<Asked<TradingDate>>,
    /// csv or json [default: csv]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Asked<Format>>,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Json,
}

/// A range of dates at an exchange.
#[derive(Debug)]
pub(crate) struct DatesAsked {
    exchange: Exchange,
    from: TradingDate,
    to: TradingDate,
    format: Option<Format>,
}

/// The rows as the answer to a line.
#[derive(Debug, Serialize)]
pub(crate) struct CalendarAnswer {
    rows: Vec<CalendarRow>,
}

impl CalendarArgs {
    /// Writes the rows of the range in the flags; without one, answers every line of `input`. A
    /// range that is not wholly covered is a failure, because a part of it would look whole.
    pub(super) fn run(&self, input: impl Read, output: impl Write) -> Result<(), Failure> {
        if !self.question.is_asked() {
            return asking::run(&self.question, input, output);
        }
        let asked = asking::complete(&self.question)?;
        let rules = Rules::load()?;
        let rows = rows_of(&rules.of(asked.exchange).calendar, &asked)
            .map_err(|(_, outside)| Failure::failed(outside))?;
        let default = if self.json { Format::Json } else { Format::Csv };
        match asked.format.unwrap_or(default) {
            Format::Csv => write_text(output, &as_csv(&rows))?,
            Format::Json => write_answer(output, &rows)?,
        }
        Ok(())
    }
}

impl Question for CalendarQuestion {
    type Complete = DatesAsked;
    type Answer = CalendarAnswer;

    fn exchange(&self) -> Option<Asked<Exchange>> {
        self.exchange
    }

    fn is_asked(&self) -> bool {
        self.from.is_some() || self.to.is_some() || self.format.is_some()
    }

    fn complete(self, exchange: Exchange) -> Result<DatesAsked, BadQuestion> {
        let from = needed("from", self.from)?;
        let to = needed("to", self.to)?;
        if from > to {
            let allowed = format!("a date not after {to}");
            return Err(BadQuestion::new("from", &from.to_string(), &allowed));
        }
        Ok(DatesAsked {
            exchange,
            from,
            to,
            format: self.format.map(|Asked(format)| format),
        })
    }

    fn answer(question: &DatesAsked, rules: &Rules) -> Result<CalendarAnswer, BadQuestion> {
        if question.format == Some(Format::Csv) {
            let allowed = "json: a line is answered by one line";
            return Err(BadQuestion::new("format", "csv", allowed));
        }
        let rows = rows_of(&rules.of(question.exchange).calendar, question);
        match rows {
            Ok(rows) => Ok(CalendarAnswer { rows }),
            Err((field, outside)) => Err(outside_dates(field, outside.date, &outside)),
        }
    }
}

impl Field for Format {
    const ALLOWED: &'static str = "csv or json";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// The rows of all weekdays in the range, or which end of it the calendar does not cover.
fn rows_of(
    calendar: &TradingCalendar,
    dates: &DatesAsked,
) -> Result<Vec<CalendarRow>, (&'static str, NotCovered)> {
    let end = |field, date| calendar.day(date).map_err(|outside| (field, outside));
    end("from", dates.from)?;
    end("to", dates.to)?;
    let mut rows = Vec::new();
    let mut date = dates.from;
    while date <= dates.to {
        if !date.is_weekend() {
            let day = calendar.day(date).map_err(|outside| ("to", outside))?;
            rows.push(CalendarRow::of(&day));
        }
        date = date.next();
    }
    Ok(rows)
}
