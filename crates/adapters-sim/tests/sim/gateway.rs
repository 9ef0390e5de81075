//! The order desk: endings of a submission, planned faults, what the account shows afterwards.

use std::sync::Arc;

use catalyst_adapters_sim::faces::{SimAccount, SimGateway};
use catalyst_adapters_sim::faults::Fault;
use catalyst_domain::order::{Leg, TicketStatus};
use catalyst_ports::account::AccountBook as _;
use catalyst_ports::order_gateway::{OrderGateway as _, SubmitError};
use chrono::TimeDelta;

use crate::desk::{MONDAY, at};
use crate::permit::{buy, buy_late, name, tencent};
use crate::world::{generated, now};

#[test]
fn an_approved_order_fills_in_the_next_minute_and_is_seen_everywhere() {
    let world = generated(4, MONDAY, "10:00");
    let (desk, account) = (
        SimGateway::new(Arc::clone(&world)),
        SimAccount::new(Arc::clone(&world)),
    );
    let before = now(account.snapshot()).unwrap();

    let ticket = buy(&world, 1).unwrap();
    world
        .advance_to(at(MONDAY.parse().unwrap(), "10:05"))
        .unwrap();

    assert_eq!(ticket.status, TicketStatus::Working);
    let after = now(account.snapshot()).unwrap();
    let fills = now(account.executions_since(at(MONDAY.parse().unwrap(), "10:00"))).unwrap();
    assert_eq!(fills[0].fill.order, ticket.id);
    assert_eq!(after.positions[0].symbol, tencent());
    assert_eq!(
        after.cash,
        before
            .cash
            .plus(fills[0].fill.cash_effect().unwrap())
            .unwrap()
    );
    let working = now(desk.working()).unwrap();
    let legs: Vec<Leg> = working.iter().map(|ticket| ticket.id.leg()).collect();
    assert_eq!(legs, [Leg::Stop, Leg::Target]);
    assert_eq!(now(account.executions_since(world.now())).unwrap(), []);
}

#[test]
fn an_id_is_accepted_once() {
    let world = generated(4, MONDAY, "10:00");
    buy(&world, 1).unwrap();

    let again = buy(&world, 1).unwrap_err();

    assert_eq!(
        again.to_string(),
        "rejected: order 20260914-0000.1-01e was sent before, an id is accepted once"
    );
}

#[test]
fn a_permit_lapses() {
    let world = generated(4, MONDAY, "10:00");

    let late = buy_late(&world, TimeDelta::seconds(31)).unwrap_err();

    assert!(matches!(late, SubmitError::Lapsed));
    assert_eq!(now(SimGateway::new(world).working()).unwrap(), []);
}

#[test]
fn an_unknown_outcome_may_or_may_not_have_arrived() {
    let world = generated(4, MONDAY, "10:00");
    let desk = SimGateway::new(Arc::clone(&world));
    world.plan_faults([
        Some(Fault::UnknownBeforeAcceptance),
        Some(Fault::UnknownAfterAcceptance),
        None,
    ]);

    let lost = buy(&world, 1).unwrap_err();
    let arrived = buy(&world, 2).unwrap_err();

    assert!(matches!(lost, SubmitError::OutcomeUnknown { .. }));
    assert!(matches!(arrived, SubmitError::OutcomeUnknown { .. }));
    assert_eq!(now(desk.ticket(name(&world, 1))).unwrap(), None);
    let ticket = now(desk.ticket(name(&world, 2))).unwrap().unwrap();
    assert_eq!(ticket.status, TicketStatus::Working);
    assert_eq!(buy(&world, 3).unwrap().status, TicketStatus::Working);
}

#[test]
fn a_refused_stop_leaves_the_entry_at_work_without_it() {
    let world = generated(4, MONDAY, "10:00");
    let desk = SimGateway::new(Arc::clone(&world));
    world.plan_faults([Some(Fault::StopRefused)]);

    let entry = buy(&world, 1).unwrap();
    world
        .advance_to(at(MONDAY.parse().unwrap(), "10:05"))
        .unwrap();

    let stop = now(desk.ticket(entry.id.sibling(Leg::Stop)))
        .unwrap()
        .unwrap();
    let target = now(desk.ticket(entry.id.sibling(Leg::Target)))
        .unwrap()
        .unwrap();
    assert_eq!(stop.status, TicketStatus::Rejected);
    assert_eq!(target.status, TicketStatus::Working);
}

#[test]
fn a_cancelled_order_answers_with_its_ticket_and_a_strange_one_with_nothing() {
    let world = generated(4, MONDAY, "10:00");
    let desk = SimGateway::new(Arc::clone(&world));
    let entry = buy(&world, 1).unwrap();

    let first = now(desk.cancel(entry.id)).unwrap().unwrap();
    let again = now(desk.cancel(entry.id)).unwrap().unwrap();

    assert_eq!(first.status, TicketStatus::Cancelled);
    assert_eq!(again, first);
    assert_eq!(now(desk.cancel(name(&world, 9))).unwrap(), None);
}
