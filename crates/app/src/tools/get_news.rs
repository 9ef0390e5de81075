//! `get_news`: headlines, passed on as data. The weightiest kind of the last day is evidence, whatever
//! span was asked for.

use catalyst_domain::news::Sentiment;
use catalyst_domain::risk::Headline;
use catalyst_ports::news::NewsItem;
use catalyst_ports::tool::{GetNewsInput, HeadlineLine, NewsReport, ToolProblem, ToolReply};
use chrono::TimeDelta;

use super::Looked;
use super::learned::{Fact, Learned};
use crate::running::Running;

const HOURS_DEFAULT: u32 = 24;
const HOURS_MAX: u32 = 168;
const HEADLINES_MAX: usize = 10;

pub(super) async fn run(run: &Running<'_>, input: GetNewsInput) -> Looked {
    let hours = input.hours.unwrap_or(HOURS_DEFAULT).clamp(1, HOURS_MAX);
    let span = |hours: u32| run.now() - TimeDelta::hours(i64::from(hours));
    let items = run
        .ports
        .news
        .headlines(input.symbol, span(hours.max(HOURS_DEFAULT)))
        .await
        .map_err(|error| ToolProblem::NotAvailable {
            what: error.to_string(),
        })?;
    let recent: Vec<&NewsItem> = items
        .iter()
        .filter(|item| item.published >= span(HOURS_DEFAULT))
        .collect();
    let fact = Fact::Headline(strongest(&recent).map(|sentiment| Headline { sentiment }));
    let wanted = items
        .into_iter()
        .filter(|item| item.published >= span(hours));
    let headlines = wanted
        .take(HEADLINES_MAX)
        .map(|item| line(run, item))
        .collect();
    let report = NewsReport {
        symbol: input.symbol,
        untrusted: true,
        headlines,
    };
    Ok((
        ToolReply::News(report),
        vec![Learned {
            symbol: input.symbol,
            fact,
        }],
    ))
}

/// Bad news outweighs good news, good news outweighs none.
fn strongest(items: &[&NewsItem]) -> Option<Sentiment> {
    let has = |wanted: Sentiment| items.iter().any(|item| item.kind.sentiment() == wanted);
    [
        Sentiment::Negative,
        Sentiment::Positive,
        Sentiment::Unknown,
        Sentiment::Neutral,
    ]
    .into_iter()
    .find(|sentiment| has(*sentiment))
}

fn line(run: &Running<'_>, item: NewsItem) -> HeadlineLine {
    HeadlineLine {
        id: item.id,
        source: item.source,
        age_minutes: (run.now() - item.published).num_minutes(),
        headline: item.headline,
        kind: item.kind,
        sentiment: item.kind.sentiment(),
    }
}
