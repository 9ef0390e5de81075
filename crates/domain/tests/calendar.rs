//! The HKEX calendar against the shared session table, the exchange's hours, and its own laws.
#![expect(
    clippy::unwrap_used,
    reason = "helpers outside a test function parse literals and test data"
)]

use std::path::Path;

use catalyst_domain::calendar::{
    Closure, DayKind, NotOpen, Phase, SessionSpan, TradingCalendar, TradingDate,
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use proptest::prelude::*;

const SESSIONS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/data/calendar/xhkg_sessions.csv"
);

/// Days on which weather took hours: the continuous sessions that were held.
const PART_DAYS: [(&str, &str); 6] = [
    ("2019-07-31", "09:30-12:00 13:00-13:55"),
    ("2020-08-19", "13:30-16:00"),
    ("2021-06-28", "13:30-16:00"),
    ("2022-08-25", "13:00-16:00"),
    ("2022-11-02", "09:30-12:00 13:00-13:55"),
    ("2023-10-09", "14:00-16:00"),
];

fn hkex() -> TradingCalendar {
    TradingCalendar::hkex().unwrap()
}

fn date(text: &str) -> TradingDate {
    text.parse().unwrap()
}

fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

/// A moment from the wall clock in Hong Kong, which is eight hours ahead of UTC all year.
fn hong_kong(day: &str, clock: &str) -> DateTime<Utc> {
    format!("{day}T{clock}+08:00").parse().unwrap()
}

fn hours_text(calendar: &TradingCalendar, day: TradingDate) -> String {
    let day = calendar.day(day).unwrap();
    let hours: Vec<_> = day
        .continuous_hours()
        .map(|(start, end)| format!("{}-{}", start.format("%H:%M"), end.format("%H:%M")))
        .collect();
    hours.join(" ")
}

fn status_text(kind: &DayKind) -> String {
    match kind {
        DayKind::Full | DayKind::Part { .. } => "open".to_owned(),
        DayKind::Half => "half".to_owned(),
        DayKind::Closed(Closure::Weekend) => "closed:weekend".to_owned(),
        DayKind::Closed(Closure::Holiday(name)) => format!("closed:holiday:{name}"),
        DayKind::Closed(Closure::Weather(name)) => format!("closed:weather:{name}"),
        DayKind::Closed(Closure::Special(name)) => format!("closed:special:{name}"),
    }
}

fn assert_phases(calendar: &TradingCalendar, day: &str, expected: &[(&str, Phase)]) {
    for (clock, phase) in expected {
        let now = hong_kong(day, clock);
        assert_eq!(calendar.phase_at(now), Ok(*phase), "{day} {clock}");
        let moment = calendar.moment(now).unwrap();
        assert_eq!(moment.phase, *phase, "{day} {clock}");
        assert_eq!(moment.date, date(day), "{day} {clock}");
    }
}

#[test]
fn every_row_of_the_shared_session_table_agrees() {
    if !Path::new(SESSIONS).exists() {
        assert!(std::env::var_os("CI").is_none(), "{SESSIONS} is missing");
        eprintln!("SKIPPED: {SESSIONS} is missing, the calendar is not compared with it");
        return;
    }
    let calendar = hkex();
    let table = std::fs::read_to_string(SESSIONS).unwrap();

    let (mut rows, mut parts) = (0, 0);
    for row in table.lines().skip(1) {
        let [day, status, open, lunch_start, lunch_end, close, ..] =
            row.splitn(8, ',').collect::<Vec<_>>()[..]
        else {
            panic!("row `{row}`");
        };
        let held = calendar.day(date(day)).unwrap();
        assert_eq!(status_text(held.kind()), status, "{day}");
        let hours = match (open, lunch_start) {
            ("", _) => String::new(),
            (_, "") => format!("{open}-{close}"),
            (_, _) => format!("{open}-{lunch_start} {lunch_end}-{close}"),
        };
        if matches!(held.kind(), DayKind::Part { .. }) {
            assert_ne!(hours_text(&calendar, date(day)), hours, "{day}");
            parts += 1;
        } else {
            assert_eq!(hours_text(&calendar, date(day)), hours, "{day}");
        }
        rows += 1;
    }

    assert_eq!((rows, parts), (3392, 6));
}

#[test]
fn hours_lost_to_weather_are_not_open() {
    let calendar = hkex();

    for (day, hours) in PART_DAYS {
        assert_eq!(hours_text(&calendar, date(day)), hours, "{day}");
    }
    assert_phases(
        &calendar,
        "2020-08-19",
        &[
            ("09:00:00", Phase::Closed),
            ("09:45:00", Phase::Closed),
            ("12:30:00", Phase::Closed),
            ("13:29:59", Phase::Closed),
            ("13:30:00", Phase::ContinuousAfternoon),
            ("16:05:00", Phase::AuctionInput),
            ("16:10:00", Phase::Closed),
        ],
    );
    assert_phases(
        &calendar,
        "2022-11-02",
        &[
            ("09:05:00", Phase::PreOpenInput),
            ("12:00:00", Phase::Lunch),
            ("13:54:59", Phase::ContinuousAfternoon),
            ("13:55:00", Phase::Closed),
            ("16:05:00", Phase::Closed),
        ],
    );
}

#[test]
fn a_full_day_has_the_exchanges_boundaries() {
    assert_phases(
        &hkex(),
        "2026-11-23",
        &[
            ("00:00:00", Phase::Closed),
            ("08:59:59", Phase::Closed),
            ("09:00:00", Phase::PreOpenInput),
            ("09:14:59", Phase::PreOpenInput),
            ("09:15:00", Phase::PreOpenNoCancel),
            ("09:19:59", Phase::PreOpenNoCancel),
            ("09:20:00", Phase::PreOpenMatch),
            ("09:21:59", Phase::PreOpenMatch),
            ("09:22:00", Phase::PreOpenBlocked),
            ("09:29:59", Phase::PreOpenBlocked),
            ("09:30:00", Phase::ContinuousMorning),
            ("11:59:59.999999", Phase::ContinuousMorning),
            ("12:00:00", Phase::Lunch),
            ("12:30:00", Phase::Lunch),
            ("12:59:59", Phase::Lunch),
            ("13:00:00", Phase::ContinuousAfternoon),
            ("15:59:59", Phase::ContinuousAfternoon),
            ("16:00:00", Phase::AuctionReference),
            ("16:00:59", Phase::AuctionReference),
            ("16:01:00", Phase::AuctionInput),
            ("16:05:00", Phase::AuctionInput),
            ("16:05:59", Phase::AuctionInput),
            ("16:06:00", Phase::AuctionNoCancel),
            ("16:07:59", Phase::AuctionNoCancel),
            ("16:08:00", Phase::AuctionRandomClose),
            ("16:09:59", Phase::AuctionRandomClose),
            ("16:10:00", Phase::Closed),
            ("23:59:59", Phase::Closed),
        ],
    );
}

#[test]
fn a_half_day_closes_at_noon_with_its_auction() {
    let calendar = hkex();

    for day in ["2026-02-16", "2026-12-24", "2026-12-31", "2027-02-05"] {
        assert_phases(
            &calendar,
            day,
            &[
                ("09:21:59", Phase::PreOpenMatch),
                ("09:22:00", Phase::PreOpenBlocked),
                ("11:59:59", Phase::ContinuousMorning),
                ("12:00:00", Phase::AuctionReference),
                ("12:01:00", Phase::AuctionInput),
                ("12:06:00", Phase::AuctionNoCancel),
                ("12:08:00", Phase::AuctionRandomClose),
                ("12:09:59", Phase::AuctionRandomClose),
                ("12:10:00", Phase::Closed),
                ("13:30:00", Phase::Closed),
            ],
        );
        let close = hong_kong(day, "12:10:00");
        assert_eq!(calendar.close_of(date(day)), Ok(Some(close)));
    }
}

#[test]
fn auctions_have_the_form_of_their_date() {
    let calendar = hkex();

    let old = [
        ("09:20:00", Phase::PreOpenMatch),
        ("09:27:59", Phase::PreOpenMatch),
        ("09:28:00", Phase::PreOpenBlocked),
    ];
    assert_phases(&calendar, "2020-10-16", &old);
    assert_phases(
        &calendar,
        "2020-10-19",
        &[("09:22:00", Phase::PreOpenBlocked)],
    );
    assert_phases(&calendar, "2016-07-22", &[("16:00:00", Phase::Closed)]);
    assert_phases(&calendar, "2015-12-24", &[("12:00:00", Phase::Closed)]);
    assert_phases(
        &calendar,
        "2016-07-25",
        &[("16:00:00", Phase::AuctionReference)],
    );
}

#[test]
fn dates_beyond_the_data_are_refused() {
    let calendar = hkex();

    for day in ["2014-12-31", "2028-01-01", "0001-01-01", "9999-12-31"] {
        let refusal = calendar.day(date(day)).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            format!("HKEX calendar is not known for {day}, it covers 2015-01-01 to 2027-12-31")
        );
        let now = hong_kong(day, "10:00:00");
        assert_eq!(calendar.moment(now), Err(refusal));
        assert_eq!(calendar.open_at(now), Err(NotOpen::NotCovered(refusal)));
        assert_eq!(calendar.phase_at(now), Err(refusal));
        assert_eq!(calendar.close_of(date(day)), Err(refusal));
        assert_eq!(calendar.date_of(now), date(day));
    }
    assert_eq!(
        calendar.next_trading_date(date("2027-12-31")),
        Err(calendar.day(date("2028-01-01")).unwrap_err())
    );
}

#[test]
fn the_last_close_of_the_data_knows_no_next_change() {
    let calendar = hkex();

    let moment = calendar
        .moment(hong_kong("2027-12-31", "12:10:00"))
        .unwrap();

    assert_eq!(moment.phase, Phase::Closed);
    assert_eq!(moment.next_change, None);
    assert_eq!(moment.until_next_change(), None);
}

#[test]
fn a_night_before_holidays_waits_for_the_next_trading_day() {
    let calendar = hkex();

    // Good Friday, Easter Monday, and the day after for the Ching Ming that fell on a Sunday.
    let moment = calendar
        .moment(hong_kong("2026-04-02", "17:00:00"))
        .unwrap();

    let change = moment.next_change.unwrap();
    assert_eq!(change.at, hong_kong("2026-04-08", "09:00:00"));
    assert_eq!(change.phase, Phase::PreOpenInput);
    assert_eq!(moment.since_phase_start(), TimeDelta::minutes(50));
    let holiday = calendar
        .moment(hong_kong("2026-04-06", "10:00:00"))
        .unwrap();
    assert_eq!(holiday.next_change, Some(change));
    assert_eq!(holiday.phase_start, hong_kong("2026-04-06", "00:00:00"));
}

#[test]
fn an_open_session_knows_its_start_and_its_end() {
    let calendar = hkex();
    let span = |start, end| SessionSpan {
        start: hong_kong("2026-11-23", start),
        end: hong_kong("2026-11-23", end),
    };

    let open = calendar
        .open_at(hong_kong("2026-11-23", "13:10:00"))
        .unwrap();

    assert_eq!(open.phase(), Phase::ContinuousAfternoon);
    assert_eq!(open.span(), span("13:00:00", "16:00:00"));
    assert_eq!(open.since_open(), TimeDelta::minutes(10));
    assert_eq!(open.until_end(), TimeDelta::minutes(170));
    assert_eq!(
        calendar.continuous_sessions(date("2026-11-23")),
        Ok(vec![span("09:30:00", "12:00:00"), open.span()])
    );
    assert_eq!(calendar.continuous_sessions(date("2026-11-22")), Ok(vec![]));
}

#[test]
fn a_moment_without_trading_says_what_the_exchange_does_and_when_it_opens() {
    let calendar = hkex();

    for (day, clock, phase, opens) in [
        ("2026-11-23", "12:30:00", "lunch", "2026-11-23T05:00Z"),
        (
            "2026-11-23",
            "16:05:00",
            "auction_input",
            "2026-11-24T01:30Z",
        ),
        (
            "2026-11-23",
            "09:10:00",
            "pre_open_input",
            "2026-11-23T01:30Z",
        ),
        ("2026-11-21", "10:00:00", "closed", "2026-11-23T01:30Z"),
        ("2026-12-24", "13:00:00", "closed", "2026-12-28T01:30Z"),
    ] {
        let refusal = calendar.open_at(hong_kong(day, clock)).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            format!(
                "no continuous trading at {day} {clock} exchange time, the phase is {phase}, \
                 the next session opens at {opens}"
            )
        );
    }
    let last = calendar.open_at(hong_kong("2027-12-31", "15:00:00"));
    assert_eq!(
        last.unwrap_err().to_string(),
        "no continuous trading at 2027-12-31 15:00:00 exchange time, the phase is closed"
    );
}

#[test]
fn trading_dates_skip_weekends_and_holidays_and_keep_half_days() {
    let calendar = hkex();

    let week = calendar
        .trading_dates(date("2026-02-13"), date("2026-02-23"))
        .unwrap();

    let expected = ["2026-02-13", "2026-02-16", "2026-02-20", "2026-02-23"].map(date);
    assert_eq!(week, expected);
    assert_eq!(
        calendar.next_trading_date(date("2026-02-16")),
        Ok(date("2026-02-20"))
    );
    assert_eq!(
        calendar.previous_trading_date(date("2026-02-20")),
        Ok(date("2026-02-16"))
    );
    let backwards = calendar.trading_dates(date("2026-02-20"), date("2026-02-16"));
    assert_eq!(backwards, Ok(vec![]));
}

#[test]
fn minutes_since_open_leave_out_lunch() {
    let calendar = hkex();
    let day = date("2026-11-23");

    for (clock, minutes) in [
        ("09:00:00", 0),
        ("09:30:59", 0),
        ("09:31:00", 1),
        ("12:00:00", 150),
        ("12:59:59", 150),
        ("13:01:00", 151),
        ("16:00:00", 330),
        ("23:00:00", 330),
    ] {
        let now = hong_kong("2026-11-23", clock);
        assert_eq!(
            calendar.minutes_since_open(day, now),
            Ok(minutes),
            "{clock}"
        );
    }
    let before = hong_kong("2026-11-22", "15:00:00");
    assert_eq!(calendar.minutes_since_open(day, before), Ok(0));
    let after = hong_kong("2026-11-24", "09:00:00");
    assert_eq!(calendar.minutes_since_open(day, after), Ok(330));
    let half = calendar.day(date("2026-12-24")).unwrap();
    assert_eq!(half.continuous_minutes(), 150);
}

#[test]
fn a_day_begins_at_midnight_in_hong_kong() {
    let calendar = hkex();

    let before = "2026-11-22T15:59:59Z".parse().unwrap();
    let after = "2026-11-22T16:00:00Z".parse().unwrap();

    assert_eq!(calendar.date_of(before), date("2026-11-22"));
    assert_eq!(calendar.date_of(after), date("2026-11-23"));
    assert_eq!(calendar.at(date("2026-11-23"), time("00:00:00")), after);
}

#[test]
fn phases_have_fixed_words_and_permissions() {
    let table: Vec<_> = Phase::ALL
        .into_iter()
        .map(|phase| {
            let marks: String = [
                (phase.accepts_orders(), 'o'),
                (phase.amends(), 'a'),
                (phase.cancels(), 'c'),
                (phase.matches(), 'm'),
                (phase.accepts_entries(), 'E'),
                (phase.accepts_exits(), 'X'),
            ]
            .into_iter()
            .map(|(may, mark)| if may { mark } else { '-' })
            .collect();
            format!("{phase} {marks}")
        })
        .collect();

    assert_eq!(
        table,
        [
            "closed ------",
            "pre_open_input oac---",
            "pre_open_no_cancel o-----",
            "pre_open_match o--m--",
            "pre_open_blocked ------",
            "continuous_morning oacmEX",
            "lunch ------",
            "continuous_afternoon oacmEX",
            "auction_reference ------",
            "auction_input oac--X",
            "auction_no_cancel o----X",
            "auction_random_close o--m-X",
        ]
    );
    for phase in Phase::ALL {
        assert_eq!(phase.as_str().parse(), Ok(phase));
    }
    assert_eq!("Lunch".parse::<Phase>().unwrap_err().found, "Lunch");
}

fn covered_date() -> impl Strategy<Value = TradingDate> {
    (0_u64..4748).prop_map(|days| {
        let first = NaiveDate::from_ymd_opt(2015, 1, 1).unwrap();
        TradingDate::new(first.checked_add_days(Days::new(days)).unwrap())
    })
}

proptest! {
    #[test]
    fn phases_fill_the_day_without_gap_or_overlap(day in covered_date()) {
        let calendar = hkex();
        let spans: Vec<_> = calendar.day(day).unwrap().phases().collect();

        prop_assert_eq!(spans[0].start, NaiveTime::MIN);
        prop_assert_eq!(spans[spans.len() - 1].next, None);
        for pair in spans.windows(2) {
            prop_assert_eq!(pair[0].next, Some((pair[1].start, pair[1].phase)));
            prop_assert!(pair[0].start < pair[1].start);
            prop_assert_ne!(pair[0].phase, pair[1].phase);
        }
    }

    #[test]
    fn a_lookup_agrees_with_a_walk_over_the_phases(day in covered_date(), second in 0_u32..86_400) {
        let calendar = hkex();
        let clock = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap();
        let now = day.as_naive().and_time(clock).and_utc() - TimeDelta::hours(8);

        let mut walked = Phase::Closed;
        for span in calendar.day(day).unwrap().phases() {
            if span.start <= clock {
                walked = span.phase;
            }
        }

        let moment = calendar.moment(now).unwrap();
        prop_assert_eq!(moment.phase, walked);
        prop_assert_eq!(calendar.phase_at(now), Ok(walked));
        prop_assert_eq!(calendar.day(day).unwrap().phase_at(clock).phase, walked);
        prop_assert_eq!((moment.date, moment.local.time()), (day, clock));
        prop_assert_eq!(calendar.at(day, clock), now);
        prop_assert!(moment.phase_start <= now);
        if let Some(change) = moment.next_change {
            prop_assert!(now < change.at);
            prop_assert_eq!(calendar.phase_at(change.at), Ok(change.phase));
            let just_before = change.at - TimeDelta::seconds(1);
            prop_assert_eq!(calendar.phase_at(just_before), Ok(walked));
        }
    }

    #[test]
    fn a_continuous_moment_lies_in_exactly_one_session(day in covered_date(), minute in 0_i64..1440) {
        let calendar = hkex();
        let now = calendar.at(day, NaiveTime::MIN) + TimeDelta::minutes(minute);

        let sessions = calendar.continuous_sessions(day).unwrap();
        let holding: Vec<_> = sessions
            .into_iter()
            .filter(|span| span.start <= now && now < span.end)
            .collect();

        let open = calendar.open_at(now).map(|open| open.span()).ok();
        prop_assert_eq!(holding.len() <= 1, true);
        prop_assert_eq!(open, holding.first().copied());
        prop_assert_eq!(calendar.phase_at(now).unwrap().is_continuous(), open.is_some());
        let next = now + TimeDelta::minutes(1);
        let elapsed = calendar.minutes_since_open(day, next).unwrap()
            - calendar.minutes_since_open(day, now).unwrap();
        prop_assert_eq!(elapsed, u32::from(open.is_some()));
    }
}
