//! The owner's entry criteria against what the tools returned.

use catalyst_domain::news::Sentiment;
use catalyst_domain::pattern::PatternKind;
use catalyst_domain::risk::{Assessment, Evidence, Headline, NamedHeadline, RawLimits};
use catalyst_testkit::builders::{a_view, an_entry};
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::judged::{NONE, assessed, lines, owners};

const HEADLINE: &str = "news_catalyst: the id of a headline that get_news returned in this cycle \
                        allowed, not known found";
const VOLUME: &str = "relative_volume: above 1.5 allowed, not known found";
const RSI: &str = "rsi_range: at least 40 allowed, not known found";
const PATTERN: &str = "named_pattern: a pattern allowed, not known found";

fn sound() -> Evidence {
    Evidence {
        relative_volume: Some(Decimal::new(151, 2)),
        rsi: Some(Decimal::from(55)),
        pattern: Some(PatternKind::BullFlag),
        headline: Some(NamedHeadline::Returned(an_alert())),
        doubt: None,
    }
}

/// Half an hour old, with nothing against it.
fn an_alert() -> Headline {
    Headline {
        sentiment: Sentiment::Positive,
        published: ago(30),
        latest_negative: None,
        reading: None,
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

fn named(headline: Headline) -> Evidence {
    Evidence {
        headline: Some(NamedHeadline::Returned(headline)),
        ..sound()
    }
}

fn ago(minutes: i64) -> DateTime<Utc> {
    a_view().moment.now - TimeDelta::minutes(minutes)
}

#[test]
fn a_headline_that_was_not_returned_or_is_of_a_bad_or_routine_kind_is_no_catalyst() {
    let made_up = Evidence {
        headline: Some(NamedHeadline::NotReturned),
        ..sound()
    };
    let of_kind = |sentiment| {
        required(named(Headline {
            sentiment,
            ..an_alert()
        }))
    };

    assert_eq!(
        required(made_up),
        [
            "news_catalyst: the id of a headline that get_news returned in this cycle allowed, \
          an id that was not returned found"
        ]
    );
    assert_eq!(of_kind(Sentiment::Positive), NONE);
    assert_eq!(of_kind(Sentiment::Unknown), NONE);
    for (sentiment, found) in [
        (Sentiment::Negative, "a negative kind"),
        (Sentiment::Neutral, "a routine kind"),
    ] {
        let kinds = "a kind that is positive or unknown";
        let breach = format!("news_catalyst: {kinds} allowed, {found} found");
        assert_eq!(of_kind(sentiment), [breach]);
    }
}

#[test]
fn words_of_an_unknown_kind_take_back_no_bad_news_however_late_they_come() {
    let after_bad = |sentiment| {
        required(named(Headline {
            sentiment,
            latest_negative: Some(ago(31)),
            ..an_alert()
        }))
    };

    assert_eq!(after_bad(Sentiment::Positive), NONE);
    assert_eq!(
        after_bad(Sentiment::Unknown),
        ["news_catalyst: a positive kind where there is bad news allowed, an unknown kind found"]
    );
}

#[test]
fn a_headline_is_a_catalyst_until_its_age_is_more_than_the_limit_and_never_before_it_is_out() {
    let published = |published| {
        required(named(Headline {
            published,
            ..an_alert()
        }))
    };
    let second = TimeDelta::seconds(1);

    assert_eq!(published(ago(0)), NONE);
    assert_eq!(published(ago(24 * 60)), NONE);
    assert_eq!(
        published(ago(24 * 60) - second),
        ["news_catalyst: 86400 s allowed, 86401 s found"]
    );
    assert_eq!(
        published(ago(0) + second),
        ["news_catalyst: 86400 s allowed, -1 s found"]
    );
}

#[test]
fn bad_news_since_the_headline_voids_it_and_bad_news_before_does_not() {
    let with_bad = |minutes| {
        required(named(Headline {
            published: ago(60),
            latest_negative: Some(ago(minutes)),
            ..an_alert()
        }))
    };
    let voided = "news_catalyst: no bad news since the headline allowed, \
                  a later headline of a negative kind found";

    assert_eq!(with_bad(61), NONE);
    assert_eq!(with_bad(60), [voided]);
    assert_eq!(with_bad(5), [voided]);
}

#[test]
fn the_advisors_own_reading_can_refuse_and_never_allow() {
    let read = |sentiment, reading| {
        required(named(Headline {
            sentiment,
            reading: Some(reading),
            ..an_alert()
        }))
    };

    for reading in [Sentiment::Positive, Sentiment::Neutral, Sentiment::Unknown] {
        assert_eq!(read(Sentiment::Unknown, reading), NONE);
    }
    assert_eq!(
        read(Sentiment::Positive, Sentiment::Negative),
        ["news_catalyst: a reading that is not negative allowed, negative found"]
    );
    assert_eq!(
        read(Sentiment::Negative, Sentiment::Positive),
        ["news_catalyst: a kind that is positive or unknown allowed, a negative kind found"]
    );
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
        ["relative_volume: above 1.5 allowed, 1.5 found"]
    );
    assert_eq!(required(rsi(4_000)), NONE);
    assert_eq!(required(rsi(7_000)), NONE);
    assert_eq!(
        required(rsi(3_999)),
        ["rsi_range: at least 40 allowed, 39.99 found"]
    );
    assert_eq!(
        required(rsi(7_001)),
        ["rsi_range: at most 70 allowed, 70.01 found"]
    );
}
