//! Which hours a date has: the shared table, part days, every boundary of full and half days.

use std::path::Path;

use catalyst_domain::calendar::{Closure, DayKind, Phase, TradingCalendar, TradingDate};

use crate::{date, hkex, hong_kong};

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

/// A moment from the wall clock in Hong Kong, which is eight hours ahead of UTC all year.
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
