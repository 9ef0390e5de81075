//! A real run: what `cycle` and `guard` share, from the clock to the goodbye to the broker.

use std::sync::Arc;

use catalyst_app::{CycleError, Policy, Ports, is_promoted};
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::advisor::Advisor;
use catalyst_ports::clock::Clock;
use catalyst_ports::cycle_lock::CycleGuard;
use catalyst_ports::journal::{Archive, ChainHead};
use chrono::{DateTime, FixedOffset, NaiveTime};

use crate::alarm::StandardError;
use crate::args::GlobalArgs;
use crate::commands::{Failure, Home, real_now};
use crate::compose::{self, Desk, JournalPlace};
use crate::exit::ExitCode;
use crate::policy::policy;
use crate::provenance::provenance;
use crate::settings::{AdvisorChoice, Broker, TradingMode};
use crate::telemetry::{DailyFile, LogPlan, start};

/// Flags of every real run.
#[derive(Debug, clap::Args)]
pub(crate) struct LiveArgs {
    /// The moment to live in, on the simulated exchange only, such as 2026-11-23T10:00:00+08:00
    #[arg(long, value_name = "RFC3339", value_parser = DateTime::parse_from_rfc3339)]
    pub(crate) at: Option<DateTime<FixedOffset>>,
    /// Who executes: sim, or ibkr by the section `broker` of the settings [default: `broker.name`]
    #[arg(long, value_enum)]
    pub(crate) broker: Option<Broker>,
    /// Trade real money: the second yes beside `broker.mode: live`
    #[arg(long)]
    pub(crate) live: bool,
}

/// Settings, clock and rules of a real run, before anything is opened.
pub(crate) struct Live {
    pub(crate) home: Home,
    pub(crate) rules: Arc<Rulebook>,
    pub(crate) broker: Broker,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) policy: Policy,
    pub(crate) choice: AdvisorChoice,
}

/// A real run with everything open.
pub(crate) struct Opened {
    pub(crate) ports: Ports,
    desk: Desk,
    archive: Arc<dyn Archive>,
    _held: Box<dyn CycleGuard>,
}

impl Live {
    /// Reads the settings, starts the logs and asks what time it is.
    pub(crate) async fn begin(
        args: &LiveArgs,
        advisor: Option<&AdvisorChoice>,
        global: &GlobalArgs,
    ) -> Result<Self, Failure> {
        let home = Home::open(global)?;
        let (settings, state) = (&home.settings, &home.state);
        let rules = compose::rulebook(None)?;
        start(&LogPlan {
            stderr: global.log_level().unwrap_or(settings.log_level),
            file: Some(DailyFile {
                folder: state.logs(),
                date: rules
                    .calendar
                    .date_of(args.at.map_or_else(real_now, |at| at.to_utc())),
                format: settings.log_format,
                level: settings.log_level,
                keep: settings.log_keep,
            }),
        })?;
        let choice = advisor.unwrap_or(&settings.advisor).clone();
        let broker = args.broker.unwrap_or(settings.broker.name);
        agree(args.live, broker, settings.broker.mode)?;
        let clock = compose::run_clock(settings, broker, args.at).await?;
        let policy = policy(settings, provenance(settings, &choice, None)?)?;
        Ok(Self {
            home,
            rules,
            broker,
            clock,
            policy,
            choice,
        })
    }

    /// The slot of the schedule that this moment belongs to.
    pub(crate) fn slot(&self) -> Option<NaiveTime> {
        let schedule = &self.policy.schedule;
        schedule.slot_at(&self.rules.calendar, self.clock.now())
    }

    /// Refuses a run that may enter where money is real and the owner has not let it in.
    pub(crate) async fn let_in(&self) -> Result<(), Failure> {
        let (settings, rules) = (&self.home.settings, &self.rules);
        if settings.broker.mode == TradingMode::Paper || self.broker == Broker::Sim {
            return Ok(());
        }
        let place = JournalPlace::of(&settings.database, None, self.home.state.path())?;
        let account = compose::account_name(&settings.broker, self.broker)?;
        let journal = match place.must_exist() {
            Ok(()) => compose::read_journal(&place, rules, account).await?,
            Err(_) => None,
        };
        if let Some(journal) = journal {
            let today = rules.calendar.date_of(self.clock.now());
            let day = journal.day(today).await.map_err(CycleError::from)?;
            if is_promoted(&day) {
                return Ok(());
            }
        }
        Err(Failure::new(
            "real money is not let in: no promotion is in this account's journal",
            ExitCode::Usage,
            "`catalyst promote` lists what is missing, and records it when nothing is",
        ))
    }

    /// Takes the lock, then opens journal and broker.
    pub(crate) async fn open(&self, advisor: Option<Arc<dyn Advisor>>) -> Result<Opened, Failure> {
        let (settings, state) = (&self.home.settings, self.home.state.path());
        let now = self.clock.now();
        let place = JournalPlace::of(&settings.database, None, state)?;
        let lock = compose::run_lock(&place, state, now);
        let held = lock.acquire().await.map_err(CycleError::from)?;
        let held = held.ok_or(CycleError::Busy)?;
        let account = compose::account_name(&settings.broker, self.broker)?;
        let journal = compose::account_journal(&place, state, &self.rules, account, now).await?;
        let desk = Desk::open(settings, &self.rules, state, self.broker, &self.clock)?;
        let mut ports = desk.ports(settings, journal.journal)?;
        ports.advisor = advisor;
        ports.notifier = Arc::new(StandardError);
        ports.halt = compose::halt_flag(state);
        Ok(Opened {
            ports,
            desk,
            archive: journal.archive,
            _held: held,
        })
    }
}

/// Real money wants both yeses, and play money neither.
fn agree(flag: bool, broker: Broker, mode: TradingMode) -> Result<(), Failure> {
    let real = broker == Broker::Ibkr && mode == TradingMode::Live;
    let (text, hint) = match (real, flag) {
        (true, true) | (false, false) => return Ok(()),
        (true, false) => (
            "broker.mode is live, and --live was not given",
            "say --live as well, or set broker.mode: paper",
        ),
        (false, true) => (
            "--live was given, and no real money is in the settings",
            "set broker.name: ibkr and broker.mode: live, or leave --live out",
        ),
    };
    Err(Failure::new(text, ExitCode::Usage, hint))
}

impl Opened {
    /// Takes leave of the broker, whatever the run came to, and returns the head of the chain.
    pub(crate) async fn leave<T>(
        self,
        ran: Result<T, CycleError>,
    ) -> Result<(T, ChainHead), Failure> {
        let left = self.desk.leave().await;
        let outcome = ran?;
        left?;
        let head = self.archive.head().await.map_err(CycleError::from)?;
        Ok((outcome, head))
    }
}
