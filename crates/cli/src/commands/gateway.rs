//! `catalyst gateway`: the practice gateway, a simulated exchange behind the broker's own wire protocol,
//! for this agent and for any other client of that protocol.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;

use catalyst_domain::money::Currency;
use chrono::NaiveTime;
use rust_decimal::Decimal;
use tokio::signal::unix::{SignalKind, signal};

use crate::args::GlobalArgs;
use crate::commands::{Failure, runtime, settings, tell, variables};
use crate::compose::{self, Begins, Gateway, Practice};
use crate::exit::ExitCode;
use crate::source::{Source, SourceArgs, cash};
use crate::telemetry::{LogLevel, LogPlan, start};

/// Flags of `catalyst gateway`.
#[derive(Debug, clap::Args)]
pub(crate) struct GatewayArgs {
    /// Where clients connect; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4002")]
    listen: SocketAddr,
    #[command(flatten)]
    source: SourceArgs,
    /// Generated days, with sessions before them to look back on; so it is too without --bars
    #[arg(long, conflicts_with = "bars")]
    generated: bool,
    /// Time at the exchange at which the day begins, HH:MM
    #[arg(long, value_name = "TIME", default_value = "10:00", value_parser = time)]
    start: NaiveTime,
    /// Seconds of the simulated day in each real one; 0: time stands until a client moves it
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=3_600))]
    speed: u32,
    /// The account of the login, DU and digits
    #[arg(long, value_name = "ACCOUNT", default_value = "DU1234567", value_parser = account)]
    account: String,
    /// The currency in which the account is reported: HKD, USD or AUD
    #[arg(long, value_name = "CURRENCY", default_value = "HKD", value_parser = base)]
    base: (Currency, Decimal),
    /// What goes wrong, one JSON object a line (docs/practice-gateway.md)
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
}

/// Hong Kong dollars for one US dollar, the middle of its band, and for one Australian dollar, near the
/// rate of 2026; they only have to be told alike everywhere.
const USD: Decimal = Decimal::from_parts(78, 0, 0, false, 1);
const AUD: Decimal = Decimal::from_parts(51, 0, 0, false, 1);

/// Serves clients until it is told to stop.
pub(crate) fn run(args: &GatewayArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let environment = variables(global)?;
    let rules = compose::rulebook()?;
    let settings = settings(global, &environment, &rules.calendar)?;
    start(&LogPlan {
        stderr: LogLevel::quiet(global.log_level()),
        file: None,
    })?;
    let rules = compose::with_lots(rules, args.source.lots.as_deref())?;
    let news = compose::headlines(args.source.news.as_deref())?;
    let source = Source::open(&args.source, None, &settings, &rules)?;
    for refusal in &source.refused {
        tell(&format!("refused: {refusal}"))?;
    }
    let date = source.dates.first().copied().unwrap_or(settings.sim.date);
    let begins = Begins {
        at: rules.calendar.at(date, args.start),
        account: None,
        cash: cash(&args.source, &settings)?,
    };
    let world = compose::world(&settings, &rules, source.tape, news, begins)?;
    let practice = Practice {
        listen: args.listen,
        account: &args.account,
        base: args.base,
        speed: args.speed,
        faults: args.faults.as_deref(),
    };
    runtime()?.block_on(async {
        let gateway = Gateway::open(&practice, &world)?;
        let pace = match args.speed {
            0 => "time stands until a client moves it".to_owned(),
            speed => format!("{speed} seconds in each real one"),
        };
        writeln!(
            io::stdout().lock(),
            "practice gateway at {}, account {}, {date} {}, {pace}",
            gateway.address(),
            args.account,
            args.start.format("%H:%M"),
        )?;
        told_to_stop().await?;
        gateway.close();
        Ok(ExitCode::Done)
    })
}

/// Waits for an interrupt from the keyboard or a request to end.
async fn told_to_stop() -> io::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut end = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = end.recv() => {}
    }
    Ok(())
}

fn time(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M")
        .map_err(|_not_one| "allowed is a time HH:MM, such as 10:00".to_owned())
}

fn account(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("DU").unwrap_or("");
    let digits = rest
        .strip_prefix(|letter: char| letter.is_ascii_uppercase())
        .unwrap_or(rest);
    let is_number = (4..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number {
        Ok(text.to_owned())
    } else {
        Err("allowed are DU and 4 to 12 digits, a capital letter between or none".to_owned())
    }
}

fn base(text: &str) -> Result<(Currency, Decimal), String> {
    match text {
        "HKD" => Ok((Currency::Hkd, Decimal::ONE)),
        "USD" => Ok((Currency::Usd, USD)),
        "AUD" => Ok((Currency::Aud, AUD)),
        _ => Err("allowed are HKD, USD, AUD".to_owned()),
    }
}
