//! `catalyst resume`: trading again, where nothing stands against it or the owner confirms it all the same.

use std::io::{self, Write as _};
use std::time::Duration;

use catalyst_app::{SwitchMove, move_switch, objections};
use catalyst_domain::risk::TradingState;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::flatten_request::FlattenRequests as _;
use serde_json::json;

use super::{Book, HandArgs, open_book, who};
use crate::args::GlobalArgs;
use crate::commands::{Failure, Home, runtime};
use crate::compose::{self, OwnerFiles};
use crate::exit::ExitCode;

/// How long a run at work is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Flags of `catalyst resume`.
#[derive(Debug, clap::Args)]
pub(crate) struct ResumeArgs {
    /// Resume also while findings are open, the day is stopped, or everything is still to be left
    #[arg(long)]
    confirm: bool,
    /// Why, for the record
    #[arg(long, value_name = "TEXT", value_parser = super::words)]
    reason: String,
    #[command(flatten)]
    hand: HandArgs,
}

/// Moves both the journal's switch and the flag, or lists what stands against it.
pub(crate) fn run(args: &ResumeArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let rules = compose::rulebook()?;
    let home = Home::open(global, &rules.calendar)?;
    let files = OwnerFiles::of(home.state.path());
    let by = who(args.hand.by.as_deref(), &home.environment);
    let against = runtime()?.block_on(resume(args, (&home, &rules), &files, &by))?;
    let is_done = against.is_empty() || args.confirm;
    write(args, &by, &against)?;
    Ok(if is_done {
        ExitCode::Done
    } else {
        ExitCode::Halted
    })
}

/// Resumes unless something unconfirmed stands against it, and returns what does.
async fn resume(
    args: &ResumeArgs,
    (home, rules): (&Home, &Rulebook),
    files: &OwnerFiles,
    by: &str,
) -> Result<Vec<String>, Failure> {
    let book = open_book(home, &args.hand.placed(home), rules, PATIENCE).await?;
    let against = resume_in(&book, args, rules, (files, by)).await;
    book.leave().await;
    against
}

async fn resume_in(
    book: &Book,
    args: &ResumeArgs,
    rules: &Rulebook,
    (files, by): (&OwnerFiles, &str),
) -> Result<Vec<String>, Failure> {
    let request = files.requests.standing().map_err(Failure::failed)?;
    let journal = book.journal.as_ref();
    let against = objections(journal, rules, request.as_ref(), book.at).await?;
    if !against.is_empty() && !args.confirm {
        return Ok(against);
    }
    let confirmed = if against.is_empty() {
        String::new()
    } else {
        format!(" (confirmed against: {})", against.join("; "))
    };
    let moved = SwitchMove {
        by: by.to_owned(),
        to: TradingState::Trading,
        reason: format!("{}{confirmed}", args.reason),
        provenance: book.provenance.clone(),
        at: book.at,
    };
    move_switch(journal, rules, moved).await?;
    files.requests.fulfilled().map_err(Failure::failed)?;
    let lowered = files.halt.raise(TradingState::Trading, "");
    lowered.map_err(Failure::failed)?;
    Ok(against)
}

fn write(args: &ResumeArgs, by: &str, against: &[String]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let resumed = against.is_empty() || args.confirm;
    if args.hand.json {
        let document =
            json!({"resumed": resumed, "by": by, "reason": args.reason, "against": against});
        return writeln!(out, "{document}");
    }
    if resumed {
        writeln!(out, "trading again by {by}: {}", args.reason)?;
    } else {
        writeln!(out, "not resumed, because:")?;
    }
    for line in against {
        writeln!(out, "  {line}")?;
    }
    let next = match (resumed, against) {
        (true, []) => "a day's loss beyond its limit stops the day again at the next run",
        (true, _) => {
            "an open finding refuses entries all the same until a run settles it, a request to leave everything \
             is withdrawn, and a day's loss beyond its limit stops the day again at the next run"
        }
        (false, _) => {
            "a `catalyst guard` settles what can be settled; --confirm resumes all the same"
        }
    };
    writeln!(out, "  {next}")
}
