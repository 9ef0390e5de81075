//! Moments: open or not, what comes next, trading dates and minutes.

use catalyst_domain::calendar::{NotOpen, Phase, SessionSpan};
use chrono::{NaiveTime, TimeDelta};

use crate::{date, hkex, hong_kong};

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

// Market rules on bad weather: closures that no table foresees remain possible and can be told.
#[test]
fn a_closure_told_in_addition_is_no_trading_day() {
    let told = hkex()
        .with_closure(date("2026-11-24"), "day of mourning")
        .unwrap();

    let refusal = told.open_at(hong_kong("2026-11-24", "10:00:00"));
    assert_eq!(
        refusal.unwrap_err().to_string(),
        "no continuous trading at 2026-11-24 10:00:00 exchange time, the phase is closed, \
         the next session opens at 2026-11-25T01:30Z"
    );
    let next = told.next_trading_date(date("2026-11-23"));
    assert_eq!(next, Ok(date("2026-11-25")));
    for other in ["2026-11-23", "2026-11-25"] {
        assert!(told.day(date(other)).unwrap().trades(), "{other}");
    }
    let outside = date("2028-01-03");
    assert_eq!(
        hkex().with_closure(outside, "x").map(|_told| ()),
        Err(hkex().day(outside).unwrap_err())
    );
}

#[test]
fn a_day_begins_at_midnight_in_hong_kong() {
    let calendar = hkex();

    let before = "2026-11-22T15:59:59Z".parse().unwrap();
    let after = "2026-11-22T16:00:00Z".parse().unwrap();

    assert_eq!(calendar.date_of(before), date("2026-11-22"));
    assert_eq!(calendar.date_of(after), date("2026-11-23"));
    assert_eq!(calendar.at(date("2026-11-23"), NaiveTime::MIN), after);
}
