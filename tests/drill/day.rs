//! A day on which all goes well.

use chrono::{DateTime, NaiveTime, Utc};

use super::advice::BOUGHT;
use super::house::{FRIDAY, House};
use crate::days::stage::clock;

/// The slots; their watch ten minutes later, beside a guard; the minutes in which positions are left; the
/// closing auction, the last settling, the report, the last watch.
const TIMES: [&str; 39] = [
    "09:30", "09:40", "10:00", "10:10", "10:30", "10:40", "11:00", "11:10", "11:30", "11:40",
    "11:50", "11:55", "13:00", "13:10", "13:30", "13:40", "14:00", "14:10", "14:30", "14:40",
    "15:00", "15:10", "15:30", "15:40", "15:50", "15:51", "15:52", "15:53", "15:54", "15:55",
    "15:56", "15:57", "15:58", "15:59", "16:02", "16:05", "16:15", "16:17", "16:25",
];

#[test]
fn a_day_as_cron_runs_it() {
    let mut house = House::on(FRIDAY);

    for time in TIMES {
        for ran in house.minute(FRIDAY, time).unwrap_or_default() {
            assert_eq!(
                (ran.code, ran.said.as_str()),
                (Some(0), ""),
                "{time} {ran:?}"
            );
        }
    }

    everything_was_bought_once_and_left_in_time(&house);
    the_owner_was_told(&house);
    the_books_are_whole(&house);
}

/// Side, shares and moment of a deal, by the journal.
fn deals(house: &House) -> Vec<(String, u64, DateTime<Utc>)> {
    let rows = house.rows("select side, shares, at from executions order by at");
    let deals = rows.iter().map(|row| {
        let fields: Vec<&str> = row.split('|').collect();
        let at = DateTime::from_timestamp_micros(fields[2].parse().unwrap());
        (
            fields[0].to_owned(),
            fields[1].parse().unwrap(),
            at.unwrap(),
        )
    });
    deals.collect()
}

fn everything_was_bought_once_and_left_in_time(house: &House) {
    let (bought, sold): (Vec<_>, Vec<_>) = deals(house)
        .into_iter()
        .partition(|(side, ..)| side == "buy");
    let count = |deals: &[(String, u64, DateTime<Utc>)]| deals.iter().map(|(_, n, _)| n).sum();
    let planned: u64 = BOUGHT.iter().map(|(.., shares)| shares).sum();
    let totals: (u64, u64) = (count(&bought), count(&sold));
    let first = house.typed(&["why", "20260918-1000.1"]);
    assert_eq!(totals, (planned, planned), "{}", first.out);
    let orders = "select count(distinct order_name) from executions where side = 'buy'";
    assert_eq!(house.rows(orders), [BOUGHT.len().to_string()]);

    let sessions = house.calendar.continuous_sessions(FRIDAY.parse().unwrap());
    let sessions = sessions.unwrap();
    let times: Vec<NaiveTime> = sold
        .iter()
        .map(|(.., at)| {
            let matched = sessions.iter().any(|one| one.start <= *at && *at < one.end);
            assert!(matched, "{at}: nothing matches then");
            house.calendar.local(*at).time()
        })
        .collect();
    let between = |from, to| {
        let inside = |time: &&NaiveTime| clock(from) <= **time && **time < clock(to);
        times.iter().filter(inside).count()
    };
    let (lunch, end) = (between("11:50", "12:00"), between("15:50", "16:00"));
    assert!(lunch >= 2 && end >= 2, "{times:?}");
    assert_eq!(lunch + end, times.len(), "{times:?}");
    let status = house.typed(&["status", "--json"]);
    assert_eq!(
        status.json()["positions"],
        serde_json::json!([]),
        "{}",
        status.out
    );
}

fn the_owner_was_told(house: &House) {
    let report = house.mails_with("Subject: Catalyst HKEX: report of 2026-09-18");
    assert_eq!(report.len(), 1, "{:?}", house.mail.mails());
    for part in [
        "filename=\"report.html\"",
        "flat before lunch",
        "end of day",
    ] {
        assert!(report[0].contains(part), "{part}: {}", report[0]);
    }
    assert_eq!(
        house
            .mails_with("Catalyst HKEX: day closed 2026-09-18")
            .len(),
        1
    );
    assert_eq!(house.mail.mails().len(), 2, "{:?}", house.mail.mails());
    let watch = house.typed(&["watch"]);
    assert_eq!(watch.code, Some(0), "{}", watch.out);
    assert!(watch.out.starts_with("all is well: "), "{}", watch.out);
}

fn the_books_are_whole(house: &House) {
    let verified = house.typed(&["verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.err);
    let silent =
        "select count(*) from cycles where id not in (select cycle_id from proofs_of_life)";
    assert_eq!(house.rows(silent), ["0"]);
    let cycles = "select count(*) from cycles where name like '2%'";
    assert_eq!(house.rows(cycles), ["11"]);
}
