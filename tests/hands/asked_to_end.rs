//! Guards and flattenings that the operating system asks to end in the middle: held at each sort of message
//! they send, also with an exit at work.

use std::process::Child;
use std::sync::Arc;
use std::time::{Duration, Instant};

use catalyst_adapters_sim::faces::{SimAccount, SimGateway};
use catalyst_domain::reconcile::{guarded_shares, is_being_left};
use catalyst_ports::account::AccountBook as _;
use catalyst_ports::order_gateway::OrderGateway as _;
use catalyst_tws_emulator::{Effect, Fault, FaultScript, RequestKind, Trigger};

use super::crew::play_each;
use super::signals::{end, piped};
use super::stand::FLATTEN;
use crate::kill::stand::Stand;

/// How long the answer is kept back at which the run is asked to end.
const HELD: Duration = Duration::from_millis(600);

/// How long a run may take to end: its exit has five seconds, and this machine may be busy.
const SOON: Duration = Duration::from_secs(10);

/// Longer than a run takes to come to its message.
const PATIENCE: Duration = Duration::from_mins(1);

/// What is asked to end, and where.
#[derive(Debug, Clone, Copy)]
struct Moment {
    command: &'static [&'static str],
    kind: RequestKind,
    /// Messages of the kind before.
    after: u32,
}

/// The first message of each kind that `command` sends, and every order.
async fn moments_of(command: &'static [&'static str]) -> Vec<Moment> {
    let stand = asked().await;
    stand.gateway.set_faults(FaultScript::none());
    let undisturbed = stand.program.catalyst(command);
    assert_eq!(
        (stand.held().await, stand.asked()),
        (0, false),
        "{undisturbed:?}"
    );
    let mut moments = Vec::new();
    for kind in RequestKind::ALL {
        let seen = stand.gateway.seen(Trigger::Request(*kind));
        let is_order = matches!(kind, RequestKind::PlaceOrder | RequestKind::CancelOrder);
        let shown = if is_order { seen } else { seen.min(1) };
        moments.extend((0..shown).map(|after| Moment {
            command,
            kind: *kind,
            after,
        }));
    }
    moments
}

/// Something held that the owner wants left, two minutes after it was bought.
async fn asked() -> Stand {
    let stand = Stand::holding("2026-09-14").await;
    stand.later(2);
    stand
        .program
        .file("state/catalyst/flatten", "flatten by wing\n");
    stand
}

impl Stand {
    /// Waits until the message of `moment` has come; false where the run ended before.
    fn has_come_to(&self, moment: &Moment, run: &mut Child) -> bool {
        let begun = Instant::now();
        while self.gateway.seen(Trigger::Request(moment.kind)) <= moment.after {
            if run.try_wait().unwrap().is_some() {
                return false;
            }
            assert!(begun.elapsed() < PATIENCE, "{moment:?} does not come");
            std::thread::yield_now();
        }
        true
    }

    /// Everything held is under its stop or on its way out.
    async fn assert_safe(&self) {
        let account = SimAccount::new(Arc::clone(&self.world)).snapshot().await;
        let gateway = SimGateway::new(Arc::clone(&self.world));
        let working = gateway.working().await.unwrap();
        for held in account.unwrap().positions {
            let (symbol, shares) = (held.symbol, held.shares);
            let is_guarded = guarded_shares(symbol, &working) == shares;
            let is_safe = is_guarded || is_being_left(symbol, shares, &working);
            assert!(is_safe, "{held:?} is bare: {working:?}");
        }
    }
}

async fn ends_safely(moment: &Moment) {
    let stand = asked().await;
    let (on, after) = (Trigger::Request(moment.kind), moment.after);
    let effect = Effect::Delay(HELD);
    let held = Fault {
        on,
        after,
        times: 1,
        effect,
    };
    stand.gateway.set_faults(FaultScript { faults: vec![held] });
    let mut run = piped(stand.program.command(moment.command));
    assert!(stand.has_come_to(moment, &mut run), "it ended before");
    let begun = Instant::now();

    // Its output ends when no process holds it any more, so that none is left behind.
    let ended = end(run);

    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    let out = String::from_utf8(ended.stdout).unwrap();
    let err = String::from_utf8(ended.stderr).unwrap();
    stand.gateway.set_faults(FaultScript::none());
    stand.assert_safe().await;
    let last = stand.program.catalyst(&["status", "--json"]).json();
    let last = &last["last_run"];
    if stand.held().await > 0 {
        assert!(matches!(ended.status.code(), Some(5 | 75)), "{out}{err}");
        assert!(stand.asked(), "{out}{err}");
    }
    assert!(out.contains("stopped by a signal"), "{out}{err}");
    let name = last["name"].as_str().unwrap();
    assert!(name.starts_with(['g', 'h']), "{name}");
    assert_eq!(last["ending"], "stopped", "{out}{err}");
    for _ in 0..3 {
        if stand.held().await == 0 && !stand.asked() {
            break;
        }
        stand.later(2);
        let guard = stand.guard();
        assert!(matches!(guard.code, Some(0 | 3)), "{guard:?}");
    }
    assert_eq!(
        (stand.held().await, stand.asked()),
        (0, false),
        "{out}{err}"
    );
    stand.assert_sold_once("the guards after it").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_end_in_the_middle_they_leave_everything_safe_and_the_next_run_goes_on() {
    let mut moments = moments_of(&FLATTEN).await;
    moments.extend(moments_of(&["guard"]).await);

    play_each(moments, ends_safely);
}
