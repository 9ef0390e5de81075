//! `catalyst watch`: the dead-man's check, for a cron line of its own. It writes no journal, sends no
//! order, and calls the owner; what it cannot read is an alarm too, and silence is what it looks for.

mod call;

use std::error::Error;
use std::io::{self, Write};

use catalyst_app::{Schedule, WatchAlarm, WatchPolicy, chain, money_short, watch, watched_since};
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::{Archive, Pulse};
use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;

use crate::args::GlobalArgs;
use crate::commands::{Failure, Home, real_now, runtime, tell};
use crate::compose::{self, ComposeError, JournalPlace, NoJournal};
use crate::exit::ExitCode;
use crate::moment::moment;
use crate::policy::schedule;

/// Under this name runs with Claude are kept.
const CLAUDE: &str = "claude";

/// Flags of `catalyst watch`.
#[derive(Debug, clap::Args)]
pub(crate) struct WatchArgs {
    /// The moment to judge from, such as 2026-11-23T10:00:00+08:00, where the broker is sim
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    pub(crate) at: Option<DateTime<FixedOffset>>,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
}

/// One reason to call the owner.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Line {
    kind: &'static str,
    text: String,
    remedy: &'static str,
}

#[derive(Debug, Serialize)]
struct Answer {
    at: Option<DateTime<Utc>>,
    well: bool,
    last_run: Option<DateTime<Utc>>,
    next_run: Option<DateTime<Utc>>,
    alarms: Vec<Line>,
}

/// Judges, prints, and ends with 6 where the owner is called.
pub(crate) fn run(args: &WatchArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let rules = compose::rulebook()?;
    let home = Home::to_read(global, &rules.calendar)?;
    home.settings.fit()?;
    let (answer, called) = runtime()?.block_on(async {
        let answer = judged(args, &home, &rules).await;
        let called = call::call(&answer, &home, &rules).await;
        (answer, called)
    });
    let mut out = io::stdout().lock();
    if global.scheduled {
        // A timer mails what stands on standard error: alarms, and no word of a day that is well.
        if !answer.well {
            write(&mut io::stderr().lock(), &answer, &rules)?;
        }
    } else if args.json {
        serde_json::to_writer(&mut out, &answer).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        write(&mut out, &answer, &rules)?;
    }
    match called {
        Err(error) if answer.well => Err(Failure::new(
            error,
            ExitCode::TryLater,
            "all is well here, and whoever waits for the ping does not know; look at watch.ping_url",
        )),
        Err(error) => {
            tell(&format!("nobody was called: {}", chain(error.as_ref())))?;
            Ok(ExitCode::Alarm)
        }
        Ok(()) if answer.well => Ok(ExitCode::Done),
        Ok(()) => Ok(ExitCode::Alarm),
    }
}

/// Who keeps the lock, then what the journal says of the time; whatever is silent is an alarm beside the rest.
async fn judged(args: &WatchArgs, home: &Home, rules: &Rulebook) -> Answer {
    let mut answer = Answer {
        at: None,
        well: false,
        last_run: None,
        next_run: None,
        alarms: Vec::new(),
    };
    match compose::hung_run(home.state.path(), &rules.calendar, real_now()) {
        Ok(hung) => answer.raise(hung.as_slice()),
        Err(error) => answer.alarms.push(Line::silent("lock", &error)),
    }
    if let Err(silent) = look(args, (home, rules), &mut answer).await {
        answer.alarms.push(silent);
    }
    answer.well = answer.alarms.is_empty();
    answer
}

/// Adds to `answer` what clock, journal and spending say, up to the first that says nothing.
async fn look(
    args: &WatchArgs,
    (home, rules): (&Home, &Rulebook),
    answer: &mut Answer,
) -> Result<(), Line> {
    let settings = &home.settings;
    let clock = compose::run_clock(settings, settings.broker.name, args.at).await;
    let clock = clock.map_err(|error| Line::silent("clock", &error))?;
    let now = clock.now();
    answer.at = Some(now);
    let pulse = read(home, rules, now).await;
    let pulse = pulse.map_err(|error| Line::silent("journal", error.as_ref()))?;
    answer.last_run = pulse.proof.map(|proof| proof.at);
    answer.next_run = pulse.proof.and_then(|proof| proof.next_at);
    let schedule = schedule(settings);
    let found = watch(&pulse, settings.watch, &schedule, &rules.calendar, now);
    answer.raise(&found.map_err(|error| Line::silent("calendar", &error))?);
    let short = money(home, rules, now).await;
    let short = short.map_err(|error| Line::silent("money", error.as_ref()))?;
    answer.raise(short.as_slice());
    Ok(())
}

/// Whether money for the model runs out; an account that nobody has written for has spent none.
async fn money(
    home: &Home,
    rules: &Rulebook,
    now: DateTime<Utc>,
) -> Result<Option<WatchAlarm>, Box<dyn Error>> {
    let settings = &home.settings;
    let place = JournalPlace::of(&settings.database, None, home.state.path())?;
    if place.is_absent() {
        return Ok(None);
    }
    let account = compose::account_name(&settings.broker, settings.broker.name)?;
    let Some(journal) = compose::read_journal(&place, rules, account).await? else {
        return Ok(None);
    };
    let today = rules.calendar.date_of(now);
    let spending = journal.spending(today, CLAUDE).await;
    let spending = spending.map_err(|error| ComposeError::from(NoJournal::Silent(error)))?;
    let (budget, policy) = (&settings.cycle.budget, settings.watch);
    Ok(money_short(
        &spending,
        budget,
        policy,
        &rules.calendar,
        today,
    )?)
}

async fn read(home: &Home, rules: &Rulebook, now: DateTime<Utc>) -> Result<Pulse, Box<dyn Error>> {
    let place = JournalPlace::of(&home.settings.database, None, home.state.path())?;
    if place.is_absent() {
        return Ok(Pulse::empty());
    }
    let archive = compose::archive(&place, rules).await?;
    told(archive.as_ref(), home.settings.watch, rules, now).await
}

async fn told(
    archive: &dyn Archive,
    policy: WatchPolicy,
    rules: &Rulebook,
    now: DateTime<Utc>,
) -> Result<Pulse, Box<dyn Error>> {
    let since = watched_since(policy, &rules.calendar, rules.calendar.date_of(now))?;
    let pulse = archive.pulse(since).await;
    Ok(pulse.map_err(|error| ComposeError::from(NoJournal::Silent(error)))?)
}

/// What is wrong at `now` by the journal behind `archive`.
pub(crate) async fn alarms(
    archive: &dyn Archive,
    policy: WatchPolicy,
    schedule: &Schedule,
    rules: &Rulebook,
    now: DateTime<Utc>,
) -> Result<Vec<WatchAlarm>, Box<dyn Error>> {
    let pulse = told(archive, policy, rules, now).await?;
    Ok(watch(&pulse, policy, schedule, &rules.calendar, now)?)
}

impl Answer {
    fn raise(&mut self, alarms: &[WatchAlarm]) {
        self.alarms.extend(alarms.iter().map(Line::of));
    }
}

impl Line {
    fn of(alarm: &WatchAlarm) -> Self {
        Self {
            kind: alarm.as_str(),
            text: alarm.to_string(),
            remedy: alarm.remedy(),
        }
    }

    /// What `kind` would say cannot be judged, because it does not answer.
    fn silent(kind: &'static str, error: &dyn Error) -> Self {
        Self {
            kind,
            text: chain(error),
            remedy: "run `catalyst doctor`; stops at the broker stay where they are",
        }
    }
}

fn write(out: &mut impl Write, answer: &Answer, rules: &Rulebook) -> io::Result<()> {
    let local = |at: DateTime<Utc>| rules.calendar.local(at).format("%Y-%m-%d %H:%M:%S");
    for alarm in &answer.alarms {
        writeln!(out, "ALARM {}: {}", alarm.kind, alarm.text)?;
        writeln!(out, "{:>8} {}", "->", alarm.remedy)?;
    }
    if !answer.well {
        return Ok(());
    }
    if let Some(last) = answer.last_run {
        write!(out, "all is well: the last run ended at {}", local(last))?;
    }
    match answer.next_run {
        Some(next) => writeln!(out, ", the next is due at {}", local(next)),
        None => writeln!(out),
    }
}
