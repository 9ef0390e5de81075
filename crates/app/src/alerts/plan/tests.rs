//! Which alerts go out, together with which, and when.

use super::*;

const RULES: AlertRules = AlertRules {
    repeat: TimeDelta::minutes(60),
    per_hour: 3,
};

fn now() -> DateTime<Utc> {
    "2026-09-14T03:00:00Z".parse().unwrap()
}

/// An alert raised so many minutes ago; delivered so many minutes ago, if it was.
fn kept(
    number: i64,
    severity: Severity,
    words: &str,
    ago: i64,
    sent_ago: Option<i64>,
) -> KeptAlert {
    KeptAlert {
        number: AlertNumber(number),
        alert: Alert {
            severity,
            subject: words.to_owned(),
            message: "as it was".to_owned(),
            run: None,
            at: now() - TimeDelta::minutes(ago),
        },
        ended: sent_ago.map(|ago| (AlertEnding::Delivered, now() - TimeDelta::minutes(ago))),
    }
}

fn planned(kept: &[KeptAlert]) -> Vec<(String, Vec<i64>, AlertEnding)> {
    let calendar = TradingCalendar::hkex().unwrap();
    plan(kept, RULES, &calendar, now())
        .into_iter()
        .map(|one| {
            let covers = one.covers.iter().map(|number| number.0).collect();
            (one.alert.subject, covers, one.ending)
        })
        .collect()
}

fn delivered(subject: &str, covers: &[i64]) -> (String, Vec<i64>, AlertEnding) {
    (subject.to_owned(), covers.to_vec(), AlertEnding::Delivered)
}

#[test]
fn what_waits_goes_out_critical_first_and_what_ended_does_not() {
    let alerts = [
        kept(1, Severity::Warning, "one", 30, None),
        kept(2, Severity::Critical, "two", 20, Some(20)),
        kept(3, Severity::Critical, "three", 10, None),
    ];

    assert_eq!(
        planned(&alerts),
        [delivered("three", &[3]), delivered("one", &[1])]
    );
}

#[test]
fn what_says_the_same_is_one_message_that_counts() {
    let same = |number, ago| kept(number, Severity::Warning, "same", ago, None);
    let alerts = [same(1, 40), same(2, 30), same(3, 20), same(4, 10)];

    let calendar = TradingCalendar::hkex().unwrap();
    let planned = plan(&alerts, RULES, &calendar, now());

    assert_eq!(planned.len(), 1);
    assert_eq!(
        planned[0].alert.message,
        "as it was (seen 4 times, last at 2026-09-14 10:50:00)"
    );
    assert_eq!(planned[0].alert.at, now() - TimeDelta::minutes(40));
    assert_eq!(planned[0].covers, [1, 2, 3, 4].map(AlertNumber));
}

#[test]
fn the_same_words_wait_until_the_span_is_over() {
    let again = |sent_ago| {
        planned(&[
            kept(1, Severity::Critical, "same", 90, Some(sent_ago)),
            kept(2, Severity::Critical, "same", 10, None),
        ])
    };

    assert_eq!(again(59), []);
    assert_eq!(again(60), [delivered("same", &[2])]);
}

#[test]
fn an_hour_has_its_bound_and_critical_ones_a_wider() {
    let sent = |number| kept(number, Severity::Info, &number.to_string(), 50, Some(50));
    let mut alerts = vec![
        sent(1),
        sent(2),
        kept(3, Severity::Warning, "fits", 9, None),
    ];
    alerts.push(kept(4, Severity::Warning, "too many", 8, None));
    alerts.push(kept(5, Severity::Critical, "urgent", 7, None));

    assert_eq!(
        planned(&alerts),
        [delivered("urgent", &[5]), delivered("fits", &[3])]
    );

    alerts.extend((10..25).map(sent));
    assert_eq!(planned(&alerts), [], "a critical one has a bound too");
}

#[test]
fn after_a_day_what_is_not_critical_is_told_in_a_sum() {
    let alerts = [
        kept(1, Severity::Warning, "old", 1_441, None),
        kept(2, Severity::Info, "older", 2_000, None),
        kept(3, Severity::Critical, "urgent", 3_000, None),
        kept(4, Severity::Warning, "young", 1_440, None),
    ];

    let dropped = (
        "2 alerts were never sent".to_owned(),
        vec![1, 2],
        AlertEnding::Dropped,
    );
    assert_eq!(
        planned(&alerts),
        [dropped, delivered("urgent", &[3]), delivered("young", &[4])]
    );
}

#[test]
fn a_critical_alert_goes_at_once_unless_its_words_just_went() {
    let fresh = kept(9, Severity::Critical, "stop lost", 0, None).alert;
    let before = |sent_ago| [kept(1, Severity::Critical, "stop lost", 90, Some(sent_ago))];

    assert!(may_go_now(&fresh, &[], RULES, now()));
    assert!(may_go_now(&fresh, &before(60), RULES, now()));
    assert!(!may_go_now(&fresh, &before(59), RULES, now()));
    let calm = kept(9, Severity::Warning, "stop lost", 0, None).alert;
    assert!(!may_go_now(&calm, &[], RULES, now()));
}
