//! A simulated account whose file is gone: what the journal still knows, what that means and what to do.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use catalyst_app::CycleError;
use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::TradingState;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::LastRun;
use serde_json::{Value, json};

use super::switch::Switch;
use super::words::NO_END;
use crate::commands::{Failure, real_now};
use crate::compose::{self, JournalPlace, SIM_ACCOUNT};

/// What it means for what is held.
const MEANING: &str = "cash, positions and orders of the account are lost with the file; the next run would begin a \
                       fresh account, and what the journal holds beside it would be findings, which refuse entries";

/// What to do about it.
const REMEDY: &str =
    "put the file back from a backup of this folder, or begin anew with another --state DIR";

/// What is left of the account.
pub(super) struct Gone {
    file: PathBuf,
    switch: Switch,
    last_run: LastRun,
    /// Symbols and shares by the journal.
    held: Vec<(Symbol, Shares)>,
}

impl Gone {
    /// What the journal at `place` knows of an account that has no file in `state`; `None` where no run has
    /// ever read it, as before the first.
    pub(super) async fn of(
        place: &JournalPlace,
        state: &Path,
        rules: &Rulebook,
    ) -> Result<Option<Self>, Failure> {
        if place.is_absent() {
            return Ok(None);
        }
        let Some(opened) = compose::read_standing(place, rules, SIM_ACCOUNT).await? else {
            return Ok(None);
        };
        let today = rules.calendar.date_of(real_now());
        let latest = opened.standing.latest(today).await;
        let Some(last_run) = latest.map_err(CycleError::from)?.run else {
            return Ok(None);
        };
        let date = rules.calendar.date_of(last_run.begun);
        let day = opened.journal.day(date).await.map_err(CycleError::from)?;
        // A halt before the first cycle is a run too, and reads no account.
        if day.equity_last.is_none() {
            return Ok(None);
        }
        let latest = opened.standing.latest(date).await;
        let moves = latest.map_err(CycleError::from)?.moves;
        let held = day.holdings.positions();
        Ok(Some(Self {
            file: compose::account_file(state),
            switch: Switch::without_account(day.state, &moves, state),
            last_run,
            held: held.map(|one| (one.symbol, one.shares)).collect(),
        }))
    }

    /// All of it as one document; `at` is `null`, as before the first cycle.
    pub(super) fn document(&self) -> Value {
        let run = &self.last_run;
        let held =
            |(symbol, shares): &(Symbol, Shares)| json!({"symbol": symbol, "shares": shares});
        json!({
            "at": null,
            "state": self.switch.state.as_str(),
            "why": self.switch.why,
            "flatten_request": self.switch.flatten,
            "account_missing": self.file,
            "last_run": {"name": run.name, "begun": run.begun, "ending": run.ending},
            "held_by_journal": self.held.iter().map(held).collect::<Vec<_>>(),
        })
    }

    /// The same for a person.
    pub(super) fn write(&self, out: &mut impl Write, calendar: &TradingCalendar) -> io::Result<()> {
        let file = self.file.display();
        writeln!(out, "the simulated account is MISSING: there is no {file}")?;
        let mut line = |name: &str, words: &str| writeln!(out, "{name:<9} {words}");
        if self.switch.state != TradingState::Trading {
            line("trading", &self.switch.state.as_str().to_uppercase())?;
        }
        for why in &self.switch.why {
            line("", &format!("because {why}"))?;
        }
        let run = &self.last_run;
        let ending = run.ending.as_deref().unwrap_or(NO_END);
        let begun = calendar.wall_clock(run.begun);
        line("last run", &format!("{} at {begun}: {ending}", run.name))?;
        if self.held.is_empty() {
            line("held", "nothing, by the journal")?;
        }
        for (symbol, shares) in &self.held {
            line("held", &format!("{symbol} {shares} shares, by the journal"))?;
        }
        line("means", MEANING)?;
        line("do", REMEDY)
    }
}
