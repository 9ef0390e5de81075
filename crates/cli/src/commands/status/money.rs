//! Money on the screen and in the document: what the day made, what of the limits is used, what the
//! questions to a model have cost.

use catalyst_app::Look;
use catalyst_domain::budget::Budget;
use catalyst_domain::calendar::{Phase, SessionMoment, TradingCalendar, TradingDate};
use catalyst_domain::money::{Money, Rounding};
use catalyst_domain::pace::MonthPace;
use catalyst_domain::ratio::BasisPoints;
use catalyst_domain::risk::RiskLimits;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::Spending;
use rust_decimal::Decimal;
use serde::Serialize;

use super::words::{NOT_KNOWN, known, signed};
use crate::exact::Exact;

/// Decimal places of a forecast.
const CENTS: u32 = 2;

/// The day's result beside what it may be. Losses are below zero.
#[derive(Debug, Serialize)]
pub(super) struct DayLine {
    pnl: Option<Money>,
    pnl_pct: Option<Decimal>,
    warning_at: Option<Money>,
    stop_at: Option<Money>,
    /// Nothing is held and the exchange is closed, so that no price changes the result any more.
    is_final: bool,
}

impl DayLine {
    pub(super) fn of(look: &Look, limits: &RiskLimits, moment: Option<&SessionMoment>) -> Self {
        let base = look.day.equity_at_open;
        let loss = |share: BasisPoints| share.of(base?).ok().map(Money::negated);
        let percent = |(pnl, base): (Money, Money)| {
            let share = (pnl.amount() * Decimal::from(100)).checked_div(base.amount());
            share.map(|share| share.round_dp(2).normalize())
        };
        Self {
            pnl: look.pnl,
            pnl_pct: look.pnl.zip(base).and_then(percent),
            warning_at: loss(limits.warning_loss()),
            stop_at: loss(limits.max_daily_loss()),
            is_final: look.held.is_empty() && moment.is_some_and(|now| now.phase == Phase::Closed),
        }
    }

    pub(super) fn words(&self) -> String {
        let pnl = self.pnl.map_or_else(|| NOT_KNOWN.to_owned(), signed);
        let pct = self
            .pnl_pct
            .map_or_else(String::new, |pct| format!(", {pct} % of the opening"));
        let so_far = match self.pnl {
            Some(_) if self.is_final => " realised",
            Some(_) => " so far",
            None => "",
        };
        format!(
            "{pnl}{so_far}{}; warning at {}, stop at {}",
            pct,
            known(self.warning_at),
            known(self.stop_at)
        )
    }
}

/// How much of the limits is used.
#[derive(Debug, Serialize)]
pub(super) struct Limits {
    names: u32,
    names_max: u32,
    entries: u32,
    entries_max: u32,
    largest: Option<Symbol>,
    largest_pct: Option<Decimal>,
    largest_max_pct: Decimal,
    gross: Option<Money>,
    /// `null` where the settings have no such fuse.
    gross_max: Option<Money>,
}

impl Limits {
    pub(super) fn of(look: &Look, limits: &RiskLimits) -> Self {
        let (largest, largest_pct) = look.exposure.largest.unzip();
        let share = limits.max_position().to_fraction() * Decimal::from(100);
        Self {
            names: look.exposure.names,
            names_max: limits.max_positions(),
            entries: look.entries,
            entries_max: limits.max_daily_trades(),
            largest,
            largest_pct,
            largest_max_pct: share.normalize(),
            gross: look.exposure.gross,
            gross_max: limits.max_gross_value(),
        }
    }

    pub(super) fn words(&self) -> String {
        let largest = match (self.largest.zip(self.largest_pct), self.names) {
            (Some((symbol, pct)), _) => format!("{symbol} {pct} %"),
            (None, 0) => "none".to_owned(),
            (None, _) => NOT_KNOWN.to_owned(),
        };
        let gross = known(self.gross);
        let fuse = self
            .gross_max
            .map_or_else(String::new, |most| format!(" of {most}"));
        format!(
            "positions {}/{}, entries {}/{}, largest {largest} of {} %, value {gross}{}",
            self.names, self.names_max, self.entries, self.entries_max, self.largest_max_pct, fuse
        )
    }
}

/// What the questions to a model have cost, by exchange day.
#[derive(Debug, Serialize)]
pub(super) struct ModelLine {
    day: Exact,
    day_max: Exact,
    month: Exact,
    month_max: Exact,
    /// By the end of the month at its pace so far, to the cent; `null` before its first trading day.
    month_end: Option<Exact>,
    /// Runs of the month that were killed: the last question of each may not be in the sums.
    unended_runs: u32,
}

impl ModelLine {
    pub(super) fn of(
        spending: &Spending,
        budget: &Budget,
        calendar: &TradingCalendar,
        today: TradingDate,
    ) -> Self {
        let month_end = match MonthPace::of(spending.month, calendar, today) {
            Ok(pace) => pace.month_end().ok().flatten(),
            Err(_beyond_the_calendar) => None,
        };
        Self {
            day: Exact(spending.day),
            day_max: Exact(budget.most.day),
            month: Exact(spending.month),
            month_max: Exact(budget.most.month),
            month_end: month_end.map(|cost| Exact(cost.settled(Rounding::HalfUp, CENTS))),
            unended_runs: spending.unended_month,
        }
    }

    pub(super) fn words(&self) -> String {
        let killed = match self.unended_runs {
            0 => String::new(),
            runs => format!("; {runs} runs without an end may have cost more"),
        };
        format!(
            "{} of {} today, {} of {} this month, {} by its end at this pace{killed}",
            self.day.0,
            self.day_max.0,
            self.month.0,
            self.month_max.0,
            known(self.month_end.map(|cost| cost.0))
        )
    }
}
