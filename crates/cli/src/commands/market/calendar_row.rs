//! Calendar row: one day with its continuous sessions as scheduled, in local time.

use std::borrow::Cow;

use catalyst_domain::calendar::{TradingDate, TradingDay};
use chrono::NaiveTime;
use serde::Serialize;

const HEADER: &str = "date,status,open,lunch_start,lunch_end,close\n";

/// A day; the columns stand in the order of the fields. Times are HH:MM; where there is none, the
/// cell is empty and the key `null`.
#[derive(Debug, Serialize)]
pub(super) struct CalendarRow {
    date: TradingDate,
    status: String,
    open: Option<String>,
    lunch_start: Option<String>,
    lunch_end: Option<String>,
    close: Option<String>,
}

impl CalendarRow {
    pub(super) fn of(day: &TradingDay<'_>) -> Self {
        let mut hours = day.scheduled_hours();
        let first = hours.next();
        let last = hours.last();
        let lunch = first.zip(last);
        Self {
            date: day.date(),
            status: day.kind().status(),
            open: text(first.map(|(open, _)| open)),
            lunch_start: text(lunch.map(|((_, start), _)| start)),
            lunch_end: text(lunch.map(|(_, (end, _))| end)),
            close: text(last.or(first).map(|(_, close)| close)),
        }
    }
}

/// The rows under a header, a line each.
pub(super) fn as_csv(rows: &[CalendarRow]) -> String {
    let mut csv = HEADER.to_owned();
    for row in rows {
        csv.push_str(&row.date.to_string());
        csv.push(',');
        csv.push_str(&quoted(&row.status));
        for time in [&row.open, &row.lunch_start, &row.lunch_end, &row.close] {
            csv.push(',');
            csv.extend(time.as_deref());
        }
        csv.push('\n');
    }
    csv
}

/// A cell that holds a comma or a quote stands in quotes, its own doubled (RFC 4180).
fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains([',', '"', '\n']) {
        return Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")));
    }
    Cow::Borrowed(cell)
}

fn text(time: Option<NaiveTime>) -> Option<String> {
    time.map(|time| time.format("%H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::{CalendarRow, as_csv};

    #[test]
    fn a_name_with_a_comma_or_a_quote_stays_one_cell() {
        let row = CalendarRow {
            date: "2026-11-23".parse().unwrap(),
            status: "closed:special:a \"fair\", moved".to_owned(),
            open: None,
            lunch_start: None,
            lunch_end: None,
            close: None,
        };

        assert_eq!(
            as_csv(&[row]),
            "date,status,open,lunch_start,lunch_end,close\n\
             2026-11-23,\"closed:special:a \"\"fair\"\", moved\",,,,\n"
        );
    }
}
