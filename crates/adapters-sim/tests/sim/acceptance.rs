//! What the exchange and the broker take, and when.

use catalyst_domain::order::{Leg, OrderPlan, TicketStatus};

use crate::desk::{Desk, shares};

const PRICES: [&str; 3] = ["9.5", "10", "11"];

fn refusal(desk: &mut Desk, count: u64, time: &str) -> String {
    let plan = OrderPlan::Bracket(desk.bracket(count, PRICES));
    desk.send(plan, Leg::Entry, time).unwrap_err().to_string()
}

#[test]
fn an_id_is_taken_once() {
    let mut desk = Desk::open();
    let id = desk.buy(400, PRICES, "10:00");
    let plan = OrderPlan::Bracket(desk.bracket(400, PRICES));

    let again = desk.exchange.accept(
        &plan,
        id,
        crate::desk::at("2026-09-14".parse().unwrap(), "10:01"),
    );

    assert_eq!(
        again.unwrap_err().to_string(),
        "order 20260914-0000.1-01e was sent before, an id is accepted once"
    );
}

#[test]
fn entries_are_taken_only_while_the_exchange_takes_orders() {
    for (time, phase) in [
        ("08:30", "closed"),
        ("09:25", "pre_open_blocked"),
        ("12:30", "lunch"),
        ("16:00:30", "auction_reference"),
        ("16:11", "closed"),
    ] {
        let mut desk = Desk::open();

        let refused = refusal(&mut desk, 400, time);

        assert_eq!(
            refused,
            format!("an entry is not accepted in the phase {phase}")
        );
    }
}

#[test]
fn purchases_are_whole_lots() {
    let mut desk = Desk::open();

    assert_eq!(
        refusal(&mut desk, 450, "10:00"),
        "lot size 400 does not divide 450 shares"
    );
}

#[test]
fn an_order_has_at_most_three_thousand_lots() {
    let mut desk = Desk::open();

    assert_eq!(
        refusal(&mut desk, 400 * 3_001, "10:00"),
        "3001 board lots are beyond the 3000 of one order"
    );
}

#[test]
fn cash_must_cover_every_working_purchase_with_its_fees() {
    let mut desk = Desk::open();
    desk.buy(50_000, PRICES, "10:00");

    let refused = refusal(&mut desk, 50_000, "10:01");

    assert!(
        refused.starts_with("the order may cost 500"),
        "half a million twice, and fees: {refused}"
    );
}

#[test]
fn nothing_is_sold_short() {
    let mut desk = Desk::open();
    desk.hold(800);

    let refused = desk.sell(1_200, "9.9", "10:00").unwrap_err();

    assert_eq!(
        refused.to_string(),
        "1200 shares of 00005 are offered, 800 are held and not under another order"
    );
}

#[test]
fn shares_under_a_stop_and_target_are_offered_once() {
    let mut desk = Desk::open();
    desk.hold(800);
    desk.protect(400, "9.5", Some("11"), "10:00").unwrap();

    let rest = desk.sell(400, "9.9", "10:01").unwrap();
    let more = desk.sell(400, "9.9", "10:02").unwrap_err();

    assert_eq!(rest.status, TicketStatus::Working);
    assert_eq!(
        more.to_string(),
        "400 shares of 00005 are offered, 0 are held and not under another order"
    );
}

#[test]
fn a_stop_is_kept_by_the_broker_at_any_hour() {
    let mut desk = Desk::open();
    desk.hold(400);

    let ticket = desk.protect(400, "9.5", None, "22:00").unwrap();

    assert_eq!(ticket.status, TicketStatus::Working);
}

#[test]
fn an_auction_exit_is_taken_only_in_the_closing_auction() {
    let mut desk = Desk::open();
    desk.hold(400);

    let early = desk.sell_in_auction(400, "15:59").unwrap_err();
    let ticket = desk.sell_in_auction(400, "16:05").unwrap();

    assert_eq!(
        early.to_string(),
        "an auction exit is not accepted in the phase continuous_afternoon"
    );
    assert_eq!(ticket.price, None);
}

#[test]
fn an_auction_exit_trades_at_the_close_of_the_last_minute() {
    let mut desk = Desk::open();
    desk.hold(400);
    desk.bar("15:59", ["10.1", "10.3", "10.1", "10.25"], 100_000);
    desk.sell_in_auction(400, "16:05").unwrap();

    desk.close_day();

    assert_eq!(desk.fills()[1], (Leg::Exit, 400, "10.25".to_owned()));
    assert_eq!(desk.held(), 0);
}

#[test]
fn a_symbol_that_did_not_trade_in_the_last_minute_has_no_auction() {
    let mut desk = Desk::open();
    desk.hold(400);
    desk.bar("15:59", ["10.1", "10.1", "10.1", "10.1"], 0);
    let exit = desk.sell_in_auction(400, "16:05").unwrap();

    desk.close_day();

    assert_eq!(desk.held(), 400);
    assert_eq!(desk.ticket(exit.id).status, TicketStatus::Cancelled);
}

#[test]
fn orders_for_the_day_die_with_it_and_stops_live_on() {
    let mut desk = Desk::open();
    desk.hold(800);
    let stop = desk.protect(400, "9.5", Some("11"), "10:00").unwrap().id;
    let exit = desk.sell(400, "12", "10:00").unwrap().id;
    let entry = desk.buy(400, PRICES, "10:00");

    desk.close_day();
    desk.next_day("2026-09-15");
    desk.bar("09:30", ["9.4", "9.5", "9.3", "9.4"], 100_000);

    assert_eq!(desk.ticket(exit).status, TicketStatus::Cancelled);
    assert_eq!(desk.ticket(entry).status, TicketStatus::Cancelled);
    assert_eq!(desk.ticket(stop).status, TicketStatus::Filled);
    assert_eq!(desk.held(), 400);
}

#[test]
fn an_odd_remainder_can_be_sold() {
    let mut desk = Desk::open();
    desk.hold(800);

    desk.sell(450, "9.9", "10:00").unwrap();
    desk.bar("10:00", ["10", "10", "9.9", "10"], 4_000);
    desk.bar("10:01", ["10", "10", "9.9", "10"], 4_000);

    let sold: Vec<u64> = desk.fills().iter().skip(1).map(|fill| fill.1).collect();
    assert_eq!(sold, [400, 50]);
    assert_eq!(desk.held(), 350);
}

#[test]
fn in_lunch_an_entry_stays_and_a_stop_can_be_withdrawn() {
    let mut desk = Desk::open();
    desk.hold(400);
    let stop = desk.protect(400, "9.5", None, "10:00").unwrap().id;
    let entry = desk.buy(400, PRICES, "10:00");

    let entry = desk.cancel(entry, "12:30").unwrap();
    let stop = desk.cancel(stop, "12:30").unwrap();

    assert_eq!(entry.status, TicketStatus::Working);
    assert_eq!(stop.status, TicketStatus::Cancelled);
    assert_eq!(stop.shares, shares(400));
}
