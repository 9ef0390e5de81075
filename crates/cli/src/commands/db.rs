//! `catalyst db`: the journal's database. What is in it, its schema, a role that can do no more than it
//! must, and whether a neighbour's table is as this program reads it.

use std::io::{self, Write as _};

use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::Census;
use clap::Subcommand;
use clap::builder::NonEmptyStringValueParser;
use serde_json::{Value, json};

use crate::args::GlobalArgs;
use crate::commands::{Failure, runtime};
use crate::compose::{self, ComposeError, JournalPlace, NoJournal};
use crate::exit::ExitCode;
use crate::journal_args::JournalArgs;

/// A moment at the exchange.
const MINUTE: &str = "%Y-%m-%d %H:%M";

/// Flags of `catalyst db`.
#[derive(Debug, clap::Args)]
pub(crate) struct DbArgs {
    #[command(subcommand)]
    question: DbCommand,
}

#[derive(Debug, Subcommand)]
enum DbCommand {
    /// Engine, schema, rows by table, size, the end of the chain, the last run
    Status(Flags),
    /// Brings the schema up to date. PostgreSQL needs it once and after an update of the program; an
    /// SQLite file is brought up to date whenever it is opened
    Migrate(Flags),
    /// Prints SQL that makes a role for the journal with no more rights than it needs
    Role {
        /// The role's name
        #[arg(long, default_value = "catalyst_intl", value_parser = NonEmptyStringValueParser::new())]
        name: String,
        #[command(flatten)]
        flags: Flags,
    },
    /// Holds the neighbour's table of `database.securities_table` against what is read of it
    Contract(Flags),
}

#[derive(Debug, clap::Args)]
struct Flags {
    #[command(flatten)]
    journal: JournalArgs,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
}

/// Runs the subcommand.
pub(crate) fn run(args: &DbArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let rules = compose::rulebook()?;
    let runtime = runtime()?;
    let (text, document, flags) = match &args.question {
        DbCommand::Status(flags) => {
            let place = flags.journal.existing(global, &rules.calendar)?;
            let census = runtime.block_on(census(&place, &rules))?;
            let place = place.describe();
            (
                status_text(&place, &census, &rules),
                status_json(&place, &census),
                flags,
            )
        }
        DbCommand::Migrate(flags) => {
            let place = flags.journal.place(global, &rules.calendar)?;
            let (from, to) = runtime.block_on(compose::migrate(&place, &rules))?;
            let place = place.describe();
            let text = if from == to {
                format!("{place} is at schema version {to} already\n")
            } else {
                format!("{place} brought from schema version {from} to {to}\n")
            };
            (text, json!({"place": place, "from": from, "to": to}), flags)
        }
        DbCommand::Role { name, flags } => {
            let place = flags.journal.place(global, &rules.calendar)?;
            let script = compose::role(&place, name).ok_or_else(no_role)?;
            let document = json!({"role": name, "script": script});
            (script, document, flags)
        }
        DbCommand::Contract(flags) => {
            let place = flags.journal.place(global, &rules.calendar)?;
            let found = runtime.block_on(compose::contract(&place))?;
            (contract_text(&found), contract_json(&found), flags)
        }
    };
    let mut out = io::stdout().lock();
    if flags.json {
        writeln!(out, "{document}")?;
    } else {
        write!(out, "{text}")?;
    }
    Ok(ExitCode::Done)
}

async fn census(place: &JournalPlace, rules: &Rulebook) -> Result<Census, ComposeError> {
    let archive = compose::archive(place, rules).await?;
    archive
        .census()
        .await
        .map_err(|error| NoJournal::Silent(error).into())
}

fn no_role() -> Failure {
    Failure::new(
        "an SQLite file has no roles",
        ExitCode::Usage,
        "name a database with DATABASE_URL or database.host, or add --store postgres",
    )
}

fn status_text(place: &str, census: &Census, rules: &Rulebook) -> String {
    let mut lines = vec![
        format!("journal     {place}"),
        format!(
            "engine      {}, schema version {}",
            census.engine, census.schema_version
        ),
        format!("size        {} bytes", census.bytes),
        format!(
            "chain       {} rows, head {}",
            census.head.rows, census.head.seal
        ),
    ];
    for book in &census.books {
        lines.push(format!(
            "book        {} {}, {} runs since {}",
            book.kind,
            book.name,
            book.runs,
            rules.calendar.local(book.begun).format(MINUTE),
        ));
    }
    lines.push(match &census.last_run {
        Some(run) => format!(
            "last run    {}, {}, {}",
            run.name,
            rules.calendar.local(run.begun).format(MINUTE),
            run.ending
                .as_deref()
                .unwrap_or("without an end: killed, or still at work"),
        ),
        None => "last run    none yet".to_owned(),
    });
    for (table, rows) in &census.rows {
        lines.push(format!("{rows:>11} {table}"));
    }
    lines.join("\n") + "\n"
}

fn status_json(place: &str, census: &Census) -> Value {
    let books = census.books.iter().map(|book| {
        json!({"kind": book.kind, "name": book.name, "runs": book.runs, "begun": book.begun})
    });
    let rows = census
        .rows
        .iter()
        .map(|(table, rows)| ((*table).to_owned(), json!(rows)));
    let last = census.last_run.as_ref();
    json!({
        "place": place,
        "engine": census.engine,
        "schema_version": census.schema_version,
        "bytes": census.bytes,
        "chain": {"rows": census.head.rows, "head": census.head.seal.to_string()},
        "books": books.collect::<Vec<_>>(),
        "last_run": last.map(|run| {
            json!({"name": run.name, "begun": run.begun, "ending": run.ending})
        }),
        "rows": rows.collect::<serde_json::Map<_, _>>(),
    })
}

fn contract_text(found: &[(String, String)]) -> String {
    if found.is_empty() {
        return "nothing of a neighbour is read (database.securities_table is not set)\n"
            .to_owned();
    }
    let lines: Vec<String> = found
        .iter()
        .map(|(column, data_type)| format!("{column} is {data_type}, as it may be"))
        .collect();
    lines.join("\n") + "\n"
}

fn contract_json(found: &[(String, String)]) -> Value {
    let columns = found
        .iter()
        .map(|(column, data_type)| json!({"column": column, "type": data_type}));
    json!({"columns": columns.collect::<Vec<_>>()})
}
