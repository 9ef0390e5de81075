//! The cross product of steps and faults, several scenes at a time since most of a scene is waiting.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;
use catalyst_tws_emulator::Effect;

use super::effects::{effects_at, impossible};
use super::scene::{Scene, Trouble};
use super::steps::{Choice, Phase, Plot, steps_of};

/// Scenes at a time.
const WORKERS: usize = 8;

/// A scene from its first message to its last.
const BOTH: &[Phase] = &[Phase::Buying, Phase::Leaving];

/// What is said of a scene whose trouble had no turn. On a busy machine the scene's short waits can run out
/// before the step, so such a scene is played once more.
const NEVER_COME_TO: &str = "the step was never come to";

/// Guards that may run until everything has settled.
const GUARDS_MAX: u32 = 3;

fn block_on<T>(run: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(run)
}

/// A purchase and a departure with `trouble` in one of them, then guards until everything has settled.
async fn play(rules: &Arc<Rulebook>, trouble: &Trouble) -> Result<(), String> {
    let scene = Scene::new(rules, trouble.step.plot).await;
    scene.cycle(Phase::Buying, Some(trouble)).await?;
    let had_its_turn = || scene.emulator.seen(trouble.step.trigger) > trouble.step.after;
    let mut struck = trouble.step.phase == Phase::Buying && had_its_turn();
    scene.later(2);
    scene.cycle(Phase::Leaving, Some(trouble)).await?;
    struck |= trouble.step.phase == Phase::Leaving && had_its_turn();
    if !struck {
        return Err(NEVER_COME_TO.to_owned());
    }
    let mut flaw = String::new();
    for _ in 0..GUARDS_MAX {
        scene.later(2);
        let settled = match scene.guard().await {
            Ok(()) => match scene.flaw().await {
                Ok(()) if trouble.step.plot == Plot::Asked => scene.is_flat().await,
                flaw => flaw,
            },
            failed => failed,
        };
        match settled {
            Ok(()) => return Ok(()),
            Err(found) => flaw = found,
        }
    }
    Err(flaw)
}

/// Every trouble of `choice` in scenes of `plot`, and what cannot be, by reason.
fn troubles(
    rules: &Arc<Rulebook>,
    plot: Plot,
    choice: Choice,
    phases: &[Phase],
) -> (Vec<Trouble>, BTreeMap<&'static str, u32>) {
    let steps = block_on(async {
        let scene = Scene::new(rules, plot).await;
        let mut steps = Vec::new();
        scene.cycle(Phase::Buying, None).await.unwrap();
        let (bought, _, guarded) = scene.came_to().await;
        let is_whole = bought == scene.ordered();
        assert_eq!(
            (is_whole, guarded),
            (plot != Plot::Partial, bought),
            "{plot:?}"
        );
        assert_ne!(bought, 0, "{plot:?}");
        steps.extend(steps_of(&scene, Phase::Buying, choice));
        scene.later(2);
        scene.cycle(Phase::Leaving, None).await.unwrap();
        assert_eq!(scene.came_to().await, (bought, bought, 0), "{plot:?}");
        assert_eq!(scene.flaw().await, Ok(()), "{plot:?}");
        steps.extend(steps_of(&scene, Phase::Leaving, choice));
        steps.retain(|step| phases.contains(&step.phase));
        steps
    });
    let (mut troubles, mut left_out) = (Vec::new(), BTreeMap::new());
    for step in steps {
        for effect in effects_at(step.trigger) {
            if let Some(reason) = impossible(step.trigger, &effect) {
                *left_out.entry(reason).or_insert(0) += 1;
                continue;
            }
            let goes_on = step.after == 0 && matches!(effect, Effect::NeverAnswer | Effect::Lose);
            let once = Trouble {
                step,
                effect,
                times: 1,
            };
            if goes_on {
                troubles.push(Trouble {
                    times: u32::MAX,
                    ..once.clone()
                });
            }
            troubles.push(once);
        }
    }
    (troubles, left_out)
}

/// Plays every trouble and says each that does not end well.
fn survives(plot: Plot, choice: Choice, phases: &[Phase]) {
    let begun = Instant::now();
    let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
    let (troubles, left_out) = troubles(&rules, plot, choice, phases);
    let total = troubles.len();
    assert!(total > 0, "{plot:?} {choice:?} has no steps");
    let waiting = Mutex::new(troubles.into_iter());
    let failures = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().next();
                    let Some(trouble) = next else { return };
                    let played = || {
                        let played =
                            catch_unwind(AssertUnwindSafe(|| block_on(play(&rules, &trouble))));
                        played.unwrap_or_else(|_| Err("a panic".to_owned()))
                    };
                    let mut ended = played();
                    if matches!(&ended, Err(flaw) if flaw == NEVER_COME_TO) {
                        ended = played();
                    }
                    if let Err(flaw) = ended {
                        let step = trouble.step;
                        failures.lock().unwrap().push(format!(
                            "{:?} {:?} {:?} after {} x {:?} ({} times): {flaw}",
                            step.plot,
                            step.phase,
                            step.trigger,
                            step.after,
                            trouble.effect,
                            trouble.times
                        ));
                    }
                }
            });
        }
    });
    eprintln!(
        "{plot:?} {choice:?}: {total} scenes in {:?}",
        begun.elapsed()
    );
    for (reason, count) in left_out {
        eprintln!("  left out {count}: {reason}");
    }
    let failures = failures.into_inner().unwrap();
    assert!(
        failures.is_empty(),
        "{} of {total}:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn faults_while_connecting_and_asking() {
    survives(Plot::Closes, Choice::Asking, BOTH);
}

#[test]
fn faults_in_what_is_shown_of_account_and_market() {
    survives(Plot::Closes, Choice::Shown, BOTH);
}

#[test]
fn faults_at_the_orders_of_a_purchase_and_a_close() {
    survives(Plot::Closes, Choice::Ordering, BOTH);
}

#[test]
fn faults_in_what_is_told_of_the_orders_of_a_close() {
    survives(Plot::Closes, Choice::Told, &[Phase::Leaving]);
}

#[test]
fn faults_at_the_orders_of_a_partial_fill() {
    survives(Plot::Partial, Choice::Ordering, BOTH);
}

#[test]
fn faults_in_what_is_told_of_a_partial_fill() {
    survives(Plot::Partial, Choice::Told, &[Phase::Buying]);
}

#[test]
fn faults_at_the_orders_of_a_flattening() {
    survives(Plot::Flattens, Choice::Ordering, &[Phase::Leaving]);
}

#[test]
fn faults_at_everything_asked_while_the_owner_has_all_left() {
    survives(Plot::Asked, Choice::Asking, &[Phase::Leaving]);
}

#[test]
fn faults_at_the_orders_while_the_owner_has_all_left() {
    survives(Plot::Asked, Choice::Ordering, &[Phase::Leaving]);
}

#[test]
fn faults_in_what_is_told_of_orders_while_the_owner_has_all_left() {
    survives(Plot::Asked, Choice::Told, &[Phase::Leaving]);
}

#[test]
fn faults_in_what_is_shown_while_the_owner_has_all_left() {
    survives(Plot::Asked, Choice::Shown, &[Phase::Leaving]);
}

#[test]
fn faults_at_the_orders_of_a_refused_stop() {
    survives(Plot::Repairs, Choice::Ordering, &[Phase::Buying]);
}

#[test]
fn faults_in_what_is_told_of_a_refused_stop() {
    survives(Plot::Repairs, Choice::Told, &[Phase::Buying]);
}
