//! Single orders, as a wire brings them: alone, one after another, changed.

use catalyst_adapters_sim::exchange::{ExchangeEvent, LegTerms};
use catalyst_adapters_sim::faces::SimWire;
use catalyst_domain::order::{Leg, TicketStatus};

use crate::desk::{Desk, MONDAY, at, shares};
use crate::permit::buy;
use crate::world::generated;

#[test]
fn a_purchase_can_come_without_exits() {
    let mut desk = Desk::open();
    let id = desk.id(Leg::Entry);

    let ticket = desk.place(&[desk.leg(id, 400, LegTerms::Buy, "10")], "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 100_000);

    assert_eq!(ticket.unwrap().status, TicketStatus::Working);
    assert_eq!(desk.held(), 400);
    assert!(desk.exchange.is_idle());
}

#[test]
fn exits_that_come_after_their_entry_wait_for_it() {
    let mut desk = Desk::open();
    let id = desk.id(Leg::Entry);
    desk.place(&[desk.leg(id, 400, LegTerms::Buy, "10")], "10:00")
        .unwrap();

    let stop = desk.place(&[desk.leg(id, 400, LegTerms::Stop, "9.5")], "10:00");
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 100_000);

    assert_eq!(stop.unwrap().status, TicketStatus::Held);
    let stop = desk.ticket(id.sibling(Leg::Stop));
    assert_eq!(
        (stop.status, stop.shares),
        (TicketStatus::Working, shares(400))
    );
}

#[test]
fn exits_under_an_entry_that_has_bought_cover_what_it_bought_and_no_more() {
    let mut desk = Desk::open();
    let id = desk.id(Leg::Entry);
    desk.place(&[desk.leg(id, 4_000, LegTerms::Buy, "10")], "10:00")
        .unwrap();
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 8_000);
    desk.cancel(id, "10:01");

    let stop = desk.place(&[desk.leg(id, 4_000, LegTerms::Stop, "9.5")], "10:01");
    let target = desk.place(&[desk.leg(id, 800, LegTerms::Target, "11")], "10:01");

    assert_eq!(stop.unwrap().shares, shares(800));
    assert_eq!(target.unwrap().shares, shares(800));
}

#[test]
fn exits_under_an_entry_that_ended_empty_are_refused() {
    let mut desk = Desk::open();
    let id = desk.buy(400, ["9.5", "10", "11"], "10:00");
    desk.cancel(id, "10:01");
    let other = desk.id(Leg::Entry);
    desk.place(&[desk.leg(other, 400, LegTerms::Buy, "10")], "10:01")
        .unwrap();
    desk.cancel(other, "10:01");

    let refused = desk.place(&[desk.leg(other, 400, LegTerms::Stop, "9.5")], "10:02");

    assert_eq!(
        refused.unwrap_err().to_string(),
        "the entry 20260914-0000.1-02e has ended and bought nothing"
    );
}

#[test]
fn a_target_beside_its_stop_offers_nothing_twice() {
    let mut desk = Desk::open();
    desk.hold(800);
    let id = desk.id(Leg::Stop);
    desk.place(&[desk.leg(id, 400, LegTerms::Stop, "9.5")], "10:00")
        .unwrap();

    let target = desk.place(&[desk.leg(id, 400, LegTerms::Target, "11")], "10:00");
    let rest = desk.sell(400, "11", "10:00");
    let beyond = desk.sell(400, "11", "10:00");

    assert_eq!(target.unwrap().status, TicketStatus::Working);
    assert_eq!(rest.unwrap().status, TicketStatus::Working);
    assert!(beyond.unwrap_err().to_string().contains("0 are held"));
}

#[test]
fn of_orders_placed_together_all_come_or_none() {
    let mut desk = Desk::open();
    let id = desk.id(Leg::Entry);
    let legs = [
        desk.leg(id, 400_000_000, LegTerms::Buy, "10"),
        desk.leg(id, 400, LegTerms::Stop, "9.5"),
    ];

    let refused = desk.place(&legs, "10:00");

    assert!(refused.is_err(), "{refused:?}");
    assert!(desk.exchange.is_idle());
    assert_eq!(desk.exchange.ticket(id.sibling(Leg::Stop)), None);
}

#[test]
fn an_order_can_be_changed_while_it_works_and_keeps_its_fills() {
    let mut desk = Desk::open();
    let id = desk.id(Leg::Entry);
    desk.place(&[desk.leg(id, 4_000, LegTerms::Buy, "10")], "10:00")
        .unwrap();
    desk.bar("10:00", ["9.8", "9.9", "9.7", "9.85"], 8_000);

    let changed = desk.amend(&desk.leg(id, 1_200, LegTerms::Buy, "9.9"), "10:01");
    let too_small = desk.amend(&desk.leg(id, 800, LegTerms::Buy, "9.9"), "10:01");
    let too_large = desk.amend(&desk.leg(id, 400_000, LegTerms::Buy, "9.9"), "10:01");
    desk.bar("10:01", ["9.7", "9.7", "9.7", "9.7"], 100_000);
    let ended = desk.amend(&desk.leg(id, 2_000, LegTerms::Buy, "9.9"), "10:02");

    let changed = changed.unwrap();
    assert_eq!(
        (changed.shares, changed.filled),
        (shares(1_200), shares(800))
    );
    assert!(
        too_small
            .unwrap_err()
            .to_string()
            .contains("cannot be changed")
    );
    assert!(too_large.unwrap_err().to_string().contains("may cost"));
    assert_eq!(desk.held(), 1_200);
    assert!(ended.unwrap_err().to_string().contains("cannot be changed"));
}

#[test]
fn the_wire_gets_every_event_once_and_in_order() {
    let world = generated(4, MONDAY, "10:00");
    let wire = SimWire::new(std::sync::Arc::clone(&world));
    let ticket = buy(&world, 1).unwrap();

    wire.advance_to(at(MONDAY.parse().unwrap(), "16:30"))
        .unwrap();
    let events = wire.take_events();

    let accepted = events
        .iter()
        .take_while(|event| matches!(event, ExchangeEvent::Accepted(_)));
    assert_eq!(accepted.count(), 3);
    let ends_of_entry = events.iter().filter(|event| match event {
        ExchangeEvent::Ended(ended) => ended.id == ticket.id,
        ExchangeEvent::Accepted(_) | ExchangeEvent::Filled(_) => false,
    });
    assert_eq!(ends_of_entry.count(), 1);
    assert_eq!(wire.take_events(), []);
}
