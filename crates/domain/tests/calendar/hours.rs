//! Which hours a date has: part days, every boundary of full and half days.

use catalyst_domain::calendar::{Phase, TradingCalendar, TradingDate};

use chrono::NaiveTime;

use crate::{date, hkex, hong_kong};

/// Days on which weather took hours: the continuous sessions that were held.
const PART_DAYS: [(&str, &str); 6] = [
    ("2019-07-31", "09:30-12:00 13:00-13:55"),
    ("2020-08-19", "13:30-16:00"),
    ("2021-06-28", "13:30-16:00"),
    ("2022-08-25", "13:00-16:00"),
    ("2022-11-02", "09:30-12:00 13:00-13:55"),
    ("2023-10-09", "14:00-16:00"),
];

fn hours_text(calendar: &TradingCalendar, day: TradingDate) -> String {
    let day = calendar.day(day).unwrap();
    let hours: Vec<_> = day
        .continuous_hours()
        .map(|(start, end)| format!("{}-{}", start.format("%H:%M"), end.format("%H:%M")))
        .collect();
    hours.join(" ")
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
fn hours_lost_to_weather_are_not_open() {
    let calendar = hkex();

    for (day, hours) in PART_DAYS {
        assert_eq!(hours_text(&calendar, date(day)), hours, "{day}");
        let scheduled: Vec<_> = calendar.day(date(day)).unwrap().scheduled_hours().collect();
        let full = calendar.day(date("2026-11-23")).unwrap();
        assert_eq!(scheduled, full.continuous_hours().collect::<Vec<_>>());
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

// Market rules: the close is random, 16:10 is its latest time and 16:08 its earliest.
#[test]
fn phases_that_end_at_random_say_from_when() {
    let calendar = hkex();
    let random_ends = |day: &str| -> Vec<String> {
        let phases = calendar.day(date(day)).unwrap().phases();
        phases
            .filter_map(|span| {
                let (earliest, (latest, _)) = (span.earliest_end?, span.next?);
                let clock = |time: NaiveTime| time.format("%H:%M").to_string();
                Some(format!(
                    "{} {}-{}",
                    span.phase,
                    clock(earliest),
                    clock(latest)
                ))
            })
            .collect()
    };

    assert_eq!(
        random_ends("2026-11-23"),
        [
            "pre_open_match 09:20-09:22",
            "auction_random_close 16:08-16:10"
        ]
    );
    assert_eq!(
        random_ends("2026-12-24"),
        [
            "pre_open_match 09:20-09:22",
            "auction_random_close 12:08-12:10"
        ]
    );
    assert_eq!(
        random_ends("2020-10-16"),
        ["auction_random_close 16:08-16:10"]
    );
    assert_eq!(
        random_ends("2020-08-19"),
        ["auction_random_close 16:08-16:10"]
    );
    assert_eq!(random_ends("2022-11-02"), ["pre_open_match 09:20-09:22"]);
    assert_eq!(random_ends("2015-12-23"), [""; 0]);
}

#[test]
fn a_moment_in_the_random_close_knows_the_earliest_and_the_latest_end() {
    let calendar = hkex();
    let at = |clock| {
        let moment = calendar.moment(hong_kong("2026-11-23", clock)).unwrap();
        (moment.earliest_end, moment.next_change.map(|next| next.at))
    };
    let time = |clock| Some(hong_kong("2026-11-23", clock));

    assert_eq!(at("16:09:59"), (time("16:08:00"), time("16:10:00")));
    assert_eq!(at("16:07:59"), (None, time("16:08:00")));
    assert_eq!(at("10:00:00"), (None, time("12:00:00")));
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
