//! `catalyst halt`: no new entries. The flag in the state folder first, which needs no database, then the
//! journal; either one halts.

use std::io::{self, Write as _};
use std::time::Duration;

use catalyst_app::{CycleError, SwitchMove, move_switch};
use catalyst_domain::risk::TradingState;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::halt_flag::HaltFlag as _;
use serde_json::json;

use super::{Book, HandArgs, must_be_its_account, open_book, who};
use crate::args::GlobalArgs;
use crate::commands::live::LiveArgs;
use crate::commands::{Failure, Home, real_now, runtime};
use crate::compose::{self, OwnerFiles};
use crate::exit::ExitCode;
use crate::render::on_one_line;

/// How long a run at work is waited for, before the flag alone halts it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Flags of `catalyst halt`.
#[derive(Debug, clap::Args)]
pub(crate) struct HaltArgs {
    /// Ask the advisor all the same and let it leave positions; only entries are refused
    #[arg(long)]
    exits_only: bool,
    /// Why, for the record
    #[arg(long, value_name = "TEXT", value_parser = super::words)]
    reason: String,
    #[command(flatten)]
    hand: HandArgs,
}

/// Halts, and says by which means. A halt that stands is never made looser.
pub(crate) fn run(args: &HaltArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let rules = compose::rulebook()?;
    let home = Home::open(global, &rules.calendar)?;
    let files = OwnerFiles::of(home.state.path());
    let by = who(args.hand.by.as_deref(), &home.environment);
    let asked = if args.exits_only {
        TradingState::ExitsOnly
    } else {
        TradingState::Halted
    };
    let standing = files.halt.state().unwrap_or(TradingState::Halted);
    let to = asked.stricter(standing);
    let before = (standing != TradingState::Trading).then(|| {
        let words = files.halt.words();
        words.unwrap_or_else(|| "without a word".to_owned())
    });
    let live = args.hand.placed(&home);
    let at = live.at.map_or_else(real_now, |at| at.to_utc());
    let runtime = runtime()?;
    runtime.block_on(must_be_its_account(&home, &live, &rules))?;
    let words = format!(
        "by {by} at {}: {}",
        rules.calendar.wall_clock(at),
        args.reason
    );
    let flag = files.halt.raise(to, &words).map_err(Failure::failed);
    let journal = runtime.block_on(keep(args, (&home, &live), &rules, (&by, to)));
    let to = journal.as_ref().map_or(to, |kept| *kept);
    let told = [
        ("flag", flag.as_ref().err()),
        ("journal", journal.as_ref().err()),
    ]
    .map(|(name, why)| (name, why.map(|failure| on_one_line(failure.error.as_ref()))));
    if journal.is_err() {
        flag?;
    }
    write(args, (to, &by), before.as_deref(), &told)?;
    Ok(ExitCode::Done)
}

/// Moves the journal's switch to the stricter of `to` and where it stands, which it returns.
async fn keep(
    args: &HaltArgs,
    (home, live): (&Home, &LiveArgs),
    rules: &Rulebook,
    (by, to): (&str, TradingState),
) -> Result<TradingState, Failure> {
    let book = open_book(home, live, rules, PATIENCE).await?;
    let kept = keep_in(&book, args, rules, (by, to)).await;
    book.leave().await;
    kept
}

async fn keep_in(
    book: &Book,
    args: &HaltArgs,
    rules: &Rulebook,
    (by, to): (&str, TradingState),
) -> Result<TradingState, Failure> {
    let today = rules.calendar.date_of(book.at);
    let standing = book.journal.day(today).await.map_err(CycleError::from)?;
    let to = to.stricter(standing.state);
    let moved = SwitchMove {
        by: by.to_owned(),
        to,
        reason: args.reason.clone(),
        provenance: book.provenance.clone(),
        at: book.at,
    };
    move_switch(book.journal.as_ref(), rules, moved).await?;
    Ok(to)
}

fn write(
    args: &HaltArgs,
    (to, by): (TradingState, &str),
    before: Option<&str>,
    told: &[(&str, Option<String>); 2],
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if args.hand.json {
        let [flag, journal] = told;
        let document = json!({
            "state": to.as_str(), "by": by, "reason": args.reason, "before": before,
            "flag": flag.1.is_none(), "journal": journal.1.is_none(),
            "not_done": told.iter().filter_map(|(_, why)| why.as_ref()).collect::<Vec<_>>(),
        });
        return writeln!(out, "{document}");
    }
    writeln!(out, "{} by {by}: {}", to.as_str(), args.reason)?;
    if let Some(before) = before {
        writeln!(out, "  the flag stood already: {before}")?;
    }
    for (name, why) in told {
        match why {
            None => writeln!(out, "  {name}: set")?,
            Some(why) => writeln!(out, "  {name}: not set, the other halts alone: {why}")?,
        }
    }
    writeln!(
        out,
        "  what is held stays protected; `catalyst resume` ends it"
    )
}
