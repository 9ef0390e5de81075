//! How purchases fill, and how their exits follow: each sentence of `docs/simulation.md`.

use catalyst_domain::order::{Leg, TicketStatus};

use crate::desk::{Desk, shares};

const PRICES: [&str; 3] = ["9.5", "10", "11"];

fn fill(leg: Leg, count: u64, price: &str) -> (Leg, u64, String) {
    (leg, count, price.to_owned())
}

#[test]
fn a_purchase_that_takes_pays_the_next_open_and_one_tick() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 100_000);

    assert_eq!(desk.fills(), [fill(Leg::Entry, 400, "9.805")]);
}

#[test]
fn a_bar_that_began_before_the_order_came_cannot_fill_it() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00:05");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 100_000);

    assert_eq!(desk.fills(), []);
}

#[test]
fn a_purchase_without_room_for_the_slippage_rests_at_its_limit() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["10", "10.1", "10", "10.1"], 100_000);
    let touched = desk.fills().len();
    desk.bar("10:01", ["10", "10.1", "9.99", "10.1"], 100_000);

    assert_eq!(touched, 0);
    assert_eq!(desk.fills(), [fill(Leg::Entry, 400, "10")]);
}

#[test]
fn a_purchase_waits_at_its_limit_while_bars_open_above_it() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["10.05", "10.1", "10", "10.05"], 100_000);
    let touched = desk.fills().len();
    desk.bar("10:01", ["10.05", "10.1", "9.99", "10.05"], 100_000);

    assert_eq!(touched, 0);
    assert_eq!(desk.fills(), [fill(Leg::Entry, 400, "10")]);
}

#[test]
fn a_purchase_with_room_fills_in_a_bar_that_only_falls() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.8", "9.7", "9.75"], 100_000);

    assert_eq!(desk.fills(), [fill(Leg::Entry, 400, "9.805")]);
}

#[test]
fn a_limit_exit_with_room_sells_a_tick_below_the_open_and_otherwise_rests() {
    let mut desk = Desk::open();
    desk.hold(800);

    desk.sell(400, "10.2", "10:00").unwrap();
    desk.bar("10:00", ["10.1", "10.2", "10.1", "10.2"], 100_000);
    desk.bar("10:01", ["10.2", "10.21", "10.1", "10.2"], 100_000);
    desk.sell(400, "10.1", "10:02").unwrap();
    desk.bar("10:02", ["10.2", "10.2", "10.2", "10.2"], 100_000);

    let sold = &desk.fills()[1..];
    assert_eq!(
        sold,
        [fill(Leg::Exit, 400, "10.2"), fill(Leg::Exit, 400, "10.19")]
    );
}

#[test]
fn a_resting_purchase_is_not_filled_by_a_touch() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["10.2", "10.2", "10", "10.1"], 100_000);

    assert_eq!(desk.fills(), []);
}

#[test]
fn a_resting_purchase_fills_at_its_limit_when_the_bar_trades_through_it() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["10.2", "10.2", "10", "10.1"], 100_000);
    desk.bar("10:01", ["9.9", "9.95", "9.8", "9.9"], 100_000);

    assert_eq!(desk.fills(), [fill(Leg::Entry, 400, "10")]);
}

#[test]
fn a_minute_without_trades_fills_nothing() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.8", "9.8", "9.8"], 0);

    assert_eq!(desk.fills(), []);
}

#[test]
fn an_order_gets_a_tenth_of_the_volume_in_whole_lots() {
    let mut desk = Desk::open();

    let id = desk.buy(4_000, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 11_900);

    assert_eq!(desk.fills(), [fill(Leg::Entry, 800, "9.805")]);
    assert_eq!(desk.ticket(id).status, TicketStatus::Working);
    assert_eq!(desk.ticket(id).remaining(), shares(3_200));
}

#[test]
fn the_exits_cover_what_has_been_bought_and_nothing_else() {
    let mut desk = Desk::open();

    let id = desk.buy(4_000, PRICES, "10:00");
    let held = desk.ticket(id.sibling(Leg::Stop));
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 8_000);
    desk.bar("10:01", ["9.8", "9.9", "9.7", "9.85"], 4_000);

    let stop = desk.ticket(id.sibling(Leg::Stop));
    assert_eq!(held.status, TicketStatus::Held);
    assert_eq!(
        (stop.status, stop.shares),
        (TicketStatus::Working, shares(1_200))
    );
    assert_eq!(desk.ticket(id.sibling(Leg::Target)).shares, shares(1_200));
}

#[test]
fn a_partly_filled_entry_that_is_cancelled_keeps_its_exits() {
    let mut desk = Desk::open();

    let id = desk.buy(4_000, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 8_000);
    let entry = desk.cancel(id, "10:02").unwrap();

    assert_eq!(
        (entry.status, entry.filled),
        (TicketStatus::Cancelled, shares(800))
    );
    let stop = desk.ticket(id.sibling(Leg::Stop));
    assert_eq!(
        (stop.status, stop.shares),
        (TicketStatus::Working, shares(800))
    );
}

#[test]
fn an_entry_cancelled_without_a_fill_takes_its_exits_with_it() {
    let mut desk = Desk::open();

    let id = desk.buy(400, PRICES, "10:00");
    desk.cancel(id, "10:02").unwrap();

    for leg in [Leg::Entry, Leg::Stop, Leg::Target] {
        assert_eq!(desk.ticket(id.sibling(leg)).status, TicketStatus::Cancelled);
    }
    assert!(desk.exchange.is_idle());
}

#[test]
fn a_stop_is_set_off_by_a_touch_and_loses_a_tick() {
    let mut desk = Desk::open();

    let id = desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 100_000);
    desk.bar("10:01", ["9.6", "9.6", "9.49", "9.55"], 100_000);

    assert_eq!(desk.fills()[1], fill(Leg::Stop, 400, "9.495"));
    assert_eq!(
        desk.ticket(id.sibling(Leg::Target)).status,
        TicketStatus::Cancelled
    );
    assert_eq!(desk.held(), 0);
}

#[test]
fn a_stop_never_fills_below_what_traded() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 100_000);
    desk.bar("10:01", ["9.6", "9.6", "9.5", "9.55"], 100_000);

    assert_eq!(desk.fills()[1], fill(Leg::Stop, 400, "9.5"));
}

#[test]
fn a_gap_below_the_stop_fills_at_the_open_less_a_tick() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 100_000);
    desk.bar("10:01", ["9.2", "9.3", "9.1", "9.3"], 100_000);

    assert_eq!(desk.fills()[1], fill(Leg::Stop, 400, "9.195"));
}

#[test]
fn a_target_needs_a_trade_above_it() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 100_000);
    desk.bar("10:01", ["10.9", "11", "10.9", "11"], 100_000);
    let touched = desk.fills().len();
    desk.bar("10:02", ["11", "11.01", "10.9", "11"], 100_000);

    assert_eq!(touched, 1);
    assert_eq!(desk.fills()[1], fill(Leg::Target, 400, "11"));
}

#[test]
fn the_stop_comes_before_the_target_in_one_bar() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 100_000);
    desk.bar("10:01", ["10", "11.5", "9.4", "11.5"], 100_000);

    assert_eq!(desk.fills().len(), 2);
    assert_eq!(desk.fills()[1], fill(Leg::Stop, 400, "9.495"));
}

#[test]
fn an_entry_can_be_stopped_out_in_its_own_bar() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.4", "9.6"], 100_000);

    assert_eq!(desk.fills()[1], fill(Leg::Stop, 400, "9.495"));
}

#[test]
fn an_entry_cannot_reach_its_target_in_its_own_bar() {
    let mut desk = Desk::open();

    desk.buy(400, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "11.5", "9.8", "11.5"], 100_000);

    assert_eq!(desk.fills().len(), 1);
}

#[test]
fn a_stop_short_of_volume_sells_the_rest_in_the_next_bars_and_ends_the_entry() {
    let mut desk = Desk::open();

    let id = desk.buy(4_000, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 20_000);
    desk.bar("10:01", ["9.5", "9.5", "9.4", "9.4"], 8_000);
    desk.bar("10:02", ["10.2", "10.3", "10.1", "10.2"], 100_000);

    let sold: Vec<_> = desk
        .fills()
        .into_iter()
        .filter(|sale| sale.0 == Leg::Stop)
        .collect();
    assert_eq!(
        sold,
        [
            fill(Leg::Stop, 800, "9.495"),
            fill(Leg::Stop, 2_000, "10.19")
        ]
    );
    assert_eq!(desk.ticket(id).status, TicketStatus::Cancelled);
    assert_eq!(desk.held(), 0);
}

#[test]
fn a_target_partly_filled_shrinks_the_stop() {
    let mut desk = Desk::open();

    let id = desk.buy(4_000, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 100_000);
    desk.bar("10:01", ["11", "11.1", "11", "11.1"], 8_000);

    let stop = desk.ticket(id.sibling(Leg::Stop));
    assert_eq!(stop.remaining(), shares(3_200));
    assert_eq!(desk.held(), 3_200);
}

#[test]
fn what_is_left_of_a_purchase_rests_at_its_limit() {
    let mut desk = Desk::open();

    desk.buy(800, PRICES, "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 4_000);
    desk.bar("10:01", ["9.8", "9.9", "9.7", "9.85"], 4_000);

    let bought = [fill(Leg::Entry, 400, "9.805"), fill(Leg::Entry, 400, "10")];
    assert_eq!(desk.fills(), bought);
}

#[test]
fn commission_minimums_are_paid_once_for_an_order() {
    let mut in_one = Desk::open();
    in_one.buy(800, PRICES, "10:00");
    in_one.bar("10:00", ["10", "10", "9.9", "9.9"], 100_000);
    let mut in_two = Desk::open();

    in_two.buy(800, PRICES, "10:00");
    in_two.bar("10:00", ["10", "10", "9.9", "9.9"], 4_000);
    in_two.bar("10:01", ["10", "10", "9.9", "9.9"], 4_000);

    assert_eq!(in_two.fills().len(), 2);
    assert_eq!(in_two.exchange.cash(), in_one.exchange.cash());
}
