//! `catalyst completions` and `catalyst man`: the command line as a shell and a manual want it, drawn
//! from the arguments themselves, so that neither can say anything else.

use std::fs::create_dir_all;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Command, CommandFactory as _, ValueEnum};
use clap_complete::generate;
use clap_complete::shells;
use clap_mangen::Man;

use crate::args::Args;
use crate::commands::Failure;
use crate::exit::ExitCode;

/// What the program is called in a shell.
const NAME: &str = "catalyst";

/// Flags of `catalyst completions`.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell that is to complete
    #[arg(value_enum)]
    shell: Shell,
}

/// Flags of `catalyst man`.
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// Write this page and one for each command into a folder, instead of printing this one
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

/// Prints the script that the shell reads.
pub(crate) fn completions(args: &CompletionsArgs) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    let mut command = Args::command();
    match args.shell {
        Shell::Bash => generate(shells::Bash, &mut command, NAME, &mut script),
        Shell::Zsh => generate(shells::Zsh, &mut command, NAME, &mut script),
        Shell::Fish => generate(shells::Fish, &mut command, NAME, &mut script),
    }
    io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::Done)
}

/// Prints the manual page, or writes all of them.
pub(crate) fn man(args: &ManArgs) -> Result<ExitCode, Failure> {
    let command = manual();
    match &args.dir {
        Some(folder) => {
            create_dir_all(folder)?;
            clap_mangen::generate_to(command, folder)?;
        }
        None => Man::new(command).render(&mut io::stdout().lock())?,
    }
    Ok(ExitCode::Done)
}

/// The command line without `help`, which would have a page for each command again.
fn manual() -> Command {
    Args::command().disable_help_subcommand(true)
}
