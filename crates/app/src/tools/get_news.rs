//! `get_news`: headlines, passed on as data. What was returned is remembered, so that a trade can name
//! one; bad news of the last day is remembered whatever span was asked for.

use std::error::Error as _;

use catalyst_domain::news::{Sentiment, cleaned};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::{Headlines, MissingSource, NewsError, NewsItem};
use catalyst_ports::tool::{
    GetNewsInput, HeadlineLine, NewsReport, SymbolNews, ToolInputError, ToolName, ToolProblem,
    ToolReply,
};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;

use super::Looked;
use super::learned::{Fact, Learned};
use super::seen_news::SeenNews;
use crate::running::Running;

const HOURS_DEFAULT: u32 = 24;
const HOURS_MAX: u32 = 168;
const HEADLINES_MAX: usize = 10;
const SYMBOLS_MAX: usize = 10;
/// Characters of a source's name.
const SOURCE_MAX: usize = 40;

pub(super) async fn run(run: &Running<'_>, input: &GetNewsInput) -> Looked {
    let symbols = wanted(input)?;
    let hours = hours(input)?;
    let asked = TimeDelta::hours(i64::from(hours));
    let least = run.policy.gate.limits().max_news_age();
    let now = run.now();
    let reach = now
        - asked
            .max(least)
            .max(TimeDelta::hours(i64::from(HOURS_DEFAULT)));
    let feed = &run.ports.news;
    let answers = join_all(symbols.iter().map(|symbol| feed.headlines(*symbol, reach))).await;
    let mut report = NewsReport {
        untrusted: true,
        news: Vec::new(),
        unavailable: Vec::new(),
        missing: Vec::new(),
    };
    let mut learned = Vec::new();
    let mut failure = None;
    for (symbol, answer) in symbols.into_iter().zip(answers) {
        match answer {
            Ok(found) => {
                let (news, seen) = told(symbol, &found, now, asked);
                let none_in_hours = news.is_empty().then_some(hours);
                report.news.push(SymbolNews {
                    symbol,
                    items: news,
                    none_in_hours,
                });
                let fact = Fact::News(seen);
                learned.push(Learned { symbol, fact });
                note_missing(&mut report.missing, found.missing);
            }
            Err(error) => {
                let cause = in_words(&error);
                report.unavailable.push(symbol);
                let fact = Fact::NoNews(cause.clone());
                learned.push(Learned { symbol, fact });
                failure = Some(cause);
            }
        }
    }
    let reply = match failure {
        Some(what) if report.news.is_empty() => {
            ToolReply::Problem(ToolProblem::NotAvailable { what })
        }
        Some(_) | None => ToolReply::News(report),
    };
    Ok((reply, learned))
}

fn wanted(input: &GetNewsInput) -> Result<Vec<Symbol>, ToolProblem> {
    let mut symbols: Vec<Symbol> = Vec::new();
    for symbol in input.symbol.iter().chain(&input.symbols) {
        if !symbols.contains(symbol) {
            symbols.push(*symbol);
        }
    }
    if (1..=SYMBOLS_MAX).contains(&symbols.len()) {
        return Ok(symbols);
    }
    let problem = format!("{} given, allowed are 1 to {SYMBOLS_MAX}", symbols.len());
    Err(refused("symbols", problem))
}

fn hours(input: &GetNewsInput) -> Result<u32, ToolProblem> {
    let hours = input.hours.unwrap_or(HOURS_DEFAULT);
    if (1..=HOURS_MAX).contains(&hours) {
        return Ok(hours);
    }
    let problem = format!("{hours} given, allowed are 1 to {HOURS_MAX}");
    Err(refused("hours", problem))
}

fn refused(field: &str, problem: String) -> ToolProblem {
    ToolProblem::Input(ToolInputError::BadInput {
        tool: ToolName::GetNews,
        field: field.to_owned(),
        problem,
    })
}

fn note_missing(known: &mut Vec<MissingSource>, missing: Vec<MissingSource>) {
    for source in missing {
        if !known.contains(&source) {
            known.push(source);
        }
    }
}

/// The error with its causes, since the cause names the sources.
fn in_words(error: &NewsError) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        words = format!("{words}: {next}");
        cause = next.source();
    }
    words
}

/// What is shown of `found`, and what of it is remembered: everything shown, and all bad news.
fn told(
    symbol: Symbol,
    found: &Headlines,
    now: DateTime<Utc>,
    asked: TimeDelta,
) -> (Vec<HeadlineLine>, SeenNews) {
    let in_span = |item: &&NewsItem| item.published >= now - asked;
    let is_bad = |item: &&NewsItem| item.kind.sentiment() == Sentiment::Negative;
    let mut shown: Vec<&NewsItem> = found.items.iter().filter(in_span).collect();
    let worst = shown.iter().copied().find(|item| is_bad(item));
    shown.truncate(HEADLINES_MAX);
    if let Some(worst) = worst
        && !shown.contains(&worst)
    {
        shown.pop();
        shown.push(worst);
    }
    let bad = found.items.iter().filter(is_bad);
    let seen = SeenNews::new(symbol, shown.iter().copied(), bad, &found.missing);
    let lines = shown.into_iter().map(|item| line(item, now)).collect();
    (lines, seen)
}

fn line(item: &NewsItem, now: DateTime<Utc>) -> HeadlineLine {
    HeadlineLine {
        id: item.id,
        source: cleaned(&item.source, SOURCE_MAX),
        age_minutes: (now - item.published).num_minutes(),
        headline: item.headline.clone(),
        also_in: item.also_in,
        kind: item.kind,
        sentiment: item.kind.sentiment(),
        rule: item.rule,
    }
}
