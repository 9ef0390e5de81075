//! `catalyst init`: a first settings file and the advisor's instructions. Never a secret: those are
//! variables.

mod questions;
mod sheet;

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf, absolute};

use catalyst_domain::calendar::TradingCalendar;
use serde_json::Value;
use thiserror::Error;

use crate::args::GlobalArgs;
use crate::commands::{Failure, variables};
use crate::compose;
use crate::exit::ExitCode;
use crate::settings::{DEFAULTS, Environment, FILE_NAME, of_text, standard_folder};
use crate::state::create_for_owner;
use questions::{Answer, Owner};
use sheet::Sheet;

/// The advisor's instructions as they are shipped.
const INSTRUCTIONS: &str = include_str!("../../../../../config/prompts/system.md");

/// Where they lie beside the settings.
const INSTRUCTIONS_FILE: &str = "prompts/system.md";

/// Permissions of both files.
const OWNER_ONLY: u32 = 0o600;

/// Flags of `catalyst init`.
#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// Ask nothing: simulated exchange, rules as advisor, SQLite
    #[arg(long)]
    yes: bool,
    /// Replace files that are there; what they held stays beside them as .bak
    #[arg(long)]
    force: bool,
    /// Folder to write into [default: catalyst in the XDG configuration folder]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Why nothing was written.
#[derive(Debug, Error)]
enum NoFile {
    #[error("{} is there already", path.display())]
    Exists { path: PathBuf },
    #[error("{} cannot be written", path.display())]
    NotWritable { path: PathBuf, source: io::Error },
    #[error("the shipped settings have no key {key}")]
    NoKey { key: &'static str },
    #[error("no folder: neither --dir nor XDG_CONFIG_HOME nor HOME is set")]
    Nowhere,
}

/// Asks, writes two files and says what comes next.
pub(crate) fn run(args: &InitArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let environment = variables(global)?;
    let folder = folder(args, &environment)?;
    let settings = folder.join(FILE_NAME);
    let instructions = folder.join(INSTRUCTIONS_FILE);
    let files = [settings.as_path(), instructions.as_path()];
    if let Some(path) = files.into_iter().find(|path| !args.force && path.exists()) {
        let path = path.to_owned();
        return Err(Failure::new(
            NoFile::Exists { path },
            ExitCode::Usage,
            "--force replaces it and keeps a copy as .bak; --dir DIR writes elsewhere",
        ));
    }
    let mut answers = answers(args, &environment)?;
    let path = Value::from(instructions.display().to_string());
    answers.push(("claude.instructions_file", path));
    let text = text(&answers)?;
    let calendar = TradingCalendar::hkex().map_err(Failure::failed)?;
    of_text(&settings, &text, &environment, &calendar, compose::suits)?.fit()?;
    write(&settings, &text)?;
    write(&instructions, INSTRUCTIONS)?;
    say_next(&settings, &instructions)?;
    Ok(ExitCode::Done)
}

fn folder(args: &InitArgs, environment: &Environment) -> Result<PathBuf, Failure> {
    let given = args.dir.clone().or_else(|| standard_folder(environment));
    let folder = given.ok_or_else(|| Failure::usage(NoFile::Nowhere))?;
    Ok(absolute(folder)?)
}

fn answers(args: &InitArgs, environment: &Environment) -> Result<Vec<Answer>, Failure> {
    if args.yes {
        return Ok(Vec::new());
    }
    let key = environment.text("ANTHROPIC_API_KEY");
    let mut owner = Owner {
        input: io::stdin().lock(),
        output: io::stderr().lock(),
    };
    let answers = owner.answers(key.is_ok_and(|key| key.is_some_and(|key| !key.is_empty())));
    let hint = "--yes asks nothing and takes the defaults";
    answers.map_err(|error| Failure::new(error, ExitCode::Usage, hint))
}

fn text(answers: &[Answer]) -> Result<String, Failure> {
    let mut sheet = Sheet::of(DEFAULTS);
    for (key, value) in answers {
        if !sheet.fill(key, value) {
            return Err(Failure::failed(NoFile::NoKey { key }));
        }
    }
    Ok(sheet.text())
}

/// Writes a file for the owner alone; one that is there is kept beside it first.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    replace(path, text).map_err(|source| {
        Failure::failed(NoFile::NotWritable {
            path: path.to_owned(),
            source,
        })
    })
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        create_for_owner(folder)?;
    }
    if path.exists() {
        let mut copy = path.as_os_str().to_owned();
        copy.push(".bak");
        fs::rename(path, copy)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(OWNER_ONLY);
    options.open(path)?.write_all(text.as_bytes())
}

fn say_next(settings: &Path, instructions: &Path) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let shown = settings.display();
    writeln!(out, "settings:     {shown}")?;
    writeln!(out, "instructions: {}", instructions.display())?;
    writeln!(out, "next:         catalyst doctor --settings {shown}")?;
    writeln!(out, "then:         catalyst install --settings {shown}")
}
