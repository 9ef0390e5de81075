//! Hours of the coming week in the protocol's form. They run to the end of the closing auction.

use catalyst_domain::calendar::TradingDate;

use super::Broker;
use super::seen::seen;

/// Days that the text covers, weekends counted.
const DAYS: usize = 7;

impl Broker {
    /// The spans of each day, `20261005:0930-20261005:1200`, or `20261006:CLOSED`.
    pub(super) fn hours(&self) -> String {
        let mut date = self.today();
        let mut spans = Vec::new();
        for _ in 0..DAYS {
            spans.extend(self.hours_of(date));
            date = date.next();
        }
        spans.join(";")
    }

    fn hours_of(&self, date: TradingDate) -> Vec<String> {
        let day = date.as_naive().format("%Y%m%d");
        let calendar = &self.wire.rules().calendar;
        let sessions = seen(calendar.continuous_sessions(date));
        let close = seen(calendar.close_of(date));
        let last = sessions.len().saturating_sub(1);
        let clock = |at| calendar.local(at).format("%H%M").to_string();
        let mut spans: Vec<String> = Vec::new();
        for (index, session) in sessions.iter().enumerate() {
            let end = match close {
                Some(close) if index == last => close,
                Some(_) | None => session.end,
            };
            spans.push(format!(
                "{day}:{}-{day}:{}",
                clock(session.start),
                clock(end)
            ));
        }
        if spans.is_empty() {
            spans.push(format!("{day}:CLOSED"));
        }
        spans
    }
}
