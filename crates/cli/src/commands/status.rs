//! `catalyst status`: where the account of the state folder stands.

use std::io::{self, Write};
use std::path::Path;

use catalyst_app::{CycleError, Ports};
use catalyst_domain::money::Money;
use catalyst_domain::order::ClientOrderId;
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::{Discrepancy, guarded_shares};
use catalyst_domain::risk::TradingState;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::account::AccountSnapshot;
use catalyst_ports::halt_flag::HaltFlag as _;
use catalyst_ports::journal::{DayJournal, DecisionNote};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::args::GlobalArgs;
use crate::commands::{Failure, Home, runtime};
use crate::compose::{self, Desk, JournalPlace};
use crate::exit::ExitCode;
use crate::settings::{Broker, Settings};
use crate::state::StateDir;

/// Flags of `catalyst status`.
#[derive(Debug, clap::Args)]
pub(crate) struct StatusArgs {
    /// Print one JSON document instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Serialize)]
struct Status {
    at: DateTime<Utc>,
    broker: &'static str,
    state: &'static str,
    cash: Money,
    equity: Money,
    positions: Vec<Holding>,
    working_orders: Vec<ClientOrderId>,
    findings: Vec<String>,
    looser_limits: Vec<String>,
    last_decision: Option<String>,
}

#[derive(Debug, Serialize)]
struct Holding {
    symbol: Symbol,
    shares: Shares,
    average_price: Decimal,
    protected_shares: Shares,
}

/// Prints the account as the last cycle left it.
pub(crate) fn run(args: &StatusArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let Home {
        settings, state, ..
    } = Home::open(global)?;
    let mut out = io::stdout().lock();
    let Some(status) = runtime()?.block_on(read(&settings, &state))? else {
        let folder = state.path().display();
        writeln!(
            out,
            "no cycle has run yet in {folder}; start with `catalyst cycle`"
        )?;
        return Ok(ExitCode::Done);
    };
    if args.json {
        serde_json::to_writer(&mut out, &status).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        write(&mut out, &status)?;
    }
    Ok(ExitCode::Done)
}

/// `None` before the first cycle.
async fn read(settings: &Settings, state: &StateDir) -> Result<Option<Status>, Failure> {
    let rules = compose::rulebook(None)?;
    let place = JournalPlace::of(&settings.database, None, state.path())?;
    // Without a file nothing has run; a simulated account whose journal is gone is another matter.
    if settings.broker.name == Broker::Ibkr && place.must_exist().is_err() {
        return Ok(None);
    }
    let Some(desk) = Desk::to_look_at(settings, &rules, state.path()).await? else {
        return Ok(None);
    };
    place.must_exist()?;
    let account = compose::account_name(&settings.broker, settings.broker.name)?;
    let Some(journal) = compose::read_journal(&place, &rules, account).await? else {
        return Ok(None);
    };
    let ports = desk.ports(settings, journal)?;
    let looked = look(&ports, settings, state, &rules).await;
    desk.hang_up().await;
    Ok(Some(looked?))
}

async fn look(
    ports: &Ports,
    settings: &Settings,
    state: &StateDir,
    rules: &Rulebook,
) -> Result<Status, CycleError> {
    let at = ports.clock.now();
    let day = ports.journal.day(rules.calendar.date_of(at)).await?;
    let account = ports.account.snapshot().await?;
    let working = ports.gateway.working().await?;
    Ok(Status {
        at,
        broker: match settings.broker.name {
            Broker::Sim => "sim",
            Broker::Ibkr => "ibkr",
        },
        state: halted(day.state, state.path()).as_str(),
        positions: holdings(&account, &day, &working),
        cash: account.cash,
        equity: account.equity,
        working_orders: working.iter().map(|ticket| ticket.id).collect(),
        findings: day.findings.iter().map(finding).collect(),
        looser_limits: looser_limits(settings, &day),
        last_decision: day.decisions.last().map(decision),
    })
}

fn holdings(
    account: &AccountSnapshot,
    day: &DayJournal,
    working: &[catalyst_domain::order::OrderTicket],
) -> Vec<Holding> {
    let lines = account.positions.iter().map(|position| Holding {
        symbol: position.symbol,
        shares: position.shares,
        average_price: day
            .holdings
            .position(position.symbol)
            .map_or(Decimal::ZERO, |held| {
                held.average_price().round_dp(6).normalize()
            }),
        protected_shares: guarded_shares(position.symbol, working),
    });
    lines.collect()
}

/// The stricter of the journal's switch and the flag beside it; a flag that cannot be read halts.
fn halted(kept: TradingState, state: &Path) -> TradingState {
    compose::OwnerFiles::of(state)
        .halt
        .state()
        .map_or(TradingState::Halted, |flag| kept.stricter(flag))
}

/// What the settings loosen and the owner has not accepted yet.
fn looser_limits(settings: &Settings, day: &DayJournal) -> Vec<String> {
    let weighed = day.limits.weigh(&settings.limits);
    weighed.looser.iter().map(ToString::to_string).collect()
}

fn finding(found: &Discrepancy) -> String {
    let (finding, remedy, evidence) = (found.finding, found.remedy.as_str(), &found.evidence);
    format!("{finding} ({remedy}): {evidence}")
}

fn decision(note: &DecisionNote) -> String {
    format!(
        "{} {}: {}",
        note.cycle,
        note.decision.as_str(),
        note.reasoning
    )
}

fn write(out: &mut impl Write, status: &Status) -> io::Result<()> {
    let kind = if status.broker == "sim" {
        "simulated account"
    } else {
        "account"
    };
    writeln!(out, "{kind} at {}, {}", status.at, status.state)?;
    writeln!(out, "cash {}, equity {}", status.cash, status.equity)?;
    if status.positions.is_empty() {
        writeln!(out, "no positions")?;
    }
    for held in &status.positions {
        writeln!(
            out,
            "{} {} shares at {}, {} under a working stop",
            held.symbol, held.shares, held.average_price, held.protected_shares
        )?;
    }
    writeln!(out, "{} orders at work", status.working_orders.len())?;
    for finding in &status.findings {
        writeln!(out, "open finding: {finding}")?;
    }
    for change in &status.looser_limits {
        writeln!(out, "no entry until `catalyst risk accept`: {change}")?;
    }
    if let Some(decision) = &status.last_decision {
        writeln!(out, "last decision: {decision}")?;
    }
    Ok(())
}
