//! `catalyst market phase`: which phase a moment falls in, what it permits, and what comes next.

use std::io::{self, BufReader, BufWriter, Read, Write};

use catalyst_domain::calendar::{CalendarError, Phase, SessionMoment, TradingCalendar};
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde::Serialize;
use thiserror::Error;

use super::bounded_lines::read_line;
use super::question::{BadQuestion, Exchange, PhaseArgs, PhaseQuestion};

/// Why no answers could be given at all; a bad question is answered, not raised.
#[derive(Debug, Error)]
pub(crate) enum PhaseError {
    /// The calendar that is built in does not read.
    #[error("the built-in calendar is damaged")]
    Calendar(#[from] CalendarError),
    /// Standard input or output broke.
    #[error("questions cannot be read or answers cannot be written")]
    Stream(#[from] io::Error),
    /// An answer that does not become JSON.
    #[error("an answer cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Phase(PhaseAnswer),
    Refused { error: BadQuestion },
}

/// Times are RFC 3339 with the exchange's offset, `null` when the calendar does not reach so far.
#[derive(Serialize)]
struct PhaseAnswer {
    exchange: &'static str,
    local: Option<String>,
    phase: Phase,
    accepts_entries: bool,
    accepts_exits: bool,
    next_change: Option<String>,
    next_phase: Option<Phase>,
}

/// Answers the question in the flags, or every line of `input` in order.
pub(crate) fn run(
    args: &PhaseArgs,
    input: impl Read,
    output: impl Write,
) -> Result<(), PhaseError> {
    let mut output = BufWriter::new(output);
    let calendar = match args.exchange {
        Exchange::Hkex => TradingCalendar::hkex()?,
    };
    let ended = match args.at {
        Some(at) => {
            let question = PhaseQuestion {
                exchange: args.exchange,
                at,
            };
            write_answer(&mut output, &answer(&calendar, question))
        }
        None => answer_lines(&calendar, args.exchange, input, &mut output),
    };
    match ended {
        // A reader such as `head` that has enough is no failure.
        Err(PhaseError::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn answer_lines(
    calendar: &TradingCalendar,
    exchange: Exchange,
    input: impl Read,
    output: &mut impl Write,
) -> Result<(), PhaseError> {
    let mut input = BufReader::new(input);
    while let Some(line) = read_line(&mut input)? {
        let answer = match PhaseQuestion::parse(&line, exchange) {
            Ok(question) => answer(calendar, question),
            Err(error) => Answer::Refused { error },
        };
        write_line(output, &answer)?;
        // Whoever asks line by line waits for this answer before the next question.
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    Ok(output.flush()?)
}

fn write_answer(output: &mut impl Write, answer: &Answer) -> Result<(), PhaseError> {
    write_line(output, answer)?;
    Ok(output.flush()?)
}

fn write_line(output: &mut impl Write, answer: &Answer) -> Result<(), PhaseError> {
    let mut line = serde_json::to_string(answer)?;
    line.push('\n');
    Ok(output.write_all(line.as_bytes())?)
}

fn answer(calendar: &TradingCalendar, question: PhaseQuestion) -> Answer {
    match calendar.moment(question.at.to_utc()) {
        Ok(moment) => Answer::Phase(phase_answer(calendar, question.exchange, &moment)),
        Err(outside) => Answer::Refused {
            error: BadQuestion::new(
                "at",
                &question.at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
                &format!("an exchange date from {} to {}", outside.from, outside.to),
            ),
        },
    }
}

fn phase_answer(
    calendar: &TradingCalendar,
    exchange: Exchange,
    moment: &SessionMoment,
) -> PhaseAnswer {
    let next = moment.next_change;
    PhaseAnswer {
        exchange: exchange.code(),
        local: local_text(calendar, moment.now),
        phase: moment.phase,
        accepts_entries: moment.phase.accepts_entries(),
        accepts_exits: moment.phase.accepts_exits(),
        next_change: next.and_then(|change| local_text(calendar, change.at)),
        next_phase: next.map(|change| change.phase),
    }
}

/// The wall clock at the exchange with the offset that holds there at that moment.
fn local_text(calendar: &TradingCalendar, at: DateTime<Utc>) -> Option<String> {
    let ahead = calendar.local(at) - at.naive_utc();
    let offset = FixedOffset::east_opt(i32::try_from(ahead.num_seconds()).ok()?)?;
    let local = at.with_timezone(&offset);
    Some(local.to_rfc3339_opts(SecondsFormat::AutoSi, false))
}
