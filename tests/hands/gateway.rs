//! Everything left by the real program while the practice gateway does what it can. Every fault at every step
//! of it is played in process, by `faults`; here is what the owner reads, and what guards make of it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use catalyst_tws_emulator::{Fault, FaultScript, RequestKind, Trigger};

use super::crew::play_each;
use super::stand::FLATTEN;
use crate::faults::effects::{effects_at, impossible, word};
use crate::kill::stand::Stand;

/// Longer than the deadlines of the settings together.
const BOUND: Duration = Duration::from_mins(1);

/// Answers that do not come are given up soon.
const HURRIED: &str =
    ", connect_timeout_seconds: 2, answer_timeout_seconds: 2, order_timeout_seconds: 2";

/// One fault of each sort at an order, at its withdrawal, and at what is asked first and last; and a line on
/// which nobody gets through.
fn faults() -> Vec<Fault> {
    let mut faults = Vec::new();
    for (on, times) in [
        (Trigger::Request(RequestKind::PlaceOrder), 1),
        (Trigger::Request(RequestKind::CancelOrder), 1),
        (Trigger::Request(RequestKind::AllOpenOrders), 1),
        (Trigger::Request(RequestKind::StartApi), 1),
        (Trigger::Connection, u32::MAX),
    ] {
        let mut words = BTreeSet::new();
        for effect in effects_at(on) {
            if impossible(on, &effect).is_none() && words.insert(word(&effect)) {
                faults.push(Fault {
                    on,
                    after: 0,
                    times,
                    effect,
                });
            }
        }
    }
    faults
}

async fn ends_well(fault: &Fault) {
    let stand = Stand::holding("2026-09-14").await;
    stand.set(HURRIED);
    stand.later(2);
    stand.gateway.set_faults(FaultScript {
        faults: vec![fault.clone()],
    });
    let begun = Instant::now();

    let ended = stand.program.catalyst(&FLATTEN);

    assert!(begun.elapsed() < BOUND, "{:?}", begun.elapsed());
    let (held, is_asked) = (stand.held().await, stand.asked());
    if ended.code == Some(0) {
        assert_eq!((held, is_asked), (0, false), "{ended:?}");
    } else {
        assert!(is_asked && ended.out.contains("left: "), "{ended:?}");
        assert!(
            ended.code == Some(5) || ended.err.contains("hint"),
            "{ended:?}"
        );
        let is_named = ended.out.contains("left: 200 shares of 00700: ");
        assert!(held == 0 || is_named, "{ended:?}");
    }
    stand.nothing_was_sent_twice("flatten");
    stand.gateway.set_faults(FaultScript::none());
    for _ in 0..3 {
        if stand.held().await == 0 && !stand.asked() {
            break;
        }
        stand.later(2);
        stand.guard();
    }
    assert_eq!((stand.held().await, stand.asked()), (0, false), "{ended:?}");
    stand.assert_sold_once("the guards after it").await;
}

#[test]
fn whatever_the_gateway_does_it_ends_flat_or_says_what_is_left_and_guards_finish_it() {
    play_each(faults(), ends_well);
}
