//! Accounts made by hand, seen with and without prices.

use std::collections::BTreeMap;

use catalyst_domain::account::Holdings;
use catalyst_domain::money::Currency;
use catalyst_domain::order::{Leg, OrderTicket, TicketStatus};
use catalyst_domain::risk::{LimitLedger, TradingState};
use catalyst_domain::side::Side;
use catalyst_ports::account::{AccountSnapshot, BrokerPosition};
use catalyst_ports::journal::DayJournal;
use catalyst_testkit::builders::{a_cycle, a_fill, an_order, hkd, price, shares, symbol};
use rust_decimal::Decimal;

use super::{Look, Prices, Protection, seen};

const RUN: &str = "20260914-1000.1";

fn a_ticket(leg: Leg, count: u64) -> OrderTicket {
    OrderTicket {
        id: an_order(a_cycle(RUN), 1, leg),
        symbol: symbol("700"),
        side: if leg == Leg::Entry {
            Side::Buy
        } else {
            Side::Sell
        },
        price: Some(price("490")),
        shares: shares(count),
        filled: shares(0),
        status: TicketStatus::Working,
    }
}

/// A thousand Tencent at 500, bought today by the journal.
fn look_at(working: Vec<OrderTicket>, mark: Option<&str>, at_broker: u64) -> Look {
    let fill = a_fill("e1").of("700").shares(1_000).price("500").build();
    let bought = [fill];
    let day = DayJournal {
        equity_at_open: Some(hkd("1000000")),
        equity_last: None,
        cash_expected: None,
        opening: Holdings::none(Currency::Hkd),
        holdings: Holdings::from_fills(Currency::Hkd, &bought).unwrap(),
        fills: bought.to_vec(),
        families: Vec::new(),
        state: TradingState::Trading,
        move_of_day: None,
        findings: Vec::new(),
        findings_carried: Vec::new(),
        limits: LimitLedger::empty(),
        decisions: Vec::new(),
    };
    let account = AccountSnapshot {
        cash: hkd("500000"),
        equity: hkd("1000000"),
        positions: vec![BrokerPosition {
            symbol: symbol("700"),
            shares: shares(at_broker),
        }],
        short: Vec::new(),
    };
    let marks = mark.map(|mark| (symbol("700"), price(mark)));
    let prices = Prices {
        marks: marks.into_iter().collect(),
        previous: BTreeMap::new(),
    };
    let date = "2026-09-14".parse().unwrap();
    seen(Currency::Hkd, date, (account, working, day.into()), &prices)
}

fn protection(working: Vec<OrderTicket>) -> Protection {
    look_at(working, Some("500"), 1_000).held[0].protection
}

#[test]
fn a_position_is_protected_by_stops_of_exactly_its_size_or_by_its_own_exit() {
    assert_eq!(
        protection(vec![a_ticket(Leg::Stop, 1_000)]),
        Protection::Protected
    );
    assert_eq!(
        protection(vec![a_ticket(Leg::Exit, 1_000)]),
        Protection::Leaving
    );
    assert_eq!(
        protection(vec![a_ticket(Leg::Stop, 900)]),
        Protection::Unprotected
    );
    assert_eq!(
        protection(vec![a_ticket(Leg::Stop, 1_100)]),
        Protection::Unprotected
    );
    assert_eq!(protection(Vec::new()), Protection::Unprotected);
}

#[test]
fn gain_and_size_are_told_at_the_last_price() {
    let entry = OrderTicket {
        symbol: symbol("5"),
        price: Some(price("60")),
        ..a_ticket(Leg::Entry, 400)
    };

    let look = look_at(vec![entry], Some("510"), 1_000);

    let held = look.held[0];
    assert_eq!(held.average, Some(Decimal::from(500)));
    let fees = look.day.fills[0].fees;
    let gain = hkd("10000").minus(fees).unwrap();
    assert_eq!((held.unrealised, look.pnl), (Some(gain), Some(gain)));
    let percent = held.unrealised_pct.unwrap();
    assert!(
        percent > Decimal::ONE && percent <= Decimal::TWO,
        "{percent}"
    );
    assert_eq!(look.exposure.names, 2);
    assert_eq!(
        look.exposure.largest,
        Some((symbol("700"), Decimal::from(51)))
    );
    assert_eq!(look.exposure.gross, Some(hkd("534000")));
}

#[test]
fn what_has_no_price_has_no_figure_and_never_nothing() {
    let look = look_at(Vec::new(), None, 1_000);

    let held = look.held[0];
    assert_eq!(
        (held.mark, held.unrealised, held.unrealised_pct),
        (None, None, None)
    );
    assert_eq!(held.average, Some(Decimal::from(500)));
    assert_eq!(
        (look.pnl, look.exposure.gross, look.exposure.largest),
        (None, None, None)
    );
    assert_eq!(look.exposure.names, 1);
}

#[test]
fn shares_that_the_journal_does_not_know_have_no_gain() {
    let look = look_at(Vec::new(), Some("510"), 1_100);

    assert_eq!(
        (look.held[0].unrealised, look.held[0].unrealised_pct),
        (None, None)
    );
    assert_eq!(look.exposure.gross, Some(hkd("561000")));
}
