//! Laws that hold for any orders and any bars.

use std::collections::BTreeMap;

use catalyst_adapters_sim::exchange::LegTerms;
use catalyst_domain::order::Leg;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::tick::LimitPrice;
use proptest::prelude::*;

use crate::desk::{Desk, config, symbol};

#[derive(Debug, Clone)]
enum Step {
    Buy {
        lots: u64,
        tick: i32,
    },
    Alone {
        kind: usize,
        count: u64,
        tick: i32,
    },
    Under {
        number: u16,
        count: u64,
        tick: i32,
    },
    Amend {
        number: u16,
        kind: usize,
        count: u64,
        tick: i32,
    },
    Sell {
        count: u64,
        tick: i32,
    },
    Protect {
        count: u64,
        tick: i32,
    },
    Cancel {
        number: u16,
        leg: usize,
    },
    Bar {
        ticks: [i32; 4],
        volume: u64,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let tick = -20..20_i32;
    let step = prop_oneof![
        (1..20_u64, tick.clone()).prop_map(|(lots, tick)| Step::Buy { lots, tick }),
        (0..4_usize, 1..3_000_u64, tick.clone()).prop_map(|(kind, count, tick)| Step::Alone {
            kind,
            count,
            tick
        }),
        (1..20_u16, 1..3_000_u64, tick.clone()).prop_map(|(number, count, tick)| Step::Under {
            number,
            count,
            tick
        }),
        (1..20_u16, 0..4_usize, 1..3_000_u64, tick.clone()).prop_map(
            |(number, kind, count, tick)| Step::Amend {
                number,
                kind,
                count,
                tick
            }
        ),
        (1..3_000_u64, tick.clone()).prop_map(|(count, tick)| Step::Sell { count, tick }),
        (1..3_000_u64, tick.clone()).prop_map(|(count, tick)| Step::Protect { count, tick }),
        (1..20_u16, 0..4_usize).prop_map(|(number, leg)| Step::Cancel { number, leg }),
        (prop::array::uniform4(tick.clone()), 0..60_000_u64)
            .prop_map(|(ticks, volume)| Step::Bar { ticks, volume }),
        (prop::array::uniform4(tick), 0..60_000_u64)
            .prop_map(|(ticks, volume)| Step::Bar { ticks, volume }),
    ];
    prop::collection::vec(step, 1..60)
}

/// The orders that need a price.
const KINDS: [fn(LimitPrice) -> LegTerms; 4] = [
    LegTerms::Buy,
    LegTerms::Stop,
    LegTerms::Target,
    LegTerms::Sell,
];

/// A legal price around 15.00, where the tick is 0.01.
fn price(tick: i32) -> String {
    format!("{}.{:02}", (1_500 + tick) / 100, (1_500 + tick) % 100)
}

/// Plays the steps, one a minute, through a day; refused orders are part of it.
fn play(steps: &[Step]) -> Desk {
    let mut desk = Desk::open();
    for (minute, step) in steps.iter().enumerate() {
        let time = format!("{:02}:{:02}", 10 + minute / 60, minute % 60);
        let around = |tick: i32| [price(tick - 50), price(tick), price(tick + 50)];
        match step {
            Step::Buy { lots, tick } => {
                let prices = around(*tick);
                let plan = desk.bracket(lots * 400, prices.each_ref().map(String::as_str));
                drop(desk.send(
                    catalyst_domain::order::OrderPlan::Bracket(plan),
                    Leg::Entry,
                    &time,
                ));
            }
            Step::Alone { kind, count, tick } => {
                let id = desk.id(Leg::Entry);
                let leg = desk.leg(id, *count, KINDS[*kind], &price(*tick));
                drop(desk.place(&[leg], &time));
            }
            Step::Under {
                number,
                count,
                tick,
            } => {
                let id = desk.named(*number, Leg::Entry);
                let leg = desk.leg(id, *count, LegTerms::Stop, &price(*tick - 30));
                drop(desk.place(&[leg], &time));
            }
            Step::Amend {
                number,
                kind,
                count,
                tick,
            } => {
                let id = desk.named(*number, Leg::Entry);
                let leg = desk.leg(id, *count, KINDS[*kind], &price(*tick));
                drop(desk.amend(&leg, &time));
            }
            Step::Sell { count, tick } => drop(desk.sell(*count, &price(*tick), &time)),
            Step::Protect { count, tick } => {
                let target = price(tick + 30);
                drop(desk.protect(*count, &price(tick - 30), Some(&target), &time));
            }
            Step::Cancel { number, leg } => {
                let leg = [Leg::Entry, Leg::Stop, Leg::Target, Leg::Exit][*leg];
                let id = desk.named(*number, leg);
                desk.cancel(id, &time);
            }
            Step::Bar { ticks, volume } => {
                let [open, a, b, close] = *ticks;
                let high = open.max(a).max(b).max(close);
                let low = open.min(a).min(b).min(close);
                let prices = [open, high, low, close].map(price);
                desk.bar(&time, prices.each_ref().map(String::as_str), *volume);
            }
        }
    }
    desk
}

proptest! {
    #[test]
    fn cash_is_what_the_fills_made_of_it(steps in steps()) {
        let desk = play(&steps);

        let mut expected = config().cash;
        for fill in desk.exchange.fills() {
            expected = expected.plus(fill.cash_effect().unwrap()).unwrap();
        }
        prop_assert_eq!(desk.exchange.cash(), expected);
        prop_assert!(!desk.exchange.cash().is_negative());
    }

    #[test]
    fn shares_are_what_was_bought_less_what_was_sold_and_never_below_nothing(steps in steps()) {
        let desk = play(&steps);

        let mut held = Shares::ZERO;
        for fill in desk.exchange.fills() {
            held = match fill.side {
                Side::Buy => held.plus(fill.shares),
                Side::Sell => held.minus(fill.shares).unwrap(),
            };
        }
        prop_assert_eq!(desk.exchange.positions().get(&symbol()).copied().unwrap_or(Shares::ZERO), held);
    }

    #[test]
    fn no_order_fills_beyond_its_shares_and_no_purchase_above_its_limit(steps in steps()) {
        let desk = play(&steps);

        let mut filled: BTreeMap<_, Shares> = BTreeMap::new();
        for fill in desk.exchange.fills() {
            let sum = filled.entry(fill.order).or_insert(Shares::ZERO);
            *sum = sum.plus(fill.shares);
            let ticket = desk.ticket(fill.order);
            prop_assert!(*sum <= ticket.shares);
            prop_assert!(*sum <= ticket.filled);
            let amended = steps.iter().any(|step| matches!(step, Step::Amend { .. }));
            match fill.order.leg() {
                // The price of a changed order is no longer the one that it filled at.
                _ if amended => {}
                Leg::Entry => prop_assert!(Some(fill.price) <= ticket.price),
                Leg::Target | Leg::Exit => prop_assert!(Some(fill.price) >= ticket.price),
                Leg::Stop => {}
            }
            prop_assert!(!fill.fees.is_negative());
        }
    }

    #[test]
    fn what_is_saved_reads_back_the_same(steps in steps()) {
        let desk = play(&steps);
        let saved = desk.exchange.save();

        let text = serde_json::to_string(&saved).unwrap();
        let read: catalyst_adapters_sim::exchange::SavedExchange = serde_json::from_str(&text).unwrap();
        let restored = catalyst_adapters_sim::exchange::Exchange::restore(
            read,
            std::sync::Arc::clone(&crate::desk::RULES),
            config(),
        )
        .unwrap();

        prop_assert_eq!(restored.working(), desk.exchange.working());
        prop_assert_eq!(restored.save(), saved);
    }
}
