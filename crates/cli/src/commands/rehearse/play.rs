//! Plays the days: wakes at every slot of the schedule and of the script, cycle or guard, and keeps
//! what each came to.

use std::io::{self, IsTerminal as _, Write as _};

use catalyst_app::{CycleError, CycleOutcome, DayReport, Wake, day_report, run_cycle, run_guard};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::Money;
use catalyst_domain::order::RunKind;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::stage::Stage;
use super::table::cycle_line;
use crate::commands::{Failure, tell};

/// What a day came to.
#[derive(Debug)]
pub(super) struct PlayedDay {
    pub(super) date: TradingDate,
    pub(super) cycles: Vec<CycleOutcome>,
    pub(super) report: DayReport,
    pub(super) cash_start: Money,
    pub(super) cash_end: Money,
    /// Runs that could not be brought to an end.
    pub(super) failures: u32,
}

/// What all days came to.
#[derive(Debug)]
pub(super) struct Played {
    pub(super) days: Vec<PlayedDay>,
}

/// Plays every day of the stage; with `lines`, prints one line a cycle as it ends.
pub(super) async fn play(stage: &Stage, lines: bool) -> Result<Played, Failure> {
    let bar = progress(stage.dates.len());
    let mut days = Vec::with_capacity(stage.dates.len());
    for date in &stage.dates {
        bar.set_message(date.to_string());
        days.push(play_day(stage, *date, lines, &bar).await?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(Played { days })
}

async fn play_day(
    stage: &Stage,
    date: TradingDate,
    lines: bool,
    bar: &ProgressBar,
) -> Result<PlayedDay, Failure> {
    let wakes = wakes(stage, date)?;
    if let Some(first) = wakes.first() {
        stage.ports.clock.sleep_until(first.at).await;
    }
    let cash_start = stage
        .ports
        .account
        .snapshot()
        .await
        .map_err(CycleError::from)?
        .cash;
    let mut cycles = Vec::new();
    let mut failures = 0;
    for wake in wakes {
        stage.ports.clock.sleep_until(wake.at).await;
        match run(stage, wake).await {
            Ok(Some(outcome)) => {
                if lines {
                    let line = cycle_line(date, &outcome);
                    bar.suspend(|| writeln!(io::stdout().lock(), "{line}"))?;
                }
                cycles.push(outcome);
            }
            Ok(None) => {}
            Err(error) => {
                failures += 1;
                tell(&format!("{date} {}: {error}", wake.slot.format("%H:%M")))?;
            }
        }
    }
    let cash_end = stage
        .ports
        .account
        .snapshot()
        .await
        .map_err(CycleError::from)?
        .cash;
    let report = day_report(&stage.ports, &stage.rules, date).await?;
    Ok(PlayedDay {
        date,
        cycles,
        report,
        cash_start,
        cash_end,
        failures,
    })
}

/// One run; a guard leaves no line of its own, and "not now" is no failure.
async fn run(stage: &Stage, wake: Wake) -> Result<Option<CycleOutcome>, CycleError> {
    let Stage {
        ports,
        policy,
        rules,
        ..
    } = stage;
    let ran = match wake.kind {
        RunKind::Cycle => run_cycle(ports, policy, rules, wake.slot).await.map(Some),
        RunKind::Guard | RunKind::Hand => run_guard(ports, policy, rules, wake.slot)
            .await
            .map(|_| None),
    };
    match ran {
        Err(CycleError::NotNow { .. }) => Ok(None),
        other => other,
    }
}

/// The schedule of the day with the script's own times among it.
fn wakes(stage: &Stage, date: TradingDate) -> Result<Vec<Wake>, Failure> {
    let calendar = &stage.rules.calendar;
    let mut wakes = stage
        .policy
        .schedule
        .day(calendar, date)
        .map_err(CycleError::from)?;
    for slot in &stage.times {
        let wake = Wake {
            at: calendar.at(date, *slot),
            slot: *slot,
            kind: RunKind::Cycle,
        };
        if !wakes.contains(&wake) {
            wakes.push(wake);
        }
    }
    wakes.sort_by_key(|wake| (wake.at, wake.kind == RunKind::Cycle));
    Ok(wakes)
}

/// A bar on standard error when somebody watches and there is more than one day.
fn progress(days: usize) -> ProgressBar {
    let length = u64::try_from(days).unwrap_or(u64::MAX);
    let target = if days > 1 && io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(length), target);
    match ProgressStyle::with_template("{bar:40} {pos}/{len} days {msg} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
