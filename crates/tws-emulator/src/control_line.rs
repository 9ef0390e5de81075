//! The control line: a second kind of connection, on which the world's clock is read and moved. Lines of
//! text, one answer to each.

use std::io;

use chrono::{DateTime, SecondsFormat, Utc};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::emulator::SharedBroker;

/// Answers `now` and `until MOMENT` until the client leaves.
pub(crate) async fn talk(stream: TcpStream, broker: &SharedBroker) -> io::Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    while let Some(line) = lines.next_line().await? {
        let answer = answer(line.trim(), broker).await;
        writing.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}

async fn answer(line: &str, broker: &SharedBroker) -> String {
    if line == "now" {
        return clock(broker);
    }
    let Some(moment) = line.strip_prefix("until ") else {
        return format!("error `{line}` is unknown, allowed are `now` and `until MOMENT`\n");
    };
    let Ok(moment) = moment.parse::<DateTime<Utc>>() else {
        return format!(
            "error `{moment}` is no moment, allowed is RFC 3339 such as 2026-09-14T10:00:00+08:00\n"
        );
    };
    let wait = broker.lock().real_time_until(moment);
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => broker.lock().move_to(moment),
    }
    clock(broker)
}

/// `now 2026-09-14T02:00:00.000000Z speed 0`, after everything until then has happened.
fn clock(broker: &SharedBroker) -> String {
    let mut broker = broker.lock();
    broker.catch_up();
    let (now, speed) = broker.clock();
    let now = now.to_rfc3339_opts(SecondsFormat::Micros, true);
    format!("now {now} speed {speed}\n")
}
