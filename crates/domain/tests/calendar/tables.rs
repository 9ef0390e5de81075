//! Both calendars against the shared session tables, row for row, and where they end.

use catalyst_domain::calendar::{TradingCalendar, TradingDay};
use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;

use crate::{date, shared_data};

fn calendar(exchange: Exchange) -> TradingCalendar {
    Rulebook::of(exchange).unwrap().calendar
}

/// `date,status,open,lunch_start,lunch_end,close`, scheduled hours, empty where there is none.
fn row_of(day: &TradingDay<'_>) -> String {
    let hours: Vec<_> = day
        .scheduled_hours()
        .map(|(start, end)| [start, end].map(|time| time.format("%H:%M").to_string()))
        .collect();
    let cells = match hours.as_slice() {
        [] => ",,,".to_owned(),
        [[open, close]] => format!("{open},,,{close}"),
        [[open, lunch_start], [lunch_end, close]] => {
            format!("{open},{lunch_start},{lunch_end},{close}")
        }
        more => panic!("{more:?}"),
    };
    format!("{},{},{cells}", day.date(), day.kind().status())
}

fn assert_table(exchange: Exchange, name: &str) {
    let Some(text) = shared_data::text(name) else {
        return;
    };
    let calendar = calendar(exchange);
    let expected: Vec<String> = shared_data::rows(&text)
        .iter()
        .map(|cells| cells[..6].join(","))
        .collect();

    let dates = std::iter::successors(Some(date("2015-01-01")), |day| Some(day.next()));
    let rows: Vec<String> = dates
        .take_while(|day| *day <= date("2027-12-31"))
        .filter(|day| !day.is_weekend())
        .map(|day| row_of(&calendar.day(day).unwrap()))
        .collect();

    assert_eq!((rows.len(), expected.len()), (3392, 3392));
    for (row, expected) in rows.iter().zip(&expected) {
        assert_eq!(row, expected);
    }
}

#[test]
fn every_weekday_in_hong_kong_is_the_row_of_the_shared_table() {
    assert_table(Exchange::Hkex, "calendar/xhkg_sessions.csv");
}

#[test]
fn every_weekday_in_new_york_is_the_row_of_the_shared_table() {
    assert_table(Exchange::Nyse, "calendar/xnys_sessions.csv");
}

#[test]
fn openings_in_new_york_are_those_of_the_shared_table_in_utc() {
    let Some(text) = shared_data::text("calendar/xnys_sessions.csv") else {
        return;
    };
    let calendar = calendar(Exchange::Nyse);
    let mut summers = 0;
    for row in shared_data::rows(&text) {
        let sessions = calendar.continuous_sessions(date(row[0])).unwrap();
        let open = sessions
            .first()
            .map(|span| span.start.format("%H:%M").to_string());
        assert_eq!(open.unwrap_or_default(), row[6], "{row:?}");
        summers += usize::from(row[6] == "13:30");
    }
    assert!(summers > 2_000, "{summers}");
}

#[test]
fn years_before_and_after_the_tables_are_refused() {
    for exchange in Exchange::ALL {
        let calendar = calendar(exchange);
        for outside in ["2014-12-31", "2014-01-02", "2028-01-01", "2028-01-03"] {
            assert_eq!(
                calendar.day(date(outside)).unwrap_err().to_string(),
                format!(
                    "{exchange} calendar is not known for {outside}, \
                     it covers 2015-01-01 to 2027-12-31"
                )
            );
        }
    }
}
