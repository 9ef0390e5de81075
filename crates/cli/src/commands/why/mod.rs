//! `catalyst why`: from what a trade came to, back to the words that caused it.

mod cost;
mod document;
mod family;
mod focus;
pub(crate) mod page;
mod run;
mod subject;
mod text;
mod told;
mod verdict;

use std::io::{self, Write as _};

use catalyst_domain::calendar::TradingCalendar;
use catalyst_ports::journal::{Story, Subject};

use crate::args::GlobalArgs;
use crate::commands::{Failure, runtime};
use crate::compose;
use crate::exit::ExitCode;
use crate::journal_args::JournalArgs;
use page::Page;

/// Families of a symbol that are shown unless more are asked for.
const LIMIT: usize = 10;

/// Flags of `catalyst why`.
#[derive(Debug, clap::Args)]
pub(crate) struct WhyArgs {
    /// An order such as 20260914-1000.1-02e (any leg of its family), a cycle such as 20260914-1000.1
    /// or a guard's g20260914-1550.1, or a symbol in any spelling (700, 0700.HK).
    ///
    /// Asked is the account's book, else the last rehearsal's. Where nothing is kept the answer is one
    /// line (with --json `null`) and exit code 0; a journal that is missing is named and not made.
    #[arg(value_name = "ORDER|SYMBOL|CYCLE")]
    subject: String,
    #[command(flatten)]
    journal: JournalArgs,
    /// Orders of a symbol to show, the newest first
    #[arg(long, value_name = "N", default_value_t = LIMIT)]
    limit: usize,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
}

/// Prints the story of the subject.
pub(crate) fn run(args: &WhyArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let subject = subject::subject(&args.subject).map_err(Failure::usage)?;
    let rules = compose::rulebook()?;
    let place = args.journal.existing(global, &rules.calendar)?;
    let story = runtime()?.block_on(async {
        let archive = compose::archive(&place, &rules).await?;
        let story = archive.story(subject).await;
        story.map_err(|error| {
            let hint = "`catalyst verify` tells whether the journal is whole";
            Failure::new(error, ExitCode::TryLater, hint)
        })
    })?;
    let mut out = io::stdout().lock();
    match story {
        Some(story) => answer(&mut out, args, subject, story, &rules.calendar)?,
        None if args.json => writeln!(out, "null")?,
        None => writeln!(out, "nothing is kept about {}", named(subject))?,
    }
    Ok(ExitCode::Done)
}

/// What the journal keeps, on standard output.
fn answer(
    out: &mut impl io::Write,
    args: &WhyArgs,
    subject: Subject,
    mut story: Story,
    calendar: &TradingCalendar,
) -> io::Result<()> {
    if let Some(symbol) = focus::symbol_of(subject, &story) {
        focus::narrow(&mut story, symbol)?;
    }
    let left_out = match subject {
        Subject::Symbol(_) => story.families.len().saturating_sub(args.limit),
        Subject::Order(_) | Subject::Cycle(_) => 0,
    };
    story.families.truncate(story.families.len() - left_out);
    if args.json {
        let document = document::document(named(subject), &story, left_out)?;
        serde_json::to_writer(&mut *out, &document)?;
        return writeln!(out);
    }
    text::write(&mut Page::new(out, calendar), subject, &story, left_out)
}

fn named(subject: Subject) -> String {
    match subject {
        Subject::Order(order) => order.to_string(),
        Subject::Symbol(symbol) => symbol.to_string(),
        Subject::Cycle(cycle) => cycle.to_string(),
    }
}
