//! Looks at a world that may have stopped: it is said once for each look, and nothing is seen.

use std::fmt::Display;

use tracing::error;

/// What was seen, or nothing.
pub(super) fn seen<T: Default>(look: Result<T, impl Display>) -> T {
    match look {
        Ok(seen) => seen,
        Err(reason) => {
            error!(%reason, "the world could not be looked at");
            T::default()
        }
    }
}
