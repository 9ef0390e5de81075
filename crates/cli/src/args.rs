//! The command line: global flags and the list of subcommands; each command's own flags stand in
//! its file under `commands/`.

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand};

use crate::commands::cycle::CycleArgs;
use crate::commands::db::DbArgs;
use crate::commands::doctor::DoctorArgs;
use crate::commands::gateway::GatewayArgs;
use crate::commands::guard::GuardArgs;
use crate::commands::hands::flatten::FlattenArgs;
use crate::commands::hands::halt::HaltArgs;
use crate::commands::hands::resume::ResumeArgs;
use crate::commands::init::InitArgs;
use crate::commands::install::InstallArgs;
use crate::commands::market::MarketArgs;
use crate::commands::pages::{CompletionsArgs, ManArgs};
use crate::commands::patterns::PatternsArgs;
use crate::commands::promote::PromoteArgs;
use crate::commands::rehearse::RehearseArgs;
use crate::commands::report::ReportArgs;
use crate::commands::risk::RiskArgs;
use crate::commands::status::StatusArgs;
use crate::commands::technicals::TechnicalsArgs;
use crate::commands::verify::VerifyArgs;
use crate::commands::watch::WatchArgs;
use crate::commands::why::WhyArgs;
use crate::telemetry::LogLevel;

const EXIT_CODES: &str = "Exit codes: 0 done or nothing to do, 1 failed, 2 usage or settings, \
    3 halted, 4 something unknown (the owner is needed), 5 not flat, 6 alarm, 7 busy, 75 try later.";

/// Over the flags that every command takes, apart from the command's own.
const EVERYWHERE: &str = "Options of every command";

/// An AI day-trading agent for the Hong Kong exchange; without settings it trades a simulated one.
#[derive(Debug, Parser)]
#[command(name = "catalyst", version, propagate_version = true, after_help = EXIT_CODES)]
pub(crate) struct Args {
    /// Flags that every command takes.
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags that stand before or after any subcommand.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct GlobalArgs {
    /// Settings file [default: config/settings.yaml if there is one, else catalyst/settings.yaml in
    /// the XDG configuration folder, else built-in defaults]
    #[arg(long, global = true, value_name = "FILE", help_heading = EVERYWHERE)]
    pub(crate) settings: Option<PathBuf>,
    /// Folder for the journal, the simulated account and the logs [default: `state_dir` of the
    /// settings, else catalyst in the XDG state folder]
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    pub(crate) state: Option<PathBuf>,
    /// Variables, NAME=VALUE a line, in a file closed to others (docs/deployment.md)
    /// [default: catalyst.env beside the settings file, where there is one]
    #[arg(long, global = true, value_name = "FILE", help_heading = EVERYWHERE)]
    pub(crate) env_file: Option<PathBuf>,
    /// Started by a timer: ends at once and silently where schedule and calendar have nothing for this
    /// command in this minute, or another run is at work
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(crate) scheduled: bool,
    /// What to log: error, warn, info, debug, trace [default: `logging.level` of the settings; where that is
    /// info a terminal shows warnings, and the daily file the rest]
    #[arg(long, global = true, value_name = "LEVEL", help_heading = EVERYWHERE)]
    pub(crate) log: Option<LogLevel>,
    /// Log more: -v debug, -vv trace
    #[arg(short, long, global = true, action = ArgAction::Count, conflicts_with = "log", help_heading = EVERYWHERE)]
    pub(crate) verbose: u8,
}

/// One subcommand each.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// One trading cycle: what cron runs every half hour of the session
    Cycle(CycleArgs),
    /// The protective sweep without an advisor: reconcile, protect, watch the day's loss, exits by the clock
    Guard(GuardArgs),
    /// No new entries from now on, also while the database is away
    Halt(HaltArgs),
    /// Trading again after a halt, where nothing stands against it
    Resume(ResumeArgs),
    /// Everything left, as soon as the exchange takes exits; done when nothing is held
    Flatten(FlattenArgs),
    /// Whole trading days in seconds on the simulated exchange
    Rehearse(RehearseArgs),
    /// Where we stand: cash, positions, orders, the last cycle
    Status(StatusArgs),
    /// What days came to: trades, equity, refusals, costs; as text, JSON, or a page with charts
    Report(ReportArgs),
    /// Whether the journal is as it was kept, row by row
    Verify(VerifyArgs),
    /// The journal's database: its state, its schema, its role, its neighbours
    Db(DbArgs),
    /// Why an order was sent: from what it came to, back to the words that caused it
    Why(WhyArgs),
    /// The dead-man's check: whether runs came, saw something and protected what is held
    Watch(WatchArgs),
    /// Whether real money may be traded, and the record that the owner lets it in
    Promote(PromoteArgs),
    /// Whether everything is reachable and sane, and what to do where it is not
    Doctor(DoctorArgs),
    /// A first settings file and the advisor's instructions, with your answers in them
    Init(InitArgs),
    /// What starts the program at its times: a crontab or systemd timers
    Install(InstallArgs),
    /// A practice gateway: the simulated exchange behind the broker's own wire protocol
    Gateway(GatewayArgs),
    /// Questions about an exchange: calendar, phases, ticks, fees, lots, settlement
    Market(MarketArgs),
    /// The gate's verdict on a trade, and the size that passes it
    Risk(RiskArgs),
    /// The indicators of a bar file, a row a bar
    Technicals(TechnicalsArgs),
    /// The chart patterns of a bar file, at its end or bar by bar
    Patterns(PatternsArgs),
    /// Completion of this command line for a shell
    Completions(CompletionsArgs),
    /// The manual page
    Man(ManArgs),
}

impl GlobalArgs {
    /// The level that the flags ask for, `None` when they leave it to the settings.
    pub(crate) const fn log_level(&self) -> Option<LogLevel> {
        match self.verbose {
            0 => self.log,
            1 => Some(LogLevel::Debug),
            2.. => Some(LogLevel::Trace),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::{Args, Command};
    use crate::telemetry::LogLevel;

    #[test]
    fn the_declared_flags_do_not_contradict_each_other() {
        Args::command().debug_assert();

        let names: Vec<_> = Args::command()
            .get_subcommands()
            .map(|command| command.get_name().to_owned())
            .collect();
        assert_eq!(
            names,
            [
                "cycle",
                "guard",
                "halt",
                "resume",
                "flatten",
                "rehearse",
                "status",
                "report",
                "verify",
                "db",
                "why",
                "watch",
                "promote",
                "doctor",
                "init",
                "install",
                "gateway",
                "market",
                "risk",
                "technicals",
                "patterns",
                "completions",
                "man"
            ]
        );
    }

    #[test]
    fn verbosity_raises_the_level_and_the_flags_may_follow_the_command() {
        let level = |line: &[&str]| Args::try_parse_from(line).unwrap().global.log_level();

        assert_eq!(level(&["catalyst", "status"]), None);
        assert_eq!(level(&["catalyst", "status", "-v"]), Some(LogLevel::Debug));
        assert_eq!(level(&["catalyst", "-vv", "status"]), Some(LogLevel::Trace));
        assert_eq!(
            level(&["catalyst", "status", "--log", "warn"]),
            Some(LogLevel::Warn)
        );
    }

    #[test]
    fn a_rehearsal_takes_the_flags_of_its_specification() {
        let line = "catalyst rehearse --bars b --history h --news n --lots l --date 2020-01-02 \
                    --days 3 --symbols 700,0005 --advisor script:s.json --entry-criteria report \
                    --seed 7 --json --cash 500000 --journal j";

        let args = Args::try_parse_from(line.split_whitespace()).unwrap();

        let Command::Rehearse(args) = args.command else {
            panic!("{args:?}");
        };
        let symbols: Vec<_> = args
            .source
            .symbols
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            symbols,
            ["700", "5"].map(|text| {
                text.parse::<catalyst_domain::symbol::Symbol>()
                    .unwrap()
                    .to_string()
            })
        );
        assert_eq!((args.days, args.source.seed), (Some(3), Some(7)));
        assert!(args.json);
    }
}
