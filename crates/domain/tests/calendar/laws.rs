//! What holds on every covered day.

use catalyst_domain::calendar::{Phase, TradingDate};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta};
use proptest::prelude::*;

use crate::{hkex, nyse};

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
    fn the_cheap_question_agrees_with_the_full_one_through_summer_and_winter_time(
        seconds in 1_420_000_000_i64..1_830_400_000,
    ) {
        let now = DateTime::from_timestamp(seconds, 0).unwrap();
        for calendar in [hkex(), nyse()] {
            let moment = calendar.moment(now).map(|moment| moment.phase);
            prop_assert_eq!(calendar.phase_at(now), moment);
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

        let open = calendar.open_at(now).map_or(None, |open| Some(open.span()));
        prop_assert_eq!(holding.len() <= 1, true);
        prop_assert_eq!(open, holding.first().copied());
        prop_assert_eq!(calendar.phase_at(now).unwrap().is_continuous(), open.is_some());
        let next = now + TimeDelta::minutes(1);
        let elapsed = calendar.minutes_since_open(day, next).unwrap()
            - calendar.minutes_since_open(day, now).unwrap();
        prop_assert_eq!(elapsed, u32::from(open.is_some()));
    }
}
