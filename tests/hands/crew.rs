//! Many scenes at a time, since most of a scene is waiting.

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

/// Scenes at a time.
const WORKERS: usize = 6;

/// Plays every one of `scenes`, and says each that does not end well.
pub(super) fn play_each<T: Debug + Send>(scenes: Vec<T>, play: impl AsyncFn(&T) + Sync) {
    let total = scenes.len();
    assert!(total > 0, "there are no scenes");
    let waiting = Mutex::new(scenes.into_iter());
    let failures = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().next();
                    let Some(scene) = next else { return };
                    let played = catch_unwind(AssertUnwindSafe(|| {
                        let mut runtime = tokio::runtime::Builder::new_current_thread();
                        let runtime = runtime.enable_all().build().unwrap();
                        runtime.block_on(play(&scene));
                    }));
                    if played.is_err() {
                        failures.lock().unwrap().push(format!("{scene:?}"));
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(
        failures.is_empty(),
        "{} of {total}: {failures:#?}",
        failures.len()
    );
}
