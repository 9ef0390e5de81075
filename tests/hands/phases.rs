//! Everything left by the real program at a practice gateway, begun in every phase of a day.

use std::collections::BTreeSet;
use std::sync::Arc;

use catalyst_adapters_sim::faces::SimAccount;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::account::AccountBook as _;
use catalyst_tws_emulator::{Effect, EmulatorConfig, Fault, FaultScript, RequestKind, Trigger};

use crate::days::stage::clock;
use crate::kill::journal::Engine;
use crate::kill::stand::Stand;

impl Stand {
    /// The program with a position of 200 shares, bought at ten o'clock of `date`.
    pub(super) async fn holding(date: &str) -> Self {
        Self::holding_since(date, "10:00").await
    }

    /// The same, bought at `time`.
    async fn holding_since(date: &str, time: &str) -> Self {
        let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
        let config = EmulatorConfig::paper(([127, 0, 0, 1], 0).into());
        let stand = Self::on(&rules, &Engine::Sqlite, 0, (date, config)).await;
        stand.at(date, time);
        stand.write_purchase("buy").await;
        let bought = stand.cycle("buy");
        assert_eq!(bought.code, Some(0), "{bought:?}");
        assert_eq!(stand.held().await, 200);
        stand
    }

    pub(super) fn at(&self, date: &str, time: &str) {
        let moment = self.rules.calendar.at(date.parse().unwrap(), clock(time));
        self.gateway.advance_to(moment);
    }

    pub(super) async fn held(&self) -> u64 {
        let account = SimAccount::new(Arc::clone(&self.world)).snapshot().await;
        let positions = account.unwrap().positions;
        positions.iter().map(|held| held.shares.count()).sum()
    }

    pub(super) fn asked(&self) -> bool {
        self.program.home().join("state/catalyst/flatten").exists()
    }

    pub(super) fn nothing_was_sent_twice(&self, what: &str) {
        let sent = self.gateway.log().into_iter();
        let placed = sent.filter(|one| one.kind == RequestKind::PlaceOrder);
        let mut names = BTreeSet::new();
        for name in placed.filter_map(|one| one.order?.order_ref) {
            assert!(names.insert(name.clone()), "{what}: {name} was sent twice");
        }
    }
}

/// The last minute in which a position is entered.
const LATE: (&str, &str) = ("2026-09-14", "15:44");

const FLATTEN: [&str; 5] = ["flatten", "--reason", "for the test", "--wait", "0"];

/// Begun at `time` the exchange takes exits: flat at once.
async fn leaves_at_once(date: &str, time: &str) {
    let stand = Stand::holding(date).await;
    stand.at(date, time);

    let ended = stand.program.catalyst(&FLATTEN);

    assert_eq!(ended.code, Some(0), "{date} {time}: {ended:?}");
    assert!(ended.out.contains("flat: nothing is held"), "{}", ended.out);
    assert_eq!(
        (stand.held().await, stand.asked()),
        (0, false),
        "{date} {time}"
    );
    stand.nothing_was_sent_twice(time);
    let cycle = stand.cycle("buy");
    assert!(
        matches!(cycle.code, Some(0 | 3)),
        "{date} {time}: {cycle:?}"
    );
    assert_eq!(stand.held().await, 0, "entries stay halted");
}

/// Begun at `time` it does not: what is left and when it goes on is told, and the guard at `then` leaves it.
async fn queues(
    (bought, since): (&str, &str),
    (date, time): (&str, &str),
    (next, then): (&str, &str),
) {
    let stand = Stand::holding_since(bought, since).await;
    stand.at(date, time);

    let ended = stand.program.catalyst(&FLATTEN);

    assert_eq!(ended.code, Some(5), "{date} {time}: {ended:?}");
    assert!(
        ended.out.contains("left: 200 shares of 00700"),
        "{}",
        ended.out
    );
    assert!(
        ended
            .out
            .contains(&format!("exits can be sent from {next}")),
        "{}",
        ended.out
    );
    assert_eq!(
        (stand.held().await, stand.asked()),
        (200, true),
        "{date} {time}"
    );
    let (day, hour) = then.split_once(' ').unwrap();
    stand.at(day, hour);
    let guard = stand.program.catalyst(&["guard"]);
    assert!(matches!(guard.code, Some(0 | 3)), "{then}: {guard:?}");
    assert_eq!((stand.held().await, stand.asked()), (0, false), "{then}");
    stand.nothing_was_sent_twice(time);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_continuous_trading_everything_is_left_at_once() {
    leaves_at_once("2026-09-14", "11:00").await;
    leaves_at_once("2026-09-14", "14:00").await;
    leaves_at_once("2026-02-16", "11:00").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_lunch_it_waits_for_the_afternoon() {
    let afternoon = ("2026-09-14T05:00:00+00:00", "2026-09-14 13:01");
    queues(("2026-09-14", "10:00"), ("2026-09-14", "12:10"), afternoon).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_close_and_before_the_open_it_waits_for_the_morning() {
    let morning = ("2026-09-15T01:30:00+00:00", "2026-09-15 09:31");
    queues(LATE, ("2026-09-14", "16:30"), morning).await;
    queues(LATE, ("2026-09-15", "09:05"), morning).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_weekend_it_waits_for_monday() {
    let monday = ("2026-09-21T01:30:00+00:00", "2026-09-21 09:31");
    queues(("2026-09-18", "15:44"), ("2026-09-19", "11:00"), monday).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_closing_auction_an_auction_order_leaves() {
    let stand = Stand::holding_since(LATE.0, LATE.1).await;
    stand.at("2026-09-14", "16:02");

    let ended = stand.program.catalyst(&FLATTEN);
    assert_eq!(ended.code, Some(5), "{ended:?}");
    assert!(
        ended.out.contains("in the closing auction"),
        "{}",
        ended.out
    );
    stand.at("2026-09-14", "16:15");
    let guard = stand.program.catalyst(&["guard"]);

    assert!(matches!(guard.code, Some(0 | 3)), "{guard:?}");
    assert_eq!((stand.held().await, stand.asked()), (0, false));
    stand.nothing_was_sent_twice("auction");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_gateway_does_it_ends_flat_or_says_what_is_left() {
    for kind in [
        RequestKind::PlaceOrder,
        RequestKind::CancelOrder,
        RequestKind::Positions,
        RequestKind::OpenOrders,
    ] {
        for effect in [Effect::Lose, Effect::NeverAnswer] {
            let what = format!("{kind:?} {effect:?}");
            let stand = Stand::holding("2026-09-14").await;
            stand.later(2);
            let fault = Fault {
                on: Trigger::Request(kind),
                after: 0,
                times: 1,
                effect,
            };
            stand.gateway.set_faults(FaultScript {
                faults: vec![fault],
            });

            let ended = stand.program.catalyst(&FLATTEN);

            match ended.code {
                Some(0) => assert_eq!(stand.held().await, 0, "{what}: {ended:?}"),
                Some(5) => assert!(ended.out.contains("left: "), "{what}: {ended:?}"),
                _ => assert!(
                    stand.asked() && ended.err.contains("hint"),
                    "{what}: {ended:?}"
                ),
            }
            stand.nothing_was_sent_twice(&what);
            stand.gateway.set_faults(FaultScript::none());
            for _ in 0..3 {
                stand.later(2);
                stand.guard();
            }
            assert_eq!((stand.held().await, stand.asked()), (0, false), "{what}");
            stand.nothing_was_sent_twice(&what);
        }
    }
}
