//! `catalyst flatten`: everything left. Entries are halted and the request is kept before anything is tried,
//! so that every later run goes on with it until nothing is held.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

use catalyst_app::{FlattenOutcome, run_flatten};
use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::risk::TradingState;
use catalyst_ports::stop_signal::StopSignal as _;
use chrono::TimeDelta;
use futures_util::future::select;
use tokio::time::Instant;

use super::left::{by_journal, write_document, write_words};
use super::{HandArgs, account_moment, must_be_its_account, who};
use crate::args::GlobalArgs;
use crate::commands::live::{Live, LiveArgs, Opened, Who};
use crate::commands::{Failure, Home, real_now, runtime, tell};
use crate::compose::{self, OwnerFiles};
use crate::exit::ExitCode;
use crate::render::on_one_line;
use crate::signals::{BY_SIGNAL, Signals};

/// Between two passes while the exchange takes exits.
const PASSES_APART: TimeDelta = TimeDelta::seconds(15);
/// Between two tries to begin, while another run is at work or something does not answer.
const TRIES_APART: Duration = Duration::from_secs(1);

/// What to know of a flattening that failed, where the failure itself says nothing to do.
const GOES_ON: &str =
    "entries stay halted, stops stay at the broker, and the next guard goes on leaving";

/// Flags of `catalyst flatten`.
#[derive(Debug, clap::Args)]
pub(crate) struct FlattenArgs {
    /// Why, for the record
    #[arg(long, value_name = "TEXT", default_value = "by hand", value_parser = super::words)]
    reason: String,
    /// Do not ask at the terminal
    #[arg(long)]
    yes: bool,
    /// Go on for so long before what is left is told; guards go on with it afterwards
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u32).range(..=3_600))]
    wait: u32,
    #[command(flatten)]
    hand: HandArgs,
}

/// Leaves everything and ends with 0 only when the account was seen flat.
pub(crate) fn run(args: &FlattenArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    if !args.yes && io::stdin().is_terminal() && !is_meant()? {
        return Err(Failure::usage("not confirmed, nothing was done"));
    }
    let rules = compose::rulebook()?;
    let home = Home::open(global, &rules.calendar)?;
    let by = who(args.hand.by.as_deref(), &home.environment);
    let live = args.hand.placed(&home);
    goes_forward(&live, &home, &rules.calendar)?;
    let runtime = runtime()?;
    runtime.block_on(must_be_its_account(&home, &live, &rules))?;
    let at = live.at.map_or_else(real_now, |at| at.to_utc());
    let words = format!(
        "flatten by {by} at {}: {}",
        rules.calendar.wall_clock(at),
        args.reason
    );
    let files = OwnerFiles::of(home.state.path());
    let halted = files.halt.raise(TradingState::Halted, &words);
    files.requests.ask(&words).map_err(Failure::failed)?;
    halted.map_err(Failure::failed)?;
    say(
        args,
        "entries are halted, and the request is kept for every later run",
    )?;
    let ran = runtime.block_on(Signals::watch(|stop| {
        until_flat((args, &live), global, stop)
    }));
    let outcome = match ran {
        Ok(outcome) => outcome,
        Err(failure) => {
            // Why nothing was left is told even where these lines cannot be.
            let left = runtime.block_on(by_journal(&home, &live, &rules, at));
            let _unheard = left.iter().try_for_each(|line| say(args, line));
            let hint = failure.hint.unwrap_or_else(|| GOES_ON.to_owned());
            return Err(Failure {
                hint: Some(hint),
                ..failure
            });
        }
    };
    if args.hand.json {
        write_document(&outcome)?;
    } else {
        write_words(&outcome, &rules.calendar)?;
    }
    Ok(if outcome.left.is_empty() {
        ExitCode::Done
    } else {
        ExitCode::NotFlat
    })
}

/// Refuses a moment before the one where the simulated account stands, while nothing is begun.
fn goes_forward(live: &LiveArgs, home: &Home, calendar: &TradingCalendar) -> Result<(), Failure> {
    match (live.at, account_moment(live, home)) {
        (Some(at), Some(stands)) if at < stands => {
            let [at, stands] = [at.to_utc(), stands].map(|moment| calendar.wall_clock(moment));
            Err(Failure::new(
                format!("--at is {at}, and the account stands at {stands}"),
                ExitCode::Usage,
                "leave --at out to act where the account stands",
            ))
        }
        (Some(_) | None, _) => Ok(()),
    }
}

fn is_meant() -> io::Result<bool> {
    let mut err = io::stderr().lock();
    write!(err, "sell everything that the account holds? type yes: ")?;
    err.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim() == "yes")
}

/// Begins until it can, within the time that was given.
async fn until_flat(
    (args, live): (&FlattenArgs, &LiveArgs),
    global: &GlobalArgs,
    stop: Arc<Signals>,
) -> Result<FlattenOutcome, Failure> {
    let mut live = Live::begin(live, Who::Nobody, global, &stop).await?;
    live.longest += TimeDelta::seconds(i64::from(args.wait));
    let over = Instant::now() + Duration::from_secs(u64::from(args.wait));
    let mut told = String::new();
    loop {
        let failure = match attempt(args, &live).await {
            Ok(outcome) => return Ok(outcome),
            Err(failure) => failure,
        };
        let may_pass = matches!(
            failure.code,
            ExitCode::Busy | ExitCode::Alarm | ExitCode::TryLater
        );
        if !may_pass || stop.is_given() || Instant::now() >= over {
            return Err(failure);
        }
        let words = on_one_line(failure.error.as_ref());
        if words != told {
            say(args, &format!("waiting: {words}"))?;
            told = words;
        }
        let pause = Box::pin(tokio::time::sleep(TRIES_APART));
        select(pause, stop.given()).await;
    }
}

async fn attempt(args: &FlattenArgs, live: &Live) -> Result<FlattenOutcome, Failure> {
    let opened = live.open(None).await?;
    let ran = passes(args, live, &opened).await;
    let (outcome, _head) = opened.leave(live, ran).await?;
    outcome
}

/// Passes until the account is flat, the time is over, or the next legal instant lies beyond it. What a
/// pass fails with stands outside, and a voice that cannot be heard inside.
async fn passes(
    args: &FlattenArgs,
    live: &Live,
    opened: &Opened,
) -> Result<Result<FlattenOutcome, Failure>, catalyst_app::CycleError> {
    let clock = &opened.ports.clock;
    let over = clock.now() + TimeDelta::seconds(i64::from(args.wait));
    loop {
        let outcome = run_flatten(&opened.ports, &live.policy, &live.rules).await?;
        let text = format!(
            "pass {}: {} orders sent, {} left{}",
            outcome.id,
            outcome.orders,
            outcome.left.len(),
            if outcome.stopped { BY_SIGNAL } else { "" }
        );
        if let Err(failure) = say(args, &text) {
            return Ok(Err(failure.into()));
        }
        let now = clock.now();
        let next = outcome.next_exit_at.map(|at| at.max(now + PASSES_APART));
        let Some(next) = next.filter(|next| *next <= over) else {
            return Ok(Ok(outcome));
        };
        if outcome.left.is_empty() || outcome.stopped {
            return Ok(Ok(outcome));
        }
        select(clock.sleep_until(next), live.stop.given()).await;
    }
}

/// Progress: on standard output, or beside the document there.
fn say(args: &FlattenArgs, line: &str) -> io::Result<()> {
    if args.hand.json {
        tell(line)
    } else {
        writeln!(io::stdout().lock(), "{line}")
    }
}
