//! Realistic headlines with the kind that belongs to each, traps among them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use catalyst_domain::news::{NewsKind, Sentiment, classify, rule_names};

/// Headline, kind, rule, as `headlines.txt` lists them.
pub(crate) static TABLE: LazyLock<Vec<(&str, NewsKind, &str)>> = LazyLock::new(|| {
    let lines = include_str!("headlines.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut parts = line.splitn(3, " | ");
            let mut part = || parts.next().unwrap();
            let (rule, kind, headline) = (part(), part(), part());
            (headline, kind.parse().unwrap(), rule)
        })
        .collect()
});

#[test]
fn realistic_headlines_get_their_kind_and_the_rule_that_says_so() {
    assert!(TABLE.len() >= 60);
    for (headline, kind, rule) in TABLE.iter() {
        let found = classify(headline, &[]);

        assert_eq!((found.kind, found.rule), (*kind, *rule), "{headline}");
    }
}

#[test]
fn every_rule_is_shown_by_a_headline() {
    let shown: BTreeSet<&str> = TABLE.iter().map(|(_, _, rule)| *rule).collect();
    let all: BTreeSet<&str> = rule_names().map(|(rule, _)| rule).collect();

    assert_eq!(shown, all);
    assert_eq!(rule_names().count(), all.len(), "no name stands twice");
}

#[test]
fn a_category_decides_where_the_title_does_not() {
    for (title, category, kind) in [
        (
            "VOLUNTARY ANNOUNCEMENT",
            "Trading Halt",
            NewsKind::TradingHalt,
        ),
        (
            "INSIDE INFORMATION",
            "Profit Warning",
            NewsKind::ProfitWarning,
        ),
        ("公告", "配售", NewsKind::Placing),
        (
            "POSITIVE PROFIT ALERT",
            "Profit Warning",
            NewsKind::PositiveProfitAlert,
        ),
        (
            "INSIDE INFORMATION",
            "Announcements",
            NewsKind::InsideInformation,
        ),
        (
            "Clarification",
            "Announcements and Notices",
            NewsKind::Other,
        ),
    ] {
        assert_eq!(
            classify(title, &[category]).kind,
            kind,
            "{title} {category}"
        );
    }
}

#[test]
fn sentiment_follows_from_the_kind_alone() {
    let of = |wanted: Sentiment| {
        let kinds = NewsKind::ALL.into_iter();
        kinds
            .filter(|kind| kind.sentiment() == wanted)
            .map(NewsKind::as_str)
            .collect::<Vec<_>>()
    };

    assert_eq!(
        of(Sentiment::Positive),
        ["positive_profit_alert", "buyback"]
    );
    assert_eq!(of(Sentiment::Neutral), ["routine_filing"]);
    assert_eq!(
        of(Sentiment::Negative),
        [
            "profit_warning",
            "placing",
            "rights_issue",
            "trading_halt",
            "short_seller_report",
            "investigation",
            "distress"
        ]
    );
    assert_eq!(
        of(Sentiment::Unknown),
        [
            "results",
            "resumption",
            "inside_information",
            "index_change",
            "other"
        ]
    );
}
