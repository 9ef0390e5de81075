//! What every cycle lock promises. `cycle_lock_contract!` makes a test of each promise.

use catalyst_ports::cycle_lock::CycleLock;

/// A lock that is held is refused at once, also to another handle on it.
pub async fn a_held_lock_is_refused_at_once(one: &dyn CycleLock, other: &dyn CycleLock) {
    let held = one.acquire().await.unwrap();

    let again = other.acquire().await.unwrap();

    assert!(held.is_some(), "a free lock is given");
    assert!(again.is_none(), "a held lock is refused");
}

/// Dropping the guard gives the lock back.
pub async fn a_dropped_guard_gives_the_lock_back(one: &dyn CycleLock, other: &dyn CycleLock) {
    let held = one.acquire().await.unwrap();
    drop(held);

    let again = other.acquire().await.unwrap();

    assert!(again.is_some(), "a lock given back is free");
}

/// Makes a test of each promise of [`catalyst_ports::cycle_lock::CycleLock`].
///
/// `$fresh` is a path to an async function that returns `(one, other, keep)`: two handles on one
/// lock that nobody holds, and whatever has to live as long.
#[macro_export]
macro_rules! cycle_lock_contract {
    ($fresh:path) => {
        $crate::cycle_lock_contract! { @each $fresh:
            a_held_lock_is_refused_at_once
            a_dropped_guard_gives_the_lock_back
        }
    };
    (@each $fresh:path: $($promise:ident)+) => {$(
        #[tokio::test]
        async fn $promise() {
            let (one, other, _keep) = $fresh().await;
            $crate::contract::cycle_lock::$promise(&one, &other).await;
        }
    )+};
}
