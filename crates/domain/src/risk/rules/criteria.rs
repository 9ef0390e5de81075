//! The owner's entry criteria, checked against what this cycle's tools really returned.
//! Source: owner's document 3.1, "Entry Criteria (ALL required)". Settings say whether an unmet one
//! refuses or is only noted; that is the gate's business, not theirs.

use chrono::TimeDelta;

use crate::news::Sentiment;
use crate::risk::case::EntryCase;
use crate::risk::{Breach, Figure, NamedHeadline, Rule};

/// Met by a headline that the trade names and this cycle returned, which is fresh, not of a bad or
/// routine kind, not overtaken by bad news, of a positive kind where there is any, and not read as bad by the advisor itself.
pub(super) fn news_catalyst(case: &EntryCase<'_>) -> Result<(), Breach> {
    let breach = |limit, found| Err(Breach::new(Rule::NewsCatalyst, limit, found));
    let of_cycle = Figure::Word("the id of a headline that get_news returned in this cycle");
    let headline = match case.view.evidence.headline {
        None => return breach(of_cycle, Figure::Missing),
        Some(NamedHeadline::NotReturned) => {
            return breach(of_cycle, Figure::Word("an id that was not returned"));
        }
        Some(NamedHeadline::Returned(headline)) => headline,
    };
    let kinds = Figure::Word("a kind that is positive or unknown");
    match headline.sentiment {
        Sentiment::Positive | Sentiment::Unknown => {}
        Sentiment::Negative => return breach(kinds, Figure::Word("a negative kind")),
        Sentiment::Neutral => return breach(kinds, Figure::Word("a routine kind")),
    }
    let (age, oldest) = (
        case.view.now() - headline.published,
        case.limits.max_news_age(),
    );
    if age < TimeDelta::zero() || age > oldest {
        return breach(Figure::Span(oldest), Figure::Span(age));
    }
    match headline.latest_negative {
        Some(bad) if bad >= headline.published => {
            let limit = Figure::Word("no bad news since the headline");
            return breach(limit, Figure::Word("a later headline of a negative kind"));
        }
        // Words of no known kind may be anybody's: they take back no bad news.
        Some(_) if headline.sentiment == Sentiment::Unknown => {
            let limit = Figure::Word("a positive kind where there is bad news");
            return breach(limit, Figure::Word("an unknown kind"));
        }
        Some(_) | None => {}
    }
    match headline.reading {
        Some(Sentiment::Negative) => breach(
            Figure::Word("a reading that is not negative"),
            Figure::Word("negative"),
        ),
        Some(Sentiment::Positive | Sentiment::Neutral | Sentiment::Unknown) | None => Ok(()),
    }
}

pub(super) fn relative_volume(case: &EntryCase<'_>) -> Result<(), Breach> {
    let least = case.limits.min_relative_volume();
    match case.view.evidence.relative_volume {
        Some(found) if found > least => Ok(()),
        found => Err(Breach::new(
            Rule::RelativeVolume,
            Figure::Number(least),
            found.map_or(Figure::Missing, Figure::Number),
        )),
    }
}

pub(super) fn rsi_range(case: &EntryCase<'_>) -> Result<(), Breach> {
    let (low, high) = case.limits.rsi_range();
    match case.view.evidence.rsi {
        Some(found) if found < low => Err(Breach::new(
            Rule::RsiRange,
            Figure::Number(low),
            Figure::Number(found),
        )),
        Some(found) if found > high => Err(Breach::new(
            Rule::RsiRange,
            Figure::Number(high),
            Figure::Number(found),
        )),
        Some(_) => Ok(()),
        None => Err(Breach::new(
            Rule::RsiRange,
            Figure::Number(low),
            Figure::Missing,
        )),
    }
}

pub(super) fn named_pattern(case: &EntryCase<'_>) -> Result<(), Breach> {
    match case.view.evidence.pattern {
        Some(_) => Ok(()),
        None => Err(Breach::new(
            Rule::NamedPattern,
            Figure::Word("a pattern"),
            Figure::Missing,
        )),
    }
}
