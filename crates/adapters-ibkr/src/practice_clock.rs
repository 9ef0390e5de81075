//! Practice clock: the time of a practice gateway, so that several processes live one simulated day.
//!
//! It speaks text lines on a connection of its own, begun with `CTL` and a zero byte: `now` and
//! `until <moment>`, both answered by `now <moment> speed <decimal>`.

use std::io;
use std::sync::{Mutex as ShortLock, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use catalyst_ports::clock::Clock;
use chrono::{DateTime, DurationRound as _, SecondsFormat, TimeDelta, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};
use tracing::error;

/// For the first answer of a gateway.
const HELLO: Duration = Duration::from_secs(5);

/// For a gateway that moves its world through a day.
const WORK: Duration = Duration::from_mins(1);

/// A line longer than this is none.
const LINE_MAX: u64 = 200;

/// What begins a connection that asks for the time.
const GREETING: &[u8] = b"CTL\0";

/// Time of a practice gateway: it runs at the gateway's speed, or stands unless somebody waits.
#[derive(Debug)]
pub struct PracticeClock {
    /// One question at a time.
    talk: Mutex<Talk>,
    /// Guards the exchange of one anchor for the next.
    anchor: ShortLock<Anchor>,
}

#[derive(Debug)]
struct Talk {
    lines: BufReader<TcpStream>,
}

/// A moment of the gateway, when it was heard here, and how fast time runs from there.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    moment: DateTime<Utc>,
    heard: Instant,
    speed: Decimal,
}

impl PracticeClock {
    /// Connects to the practice gateway at `address` and asks for the time.
    pub async fn connect(address: &str) -> io::Result<Self> {
        let hello = async {
            let mut stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            stream.write_all(GREETING).await?;
            let mut talk = Talk {
                lines: BufReader::new(stream),
            };
            let anchor = talk.ask("now").await?;
            Ok(Self {
                talk: Mutex::new(talk),
                anchor: ShortLock::new(anchor),
            })
        };
        let silent = |_elapsed| io::Error::from(io::ErrorKind::TimedOut);
        timeout(HELLO, hello).await.map_err(silent)?
    }

    fn anchor(&self) -> Anchor {
        *self.anchor.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long the gateway may take to reach `moment`: the wait itself, and some for its work.
    fn patience(&self, moment: DateTime<Utc>) -> Duration {
        let ahead = (moment - self.now()).to_std().unwrap_or(Duration::ZERO);
        let speed = self.anchor().speed.to_u32().unwrap_or(0);
        ahead.checked_div(speed).unwrap_or(Duration::ZERO) + WORK
    }

    /// Time never goes back.
    fn anchor_at(&self, anchor: Anchor) {
        let moment = anchor.moment.max(self.now());
        let mut held = self.anchor.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Anchor { moment, ..anchor };
    }
}

#[async_trait]
impl Clock for PracticeClock {
    fn now(&self) -> DateTime<Utc> {
        let anchor = self.anchor();
        anchor.moment + passed(anchor.heard.elapsed(), anchor.speed)
    }

    /// When the gateway is gone the moment counts as come, so that whoever waits goes on and finds out.
    async fn sleep_until(&self, moment: DateTime<Utc>) {
        if moment <= self.now() {
            return;
        }
        let text = moment.to_rfc3339_opts(SecondsFormat::Micros, true);
        let question = format!("until {text}");
        let mut talk = self.talk.lock().await;
        let asking = timeout(self.patience(moment), talk.ask(&question));
        let silent = |_elapsed| Err(io::Error::from(io::ErrorKind::TimedOut));
        let anchor = asking
            .await
            .unwrap_or_else(silent)
            .unwrap_or_else(|failure| {
                error!(error = %failure, "the practice gateway no longer tells the time");
                Anchor {
                    moment,
                    heard: Instant::now(),
                    speed: Decimal::ZERO,
                }
            });
        self.anchor_at(anchor);
    }
}

impl Talk {
    async fn ask(&mut self, question: &str) -> io::Result<Anchor> {
        let line = format!("{question}\n");
        self.lines.write_all(line.as_bytes()).await?;
        let mut answer = String::new();
        let mut bounded = (&mut self.lines).take(LINE_MAX);
        bounded.read_line(&mut answer).await?;
        let anchor = parse(answer.trim_end(), Instant::now());
        anchor.ok_or_else(|| {
            let text = format!("`{}` is no time", answer.escape_debug());
            io::Error::new(io::ErrorKind::InvalidData, text)
        })
    }
}

/// `now 2026-09-14T02:00:00.000000Z speed 60`.
fn parse(line: &str, heard: Instant) -> Option<Anchor> {
    let (moment, speed) = line.strip_prefix("now ")?.split_once(" speed ")?;
    let speed: Decimal = speed.parse().ok()?;
    let moment: DateTime<Utc> = moment.parse().ok()?;
    let moment = moment.duration_trunc(TimeDelta::microseconds(1)).ok()?;
    (speed >= Decimal::ZERO).then_some(Anchor {
        moment,
        heard,
        speed,
    })
}

/// Whole microseconds that pass there while `elapsed` passes here.
fn passed(elapsed: Duration, speed: Decimal) -> TimeDelta {
    let here = i64::try_from(elapsed.as_micros()).unwrap_or(i64::MAX);
    let there = Decimal::from(here).checked_mul(speed);
    let there = there.and_then(|micros| micros.trunc().to_i64());
    TimeDelta::microseconds(there.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{parse, passed};

    #[test]
    fn a_time_is_a_moment_and_a_speed() {
        let read = |line| parse(line, Instant::now()).map(|anchor| anchor.moment.to_rfc3339());
        let moment = Some("2026-09-14T02:00:00.250+00:00".to_owned());
        assert_eq!(read("now 2026-09-14T02:00:00.250000Z speed 0"), moment);
        assert_eq!(read("now 2026-09-14T02:00:00.250000123Z speed 1.5"), moment);
        for line in [
            "",
            "error what",
            "now 2026-09-14T02:00:00Z",
            "now 2026-09-14T02:00:00Z speed -1",
            "now yesterday speed 1",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn time_passes_at_the_speed_of_the_gateway_and_stands_at_none() {
        let second = Duration::from_secs(1);
        for (speed, millis) in [("0", 0), ("1", 1_000), ("0.5", 500), ("60", 60_000)] {
            let there = passed(second, speed.parse().unwrap());
            assert_eq!(there.num_milliseconds(), millis, "{speed}");
        }
    }
}
