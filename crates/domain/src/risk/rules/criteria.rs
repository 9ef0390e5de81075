//! The owner's entry criteria, checked against what this cycle's tools really returned.
//! Source: owner's document 3.1, "Entry Criteria (ALL required)". Settings say whether an unmet one
//! refuses or is only noted; that is the gate's business, not theirs.

use crate::news::Sentiment;
use crate::risk::case::EntryCase;
use crate::risk::{Breach, Figure, Rule};

pub(super) fn news_catalyst(case: &EntryCase<'_>) -> Result<(), Breach> {
    let wanted = Figure::Word(Sentiment::Positive.as_str());
    match case
        .view
        .evidence
        .headline
        .map(|headline| headline.sentiment)
    {
        Some(Sentiment::Positive) => Ok(()),
        Some(other @ (Sentiment::Negative | Sentiment::Neutral | Sentiment::Unknown)) => Err(
            Breach::new(Rule::NewsCatalyst, wanted, Figure::Word(other.as_str())),
        ),
        None => Err(Breach::new(Rule::NewsCatalyst, wanted, Figure::Missing)),
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
