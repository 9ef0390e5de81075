//! The closures and half days that the market rules list by year, and those that happened once.

use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;

use crate::date;

/// The weekdays of `year` whose status begins with `status`, as `MM-DD`.
fn days(exchange: Exchange, year: &str, status: &str) -> Vec<String> {
    let calendar = Rulebook::of(exchange).unwrap().calendar;
    let first = date(&format!("{year}-01-01"));
    let dates = std::iter::successors(Some(first), |day| Some(day.next()));
    dates
        .take_while(|day| day.to_string().starts_with(year))
        .filter(|day| !day.is_weekend())
        .filter(|day| {
            let found = calendar.day(*day).unwrap().kind().status();
            found.starts_with(status)
        })
        .map(|day| day.to_string().split_off(5))
        .collect()
}

fn listed(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

// Market rules on the calendar of Hong Kong, by year.
#[test]
fn hong_kong_closes_on_the_days_its_lists_name() {
    for (year, closed, half) in [
        (
            "2025",
            "01-01 01-29 01-30 01-31 04-04 04-18 04-21 05-01 05-05 07-01 10-01 10-07 10-29 12-25 12-26",
            "01-28 12-24 12-31",
        ),
        (
            "2026",
            "01-01 02-17 02-18 02-19 04-03 04-06 04-07 05-01 05-25 06-19 07-01 10-01 10-19 12-25",
            "02-16 12-24 12-31",
        ),
        (
            "2027",
            "01-01 02-08 02-09 03-26 03-29 04-05 05-13 06-09 07-01 09-16 10-01 10-08 12-27",
            "02-05 12-24 12-31",
        ),
    ] {
        assert_eq!(
            days(Exchange::Hkex, year, "closed"),
            listed(closed),
            "{year}"
        );
        assert_eq!(days(Exchange::Hkex, year, "half"), listed(half), "{year}");
    }
    for year in ["2016", "2023"] {
        assert_eq!(days(Exchange::Hkex, year, "half"), [""; 0], "{year}");
    }
}

#[test]
fn hong_kong_was_closed_by_weather_nine_times_and_never_since_the_autumn_of_2024() {
    let years = (2015..=2027).map(|year| year.to_string());
    let closures: Vec<String> = years
        .flat_map(|year| {
            let found = days(Exchange::Hkex, &year, "closed:weather");
            found.into_iter().map(move |day| format!("{year}-{day}"))
        })
        .collect();

    assert_eq!(
        closures,
        [
            "2016-08-02",
            "2016-10-21",
            "2017-08-23",
            "2020-10-13",
            "2021-10-13",
            "2023-07-17",
            "2023-09-01",
            "2023-09-08",
            "2024-09-06",
        ]
    );
}

// Market rules on the calendar: two holidays on one day give the next weekday, and a holiday of its own.
#[test]
fn holidays_that_fall_together_and_days_that_happened_once_are_closed() {
    let calendar = Rulebook::of(Exchange::Hkex).unwrap().calendar;
    for day in ["2015-04-07", "2021-04-06", "2026-04-07", "2015-09-03"] {
        assert!(!calendar.day(date(day)).unwrap().trades(), "{day}");
    }
    assert!(calendar.day(date("2027-12-28")).unwrap().trades());
}

// Market rules on the US profile: closures and early closes from the table, never from a rule.
#[test]
fn new_york_closes_on_the_days_its_lists_name() {
    for (year, closed, half) in [
        (
            "2026",
            "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25",
            "11-27 12-24",
        ),
        (
            "2027",
            "01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24",
            "11-26",
        ),
    ] {
        assert_eq!(
            days(Exchange::Nyse, year, "closed"),
            listed(closed),
            "{year}"
        );
        assert_eq!(days(Exchange::Nyse, year, "half"), listed(half), "{year}");
    }
    let calendar = Rulebook::of(Exchange::Nyse).unwrap().calendar;
    for (day, trades) in [
        ("2018-12-05", false),
        ("2025-01-09", false),
        ("2021-12-31", true),
    ] {
        assert_eq!(calendar.day(date(day)).unwrap().trades(), trades, "{day}");
    }
}

#[test]
fn new_york_ends_at_four_and_on_a_half_day_at_one() {
    let calendar = Rulebook::of(Exchange::Nyse).unwrap().calendar;

    for (day, close) in [
        ("2026-11-25", "2026-11-25T21:00:00Z"),
        ("2026-11-27", "2026-11-27T18:00:00Z"),
        ("2026-07-02", "2026-07-02T20:00:00Z"),
    ] {
        let close = close.parse().unwrap();
        assert_eq!(calendar.close_of(date(day)), Ok(Some(close)), "{day}");
    }
    assert_eq!(calendar.close_of(date("2026-11-26")), Ok(None));
}
