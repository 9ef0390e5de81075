//! A real run: what `cycle` and `guard` share, from the clock to the goodbye to the broker.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use catalyst_app::{
    AlertDesk, CycleError, OutsideDesk, Policy, Ports, WatchAlarm, chain, fuses_set, is_promoted,
    raise_outside, tell_day_closed,
};
use catalyst_domain::order::CycleId;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::scan::Universe;
use catalyst_ports::advisor::Advisor;
use catalyst_ports::clock::Clock;
use catalyst_ports::cycle_lock::CycleGuard;
use catalyst_ports::journal::{Archive, ChainHead};
use catalyst_ports::notifier::Alert;
use catalyst_ports::tool::Severity;
use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta};
use tracing::warn;

use crate::args::GlobalArgs;
use crate::commands::{Failure, Home, real_now, tell};
use crate::compose::{self, ComposeError, Connection, Desk, JournalPlace, OwnerFiles, Telling};
use crate::exit::ExitCode;
use crate::moment::moment;
use crate::policy::{policy, universe};
use crate::provenance::provenance;
use crate::settings::{AdvisorChoice, Broker, Settings, TradingMode};
use crate::signals::Signals;
use crate::telemetry::{DailyFile, LogLevel, LogPlan, start};

/// Flags of every real run.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct LiveArgs {
    /// The moment to live in, on the simulated exchange only, such as 2026-11-23T10:00:00+08:00
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    pub(crate) at: Option<DateTime<FixedOffset>>,
    /// Who executes: sim, or ibkr by the section `broker` of the settings [default: `broker.name`]
    #[arg(long, value_enum)]
    pub(crate) broker: Option<Broker>,
}

/// Settings, clock and rules of a real run, before anything is opened.
pub(crate) struct Live {
    pub(crate) home: Home,
    pub(crate) rules: Arc<Rulebook>,
    pub(crate) broker: Broker,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) policy: Policy,
    /// Who is asked; `None` for a run that asks nobody.
    pub(crate) choice: Option<AdvisorChoice>,
    /// Why the advisor of the settings cannot be asked, though all else can be done.
    pub(crate) unadvised: Option<ComposeError>,
    /// How long the run may last at most.
    pub(crate) longest: TimeDelta,
    alarmed: AtomicBool,
    /// The wish of the operating system that the run ends.
    pub(crate) stop: Arc<Signals>,
    telling: Telling,
}

/// A real run with everything open.
pub(crate) struct Opened {
    pub(crate) ports: Ports,
    desk: Desk,
    archive: Arc<dyn Archive>,
    connection: Connection,
    _held: Box<dyn CycleGuard>,
}

impl Live {
    /// Reads the settings, starts the logs and asks what time it is.
    pub(crate) async fn begin(
        args: &LiveArgs,
        who: Who<'_>,
        global: &GlobalArgs,
        stop: &Arc<Signals>,
    ) -> Result<Self, Failure> {
        let rules = compose::rulebook()?;
        let home = Home::open(global, &rules.calendar)?;
        let (settings, state) = (&home.settings, &home.state);
        match (&who, &settings.unfit) {
            (Who::Advisor(_), _) => settings.fit()?,
            (Who::Nobody, Some(told)) if !global.scheduled => tell(&format!("warning: {told}"))?,
            (Who::Nobody, _) => {}
        }
        start(&LogPlan {
            stderr: LogLevel::beside_an_answer(
                global.log_level(),
                settings.log_level,
                &std::io::stderr(),
            ),
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
        let broker = args.broker.unwrap_or(settings.broker.name);
        let clock = compose::run_clock(settings, broker, args.at).await?;
        let (choice, unadvised) = who.chosen(settings);
        // What only an advisor needs keeps nobody from protecting.
        let (told, names) = match &choice {
            Some(choice) if unadvised.is_none() => (choice, universe(&settings.scan.names)?),
            Some(_) | None => (&AdvisorChoice::Rules, Universe::Members),
        };
        let policy = policy(settings, provenance(settings, told, None)?, names);
        let telling = compose::telling(&settings.alerts, &rules, state.path());
        Ok(Self {
            unadvised,
            longest: settings.longest_run(),
            alarmed: AtomicBool::new(false),
            telling,
            home,
            rules,
            broker,
            clock,
            policy,
            choice,
            stop: Arc::clone(stop),
        })
    }

    /// The slot of the schedule that this moment belongs to.
    pub(crate) fn slot(&self) -> Option<NaiveTime> {
        let schedule = &self.policy.schedule;
        schedule.slot_at(&self.rules.calendar, self.clock.now())
    }

    /// Refuses a run that may enter where money is real: without the second yes, without the fuses, and
    /// before the owner has let it in. A run that only protects needs none of these.
    pub(crate) async fn let_in(&self, second_yes: bool) -> Result<(), Failure> {
        let (settings, rules) = (&self.home.settings, &self.rules);
        agree(second_yes, self.broker, settings.broker.mode)?;
        if settings.broker.mode == TradingMode::Paper || self.broker == Broker::Sim {
            return Ok(());
        }
        if let Some(unset) = fuses_set(&settings.limits).iter().find(|fuse| !fuse.holds) {
            let text = format!("real money is not let in: {} has to hold", unset.what);
            let hint = "percent limits scale with a misread equity, absolute ones do not";
            return Err(Failure::new(text, ExitCode::Usage, hint));
        }
        let place = JournalPlace::of(&settings.database, None, self.home.state.path())?;
        let account = compose::account_name(&settings.broker, self.broker)?;
        let journal = if place.is_absent() {
            None
        } else {
            compose::read_journal(&place, rules, account).await?
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

    /// Takes the lock, then opens journal and broker. Where that fails the owner is told at once: no
    /// run means no protection.
    pub(crate) async fn open(&self, advisor: Option<Arc<dyn Advisor>>) -> Result<Opened, Failure> {
        let mut opened = self.try_open(advisor).await;
        if let Err(failure) = &mut opened {
            if failure.code == ExitCode::Busy {
                let Some(hung) = self.hung() else {
                    return opened;
                };
                *failure = Failure::new(hung.to_string(), ExitCode::Alarm, hung.remedy());
            }
            self.alarm("no run could begin", failure.error.as_ref())
                .await;
        }
        opened
    }

    /// The run that keeps this one out, if it is past its end.
    fn hung(&self) -> Option<WatchAlarm> {
        let (state, calendar) = (self.home.state.path(), &self.rules.calendar);
        compose::hung_run(state, calendar, real_now()).unwrap_or_else(|error| {
            warn!(%error, "who keeps the lock cannot be read");
            None
        })
    }

    /// Tells of what no run could keep. Without a channel the program's own last words are enough.
    async fn alarm(&self, subject: &str, error: &dyn Error) {
        if !self.telling.has_channel || self.alarmed.swap(true, Ordering::Relaxed) {
            return;
        }
        let Telling {
            notifier, outbox, ..
        } = &self.telling;
        let alert = Alert {
            severity: Severity::Critical,
            subject: subject.to_owned(),
            message: chain(error),
            run: None,
            at: self.clock.now(),
        };
        let desk = OutsideDesk {
            notifier: notifier.as_ref(),
            outbox: outbox.as_ref(),
            kept: &[],
            repeat: self.policy.alerts.repeat,
        };
        let told = raise_outside(desk, alert).await;
        if let Err(failure) = told {
            warn!(cause = chain(&failure), subject, "the owner was not told");
        }
    }

    async fn try_open(&self, advisor: Option<Arc<dyn Advisor>>) -> Result<Opened, Failure> {
        let (settings, state) = (&self.home.settings, self.home.state.path());
        let now = self.clock.now();
        let place = JournalPlace::of(&settings.database, None, state)?;
        let lock = compose::run_lock(&place, state, now, self.longest);
        let held = lock.acquire().await.map_err(CycleError::from)?;
        let held = held.ok_or(CycleError::Busy)?;
        let account = compose::account_name(&settings.broker, self.broker)?;
        let journal = compose::account_journal(&place, state, &self.rules, account, now).await?;
        let desk = Desk::open(settings, &self.rules, state, self.broker, &self.clock)?;
        let mut ports = desk.ports(journal.journal);
        if advisor.is_some() {
            ports.news = compose::news_feed(&settings.news, ports.news, &ports.clock)?;
        }
        ports.advisor = advisor;
        ports.notifier = Arc::clone(&self.telling.notifier);
        ports.alerts = Some(AlertDesk {
            queue: journal.alerts,
            outbox: Arc::clone(&self.telling.outbox),
        });
        let files = OwnerFiles::of(state);
        ports.halt = files.halt;
        ports.requests = files.requests;
        ports.stop = Arc::<Signals>::clone(&self.stop);
        Ok(Opened {
            ports,
            desk,
            archive: journal.archive,
            connection: journal.connection,
            _held: held,
        })
    }
}

/// Who a run asks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Who<'a> {
    /// Nobody: it protects.
    Nobody,
    /// The advisor of the flag, else that of the settings.
    Advisor(Option<&'a AdvisorChoice>),
}

impl Who<'_> {
    /// The advisor, and why Claude cannot be told what it has to be.
    fn chosen(self, settings: &Settings) -> (Option<AdvisorChoice>, Option<ComposeError>) {
        let Self::Advisor(flag) = self else {
            return (None, None);
        };
        let choice = flag.unwrap_or(&settings.advisor).clone();
        let untold = match choice {
            AdvisorChoice::Claude => compose::told(settings).err(),
            AdvisorChoice::Rules | AdvisorChoice::Script(_) | AdvisorChoice::Cassette(_) => None,
        };
        (Some(choice), untold)
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
    /// Tells what the day of the run came to, once it is over. Nothing here fails the run.
    pub(crate) async fn close_day(&self, live: &Live, run: CycleId) {
        let told = match self.archive.head().await {
            Ok(head) => tell_day_closed(&self.ports, &live.policy, &live.rules, run, head).await,
            Err(failure) => Err(failure.into()),
        };
        if let Err(failure) = told {
            warn!(cycle.id = %run, cause = chain(&failure), "the day's end was not told");
        }
    }

    /// Takes leave of the broker and the journal, whatever the run came to, and returns the head of the chain.
    pub(crate) async fn leave<T>(
        self,
        live: &Live,
        ran: Result<T, CycleError>,
    ) -> Result<(T, ChainHead), Failure> {
        let left = leave(live, self.desk, self.archive.as_ref(), ran).await;
        self.connection.close().await;
        left
    }
}

/// Takes leave of the broker. A run that had nothing to do leaves the simulated account at the moment where
/// it stood.
async fn leave<T>(
    live: &Live,
    desk: Desk,
    archive: &dyn Archive,
    ran: Result<T, CycleError>,
) -> Result<(T, ChainHead), Failure> {
    if let Err(error @ CycleError::Journal(_)) = &ran {
        live.alarm("a run was not kept", error).await;
    }
    if let Err(idle @ CycleError::NotNow { .. }) = ran {
        desk.hang_up().await;
        return Err(idle.into());
    }
    let left = desk.leave().await;
    let outcome = ran?;
    left?;
    let head = archive.head().await.map_err(CycleError::from)?;
    Ok((outcome, head))
}
