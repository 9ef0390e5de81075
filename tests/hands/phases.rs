//! Everything left by the real program, begun in every phase of every kind of day that the calendar knows.

use std::collections::BTreeSet;

use catalyst_app::next_exit_at;
use catalyst_domain::calendar::{Closure, DayKind, Phase, TradingCalendar};
use catalyst_domain::exchange::Exchange;
use catalyst_domain::order::{ClientOrderId, Leg};
use catalyst_domain::rulebook::Rulebook;
use catalyst_testkit::builders::symbol;
use catalyst_tws_emulator::RequestKind;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::crew::play_each;
use super::stand::FLATTEN;
use crate::kill::stand::Stand;

/// A day of each kind. Those that weather or a decree took from the exchange lie before the lots on file, so
/// that nothing can be held on them; of them it is only asked when the next exit can be sent.
const DAYS: [&str; 7] = [
    "2026-09-15",
    "2026-12-24",
    "2020-08-19",
    "2026-09-19",
    "2026-10-01",
    "2023-09-01",
    "2015-09-03",
];

/// Every word of [`word`].
const KINDS: [&str; 7] = [
    "full", "half", "holiday", "part", "special", "weather", "weekend",
];

const fn word(kind: &DayKind) -> &'static str {
    match kind {
        DayKind::Full => "full",
        DayKind::Half => "half",
        DayKind::Part { .. } => "part",
        DayKind::Closed(Closure::Weekend) => "weekend",
        DayKind::Closed(Closure::Holiday(_)) => "holiday",
        DayKind::Closed(Closure::Weather(_)) => "weather",
        DayKind::Closed(Closure::Special(_)) => "special",
    }
}

/// One phase of one day, told by the moments of its first second and its middle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) phase: Phase,
    pub(super) start: DateTime<Utc>,
    pub(super) middle: DateTime<Utc>,
}

/// The phases of `date` in their order.
pub(super) fn spans_of(calendar: &TradingCalendar, date: &str) -> Vec<Span> {
    let date = date.parse().unwrap();
    let day = calendar.day(date).unwrap();
    let midnight = calendar.at(date, NaiveTime::MIN) + TimeDelta::days(1);
    let spans = day.phases().map(|span| {
        let start = calendar.at(date, span.start);
        let end = span
            .next
            .map_or(midnight, |(next, _)| calendar.at(date, next));
        let middle = start + (end - start) / 2;
        Span {
            phase: span.phase,
            start,
            middle,
        }
    });
    spans.collect()
}

/// The phases that begin after `moment`, of its day and of those to the next one that trades.
pub(super) fn spans_after(calendar: &TradingCalendar, moment: DateTime<Utc>) -> Vec<Span> {
    let today = calendar.date_of(moment);
    let last = calendar.next_trading_date(today).unwrap();
    let mut spans = Vec::new();
    let mut date = today;
    while date <= last {
        let of_day = spans_of(calendar, &date.to_string()).into_iter();
        spans.extend(of_day.filter(|span| span.start > moment));
        date = date.next();
    }
    spans
}

/// The last good moment for a purchase before `moment`: some time after a session began, or before it ends.
pub(super) fn purchase_before(calendar: &TradingCalendar, moment: DateTime<Utc>) -> DateTime<Utc> {
    let date = calendar.date_of(moment);
    let before = calendar.previous_trading_date(date).unwrap();
    let days = [before, date].into_iter();
    let sessions = days.flat_map(|day| calendar.continuous_sessions(day).unwrap());
    let good = sessions.flat_map(|session| {
        let early = session.start + TimeDelta::minutes(30);
        [early, session.end - TimeDelta::minutes(16)]
    });
    let mut past = good.filter(|good| *good + TimeDelta::minutes(2) < moment);
    past.next_back().unwrap()
}

/// The exit code of a flattening in `span`, and what it has to say.
pub(super) fn what_is_told(calendar: &TradingCalendar, span: &Span) -> (i32, String) {
    if span.phase.is_continuous() {
        return (0, "flat: nothing is held".to_owned());
    }
    let words = if span.phase.accepts_exits() {
        let close = calendar.close_of(calendar.date_of(span.middle)).unwrap();
        format!("matched by {}", calendar.wall_clock(close.unwrap()))
    } else {
        let next = next_exit(calendar, span);
        format!("can be sent from {}", calendar.wall_clock(next))
    };
    (5, words)
}

/// When the exchange next takes an exit after `span`, which takes none.
fn next_exit(calendar: &TradingCalendar, span: &Span) -> DateTime<Utc> {
    let mut later = spans_after(calendar, span.middle).into_iter();
    later.find(|span| span.phase.accepts_exits()).unwrap().start
}

/// What a flattening begun in the middle of `span` says and does, and what the guards after it do.
async fn is_left_from(span: &Span) {
    let stand = Stand::holding_before(span.middle).await;
    let calendar = &stand.rules.calendar;
    stand.gateway.advance_to(span.middle);
    assert_eq!(stand.held().await, 200, "sold by its stop before");
    let sent_before = stand.exits().len();

    let ended = stand.program.catalyst(&FLATTEN);

    let (code, words) = what_is_told(calendar, span);
    assert_eq!(ended.code, Some(code), "{ended:?}");
    assert!(ended.out.contains(&words), "{words}: {ended:?}");
    if code != 0 {
        assert!(
            ended.out.contains("left: 200 shares of 00700: "),
            "{ended:?}"
        );
        assert_eq!((stand.held().await, stand.asked()), (200, true));
    }
    if !span.phase.accepts_exits() {
        assert_eq!(stand.exits().len(), sent_before, "sent in {}", span.phase);
    }
    play_on(&stand, span.middle).await;
    stand.assert_left(&format!("{span:?}")).await;
    if code == 0 {
        let cycle = stand.cycle("buy");
        assert!(matches!(cycle.code, Some(0 | 3)), "{cycle:?}");
        assert_eq!(stand.held().await, 0, "entries stay halted: {cycle:?}");
    }
}

/// A guard in the next phase, whichever it is, and one in each that takes exits or finds all sold, until
/// nothing is asked any more.
async fn play_on(stand: &Stand, from: DateTime<Utc>) {
    let calendar = &stand.rules.calendar;
    for (place, span) in spans_after(calendar, from).into_iter().enumerate() {
        if stand.held().await == 0 && !stand.asked() {
            return;
        }
        stand.gateway.advance_to(span.start + TimeDelta::minutes(1));
        let held = stand.held().await;
        if place > 0 && held > 0 && !span.phase.accepts_exits() {
            continue;
        }
        let guard = stand.guard();
        assert!(matches!(guard.code, Some(0 | 3 | 5)), "{span:?}: {guard:?}");
        if !span.phase.accepts_exits() {
            assert_eq!(stand.held().await, held, "sold in {span:?}");
        }
    }
}

impl Stand {
    /// Flat, nothing asked, all sold once, and every exit sent and filled while the exchange took it.
    async fn assert_left(&self, what: &str) {
        assert_eq!((self.held().await, self.asked()), (0, false), "{what}");
        self.assert_sold_once(what).await;
        for exit in self.exits() {
            let phase = self.rules.calendar.phase_at(exit).unwrap();
            assert!(phase.accepts_exits(), "{what}: an exit was sent in {phase}");
        }
        for sale in self.sales().await {
            let phase = self.rules.calendar.phase_at(sale.at).unwrap();
            assert!(phase.matches(), "{what}: sold in {phase}");
        }
    }

    /// When each exit was sent.
    fn exits(&self) -> Vec<DateTime<Utc>> {
        let log = self.gateway.log().into_iter();
        let placed = log.filter(|one| one.kind == RequestKind::PlaceOrder);
        let exits = placed.filter(|one| {
            let order = one.order.as_ref().unwrap();
            let name: ClientOrderId = order.order_ref.as_ref().unwrap().parse().unwrap();
            name.leg() == Leg::Exit
        });
        exits.map(|one| one.at).collect()
    }
}

#[test]
fn in_every_phase_of_every_kind_of_day_it_ends_flat_or_says_what_is_left_and_when_that_is_sold() {
    let calendar = TradingCalendar::hkex().unwrap();
    let kinds: BTreeSet<&str> = DAYS
        .iter()
        .map(|day| word(calendar.day(day.parse().unwrap()).unwrap().kind()))
        .collect();
    assert_eq!(kinds, BTreeSet::from(KINDS));
    let spans = DAYS.iter().flat_map(|day| spans_of(&calendar, day));
    let lots = Rulebook::of(Exchange::Hkex).unwrap().lots;
    let is_traded = |span: &Span| {
        let date = calendar.date_of(purchase_before(&calendar, span.middle));
        lots.instrument(symbol("700"), date).is_ok()
    };
    let (spans, untold): (Vec<Span>, Vec<Span>) = spans.partition(is_traded);
    for phase in Phase::ALL {
        assert!(
            spans.iter().any(|span| span.phase == phase),
            "no day has {phase}"
        );
    }
    assert_ne!(untold.len(), 0);
    for span in untold.iter().filter(|span| !span.phase.accepts_exits()) {
        let next = next_exit_at(&calendar, span.middle).unwrap();
        assert_eq!(next, Some(next_exit(&calendar, span)), "{span:?}");
    }

    play_each(spans, is_left_from);
}
