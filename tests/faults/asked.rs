//! Everything left at the owner's word: what one pass of it may come to, and what the passes after it must.

use std::collections::BTreeSet;
use std::sync::Arc;

use catalyst_adapters_sim::faces::{SimAccount, SimGateway};
use catalyst_app::{CycleError, FlattenOutcome, run_flatten};
use catalyst_ports::account::AccountBook as _;
use catalyst_ports::flatten_request::FlattenRequests as _;
use catalyst_ports::order_gateway::OrderGateway as _;
use catalyst_tws_emulator::{FaultScript, RequestKind, Trigger};

use super::effects::{effects_at, word};
use super::scene::{RUN_MAX, SHORT, Scene, Trouble};
use super::steps::Phase;

impl Scene {
    /// The owner asks, and one pass is made with what goes wrong in it. It ends within a bound: flat, or with
    /// what is left and the request kept for the next run.
    pub(super) async fn flattens(&self, trouble: Option<&Trouble>) -> Result<(), String> {
        self.requests.ask("for the test").unwrap();
        let life = self.life(SHORT).await;
        self.emulator
            .set_faults(self.faults(Phase::Leaving, trouble));
        let run = run_flatten(&life.ports, &self.policy, &self.rules);
        let ended = tokio::time::timeout(RUN_MAX, run).await;
        life.session.close().await;
        let (held, working) = self.stands().await;
        match ended {
            Err(_elapsed) => Err("the flattening does not end".to_owned()),
            Ok(Ok(outcome)) if outcome.left.is_empty() => {
                let is_flat = (held, working, self.is_asked()) == (0, 0, false);
                is_flat.then_some(()).ok_or_else(|| {
                    format!("told flat, {held} shares held and {working} orders at work")
                })
            }
            Ok(_) if !self.is_asked() => Err("the request is gone".to_owned()),
            Ok(Ok(outcome)) => names_what_is_left(&outcome),
            Ok(Err(CycleError::Account(_) | CycleError::Gateway(_) | CycleError::Market(_)))
                if trouble.is_some() =>
            {
                Ok(())
            }
            Ok(Err(failure)) => Err(format!("the flattening failed: {failure:?}")),
        }
    }

    /// Everything that was bought is sold, once, nothing works and nothing is asked any more.
    pub(super) async fn is_flat(&self) -> Result<(), String> {
        let (bought, sold, _) = self.came_to().await;
        let (held, working) = self.stands().await;
        let flat = sold == bought && (held, working, self.is_asked()) == (0, 0, false);
        flat.then_some(()).ok_or_else(|| {
            format!("{bought} bought, {sold} sold, {held} held, {working} orders at work")
        })
    }

    fn is_asked(&self) -> bool {
        self.requests.standing().unwrap().is_some()
    }

    /// Shares held and orders at work at the broker itself.
    async fn stands(&self) -> (u64, usize) {
        let account = SimAccount::new(Arc::clone(&self.world)).snapshot().await;
        let held = account.unwrap().positions.into_iter();
        let working = SimGateway::new(Arc::clone(&self.world)).working().await;
        (
            held.map(|one| one.shares.count()).sum(),
            working.unwrap().len(),
        )
    }
}

fn names_what_is_left(outcome: &FlattenOutcome) -> Result<(), String> {
    let left: Vec<String> = outcome.left.iter().map(ToString::to_string).collect();
    let is_named = left.iter().all(|one| one.contains(" shares of 00700: "));
    is_named.then_some(()).ok_or_else(|| left.join("; "))
}

#[test]
fn every_fault_that_a_script_can_name_is_tried() {
    let unknown = FaultScript::parse(r#"{"request": "place_order", "do": "?"}"#).unwrap_err();
    let quoted = unknown.reason.split('`').skip(1).step_by(2);
    let known: BTreeSet<String> = quoted
        .filter(|word| *word != "?")
        .map(str::to_owned)
        .collect();

    let effects = effects_at(Trigger::Request(RequestKind::PlaceOrder));
    let tried: BTreeSet<String> = effects.iter().map(word).collect();

    assert!(known.contains("never_answer"), "{}", unknown.reason);
    assert_eq!(tried, known);
}
