//! `catalyst install`: what starts the program at its times. Prints it, or writes it and takes it away
//! again; nothing of anybody else is touched.

mod account;
mod beside;
mod cron;
mod crontab;
mod line;
mod systemd;
mod touched;
mod variables_file;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf, absolute};

use catalyst_domain::calendar::TradingCalendar;

use crate::args::GlobalArgs;
use crate::commands::{Failure, Home, variables};
use crate::compose;
use crate::exit::ExitCode;
use crate::policy::schedule;
use crate::settings::{ENV_FILE, locate};
use crate::state::create_for_owner;
use crontab::Crontab;
use line::{Launch, minutes_of};
use touched::{Touch, failed};

/// Where the file of variables lies below a root.
const VARIABLES_BELOW: &str = "etc/catalyst";

/// Flags of `catalyst install`.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, clap::Args)]
pub(crate) struct InstallArgs {
    /// Lines of a crontab, which is also the default
    #[arg(long, conflicts_with = "systemd")]
    cron: bool,
    /// Services and timers of systemd
    #[arg(long)]
    systemd: bool,
    /// Write it, instead of printing what would be written
    #[arg(long)]
    write: bool,
    /// Take away what an earlier --write put there
    #[arg(long)]
    uninstall: bool,
    /// Write below this folder, instead of this machine's own crontab, /etc/systemd/system and the folder of
    /// the settings
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Whom cron mails what a run complains of [default: the user]
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    mailto: Option<String>,
}

/// Prints or writes.
pub(crate) fn run(args: &InstallArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let user = account::name().map_err(Failure::failed)?;
    if args.uninstall {
        return uninstall(args, &user);
    }
    let rules = compose::rulebook()?;
    let launch = launch(args, global, &rules.calendar)?;
    if args.write {
        prepare(&launch)?;
    }
    let days = minutes_of(&schedule(&launch.settings), &rules.calendar)?;
    if args.systemd {
        let units = systemd::units(&launch, &days, &user)?;
        let folder = systemd::folder(args.root.as_deref());
        beside::warn_of_lines(args.root.as_deref(), &user)?;
        return if args.write {
            systemd::write(&folder, &units)?;
            say(&systemd::next(&units))
        } else {
            say(&systemd::printed(&folder, &units))
        };
    }
    let block = cron::block(&launch, &days, args.mailto.as_deref().unwrap_or(&user))?;
    beside::warn_of_timers(args.root.as_deref())?;
    if args.write {
        let crontab = Crontab::of(args.root.as_deref(), &user);
        crontab.write(&cron::with(&crontab.read()?, &block))?;
        say(&format!(
            "written: {crontab}\nvariables: {}\n",
            launch.variables.display()
        ))
    } else {
        say(&block)
    }
}

/// Takes away what was written, or says what would be; either way each thing is named.
fn uninstall(args: &InstallArgs, user: &str) -> Result<ExitCode, Failure> {
    let done = if args.write {
        "removed from"
    } else {
        "--write would remove from"
    };
    if args.systemd {
        let folder = systemd::folder(args.root.as_deref());
        let found = systemd::written(&folder)?;
        if args.write {
            systemd::remove(&found)?;
        }
        if found.is_empty() {
            return say(&format!("nothing of catalyst is in {}\n", folder.display()));
        }
        return say(&systemd::gone(done, &folder, &found));
    }
    let crontab = Crontab::of(args.root.as_deref(), user);
    let before = crontab.read()?;
    let after = cron::without(&before);
    if args.write && after != before {
        crontab.write(&after)?;
    }
    let own = cron::own(&before);
    if own.is_empty() {
        return say(&format!("nothing of catalyst is in {crontab}\n"));
    }
    say(&format!("{done} {crontab}:\n{own}"))
}

/// How this very program is to be started, with the absolute place of everything.
fn launch(
    args: &InstallArgs,
    global: &GlobalArgs,
    calendar: &TradingCalendar,
) -> Result<Launch, Failure> {
    let environment = variables(global)?;
    let settings = locate(global.settings.as_deref(), &environment).ok_or_else(|| {
        let hint = "catalyst init writes one; --settings FILE names it";
        Failure::new("there is no settings file", ExitCode::Usage, hint)
    })?;
    let Home {
        settings: read,
        state,
        ..
    } = Home::to_read(global, calendar)?;
    read.fit()?;
    Ok(Launch {
        program: std::env::current_exe()?,
        variables: absolute(variables_of(args, global, &settings))?,
        settings_file: absolute(&settings)?,
        state: absolute(state.path())?,
        settings: read,
    })
}

/// The file of variables: the one that is named, else the one beside the settings. Where there is none yet,
/// and everything new goes below a root, it goes there too.
fn variables_of(args: &InstallArgs, global: &GlobalArgs, settings: &Path) -> PathBuf {
    let beside = settings.with_file_name(ENV_FILE);
    match (&global.env_file, &args.root) {
        (Some(named), _) => named.clone(),
        (None, Some(root)) if !beside.exists() => root.join(VARIABLES_BELOW).join(ENV_FILE),
        (None, Some(_) | None) => beside,
    }
}

/// What has to be there before the first run.
fn prepare(launch: &Launch) -> Result<(), Failure> {
    create_for_owner(&launch.state).map_err(failed(&launch.state, Touch::Written))?;
    let variables = &launch.variables;
    variables_file::create(variables).map_err(failed(variables, Touch::Written))
}

fn say(text: &str) -> Result<ExitCode, Failure> {
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::Done)
}

/// An address that can stand in a crontab.
fn address(text: &str) -> Result<String, String> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "@._+-".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        Ok(text.to_owned())
    } else {
        Err("allowed is an address or a user name".to_owned())
    }
}

/// The path as text; an installation writes it into text files.
fn text_of(path: &Path) -> Result<&str, Failure> {
    match path.to_str() {
        Some(text) if !text.contains(['\n', '\r', '\0']) => Ok(text),
        Some(_) | None => Err(Failure::usage(format!(
            "{} cannot stand in a crontab or unit; allowed is a path of one line of UTF-8",
            path.display()
        ))),
    }
}
