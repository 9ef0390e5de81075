//! What every clock promises. `clock_contract!` makes a test of each promise.

use catalyst_ports::clock::Clock;
use chrono::{TimeDelta, Timelike as _};

/// A moment is no finer than a database keeps it, so what is read back equals what was written.
pub async fn a_moment_is_no_finer_than_a_microsecond(clock: &dyn Clock) {
    assert_eq!(clock.now().nanosecond() % 1_000, 0);

    clock.sleep_until(clock.now() + TimeDelta::seconds(1)).await;

    assert_eq!(clock.now().nanosecond() % 1_000, 0);
}

/// Waiting for a moment brings it; time never goes back.
pub async fn after_a_wait_the_moment_has_come(clock: &dyn Clock) {
    let moment = clock.now() + TimeDelta::seconds(1);

    clock.sleep_until(moment).await;

    assert!(clock.now() >= moment);
}

/// A moment that has passed is not waited for and not returned to.
pub async fn the_past_is_not_waited_for(clock: &dyn Clock) {
    let before = clock.now();

    clock.sleep_until(before - TimeDelta::hours(1)).await;

    assert!(clock.now() >= before);
}

/// Makes a test of each promise of [`catalyst_ports::clock::Clock`].
///
/// `$fresh` is a path to a function that returns a clock and whatever has to live as long.
#[macro_export]
macro_rules! clock_contract {
    ($fresh:path) => {
        $crate::clock_contract! { @each $fresh:
            a_moment_is_no_finer_than_a_microsecond
            after_a_wait_the_moment_has_come
            the_past_is_not_waited_for
        }
    };
    (@each $fresh:path: $($promise:ident)+) => {$(
        #[tokio::test]
        async fn $promise() {
            let (clock, _keep) = $fresh();
            $crate::contract::clock::$promise(&clock).await;
        }
    )+};
}
