//! `catalyst verify`: walks the chain of rows and names the first that is not as it was kept.

use std::io::{self, Write as _};

use catalyst_ports::journal::{Seal, Verification};
use serde::Serialize;

use crate::args::GlobalArgs;
use crate::commands::{Failure, runtime};
use crate::compose::{self, ComposeError, NoJournal};
use crate::exit::ExitCode;
use crate::journal_args::JournalArgs;

/// Flags of `catalyst verify`.
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// A seal that was printed or mailed before; it must be in the chain, which alone cannot show rows
    /// that were cut off its end or a complete rewrite
    #[arg(long, value_name = "SEAL")]
    head: Option<Seal>,
    #[command(flatten)]
    journal: JournalArgs,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Answer {
    whole: bool,
    rows: u64,
    head: String,
    flaw: Option<FlawAnswer>,
}

#[derive(Debug, Serialize)]
struct FlawAnswer {
    kind: &'static str,
    row: i64,
    table: Option<&'static str>,
    text: String,
}

/// Walks, and prints what was found; ends with 6 where something was.
pub(crate) fn run(args: &VerifyArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let rules = compose::rulebook()?;
    let place = args.journal.existing(global, &rules.calendar)?;
    let found = runtime()?.block_on(async {
        let archive = compose::archive(&place, &rules).await?;
        let found = archive.verify(args.head).await;
        found.map_err(|error| ComposeError::from(NoJournal::Silent(error)))
    })?;
    write(&found, args.json)?;
    Ok(match found.flaw {
        Some(_) => ExitCode::Alarm,
        None => ExitCode::Done,
    })
}

fn write(found: &Verification, json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let answer = Answer {
        whole: found.flaw.is_none(),
        rows: found.head.rows,
        head: found.head.seal.to_string(),
        flaw: found.flaw.map(|flaw| FlawAnswer {
            kind: flaw.kind.as_str(),
            row: flaw.row,
            table: flaw.table,
            text: flaw.to_string(),
        }),
    };
    if json {
        serde_json::to_writer(&mut out, &answer)?;
        return writeln!(out);
    }
    match &answer.flaw {
        None if answer.rows == 0 => writeln!(out, "empty: nothing was ever kept here")?,
        None => writeln!(out, "whole: {} rows, every one as it was kept", answer.rows)?,
        Some(flaw) => writeln!(out, "NOT WHOLE: {}", flaw.text)?,
    }
    writeln!(out, "head: {}", answer.head)
}
