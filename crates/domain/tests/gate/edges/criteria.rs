//! The owner's entry criteria against what the tools returned.

use catalyst_domain::news::Sentiment;
use catalyst_domain::pattern::PatternKind;
use catalyst_domain::risk::{Assessment, Evidence, Headline, RawLimits};
use catalyst_testkit::builders::{a_view, an_entry};
use rust_decimal::Decimal;

use super::judged::{NONE, assessed, lines, owners};

const HEADLINE: &str = "news_catalyst: positive allowed, not known found";
const VOLUME: &str = "relative_volume: 1.5 allowed, not known found";
const RSI: &str = "rsi_range: 40 allowed, not known found";
const PATTERN: &str = "named_pattern: a pattern allowed, not known found";

fn sound() -> Evidence {
    Evidence {
        relative_volume: Some(Decimal::new(151, 2)),
        rsi: Some(Decimal::from(55)),
        pattern: Some(PatternKind::BullFlag),
        headline: Some(Headline {
            sentiment: Sentiment::Positive,
        }),
        doubt: None,
    }
}

fn on(evidence: Evidence, raw: RawLimits) -> Assessment {
    let mut view = a_view();
    view.evidence = evidence;
    assessed(&an_entry().sized(), &view.view(), raw)
}

fn required(evidence: Evidence) -> Vec<String> {
    lines(&on(evidence, RawLimits::owner()).breaches)
}

#[test]
fn all_four_are_required_and_what_was_not_seen_is_not_met() {
    assert_eq!(required(sound()), NONE);
    assert_eq!(required(Evidence::NONE), [HEADLINE, VOLUME, RSI, PATTERN]);
}

#[test]
fn where_they_are_only_reported_they_are_notes() {
    let found = on(Evidence::NONE, owners());

    assert!(found.passes());
    assert_eq!(lines(&found.notes), [HEADLINE, VOLUME, RSI, PATTERN]);
    assert!(!on(Evidence::NONE, RawLimits::owner()).passes());
}

#[test]
fn only_good_news_is_a_catalyst() {
    for (sentiment, word) in [
        (Sentiment::Negative, "negative"),
        (Sentiment::Neutral, "neutral"),
        (Sentiment::Unknown, "unknown"),
    ] {
        let evidence = Evidence {
            headline: Some(Headline { sentiment }),
            ..sound()
        };

        assert_eq!(
            required(evidence),
            [format!("news_catalyst: positive allowed, {word} found")]
        );
    }
}

#[test]
fn volume_is_above_its_least_and_the_rsi_between_its_ends() {
    let volume = |hundredths| Evidence {
        relative_volume: Some(Decimal::new(hundredths, 2)),
        ..sound()
    };
    let rsi = |hundredths| Evidence {
        rsi: Some(Decimal::new(hundredths, 2)),
        ..sound()
    };

    assert_eq!(
        required(volume(150)),
        ["relative_volume: 1.5 allowed, 1.5 found"]
    );
    assert_eq!(required(rsi(4_000)), NONE);
    assert_eq!(required(rsi(7_000)), NONE);
    assert_eq!(required(rsi(3_999)), ["rsi_range: 40 allowed, 39.99 found"]);
    assert_eq!(required(rsi(7_001)), ["rsi_range: 70 allowed, 70.01 found"]);
}
