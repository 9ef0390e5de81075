//! Pacing: requests for bars within the broker's budget, sixty in any ten minutes.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::failure::IbkrError;

/// The span of the budget.
const WINDOW: Duration = Duration::from_mins(10);

/// When requests were made; none where there is no budget.
#[derive(Debug)]
pub(crate) struct Pacing {
    max: Option<u32>,
    /// Guards the moments of the requests, oldest first.
    made: Mutex<VecDeque<Instant>>,
}

impl Pacing {
    pub(crate) const fn new(max: Option<u32>) -> Self {
        Self {
            max,
            made: Mutex::new(VecDeque::new()),
        }
    }

    /// Takes one request out of the budget at `now`, or says how long until there is one.
    pub(crate) fn take(&self, now: Instant) -> Result<(), IbkrError> {
        let Some(max) = self.max else {
            return Ok(());
        };
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        while made
            .front()
            .is_some_and(|at| now.duration_since(*at) >= WINDOW)
        {
            made.pop_front();
        }
        let is_used_up = u32::try_from(made.len()).unwrap_or(u32::MAX) >= max;
        if let Some(first) = made.front().filter(|_| is_used_up) {
            return Err(IbkrError::Paced {
                used: max,
                wait: WINDOW.saturating_sub(now.duration_since(*first)),
            });
        }
        made.push_back(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::Pacing;
    use crate::failure::IbkrError;

    #[test]
    fn the_budget_comes_back_after_ten_minutes() {
        let pacing = Pacing::new(Some(2));
        let begin = Instant::now();
        let at = |seconds| begin + Duration::from_secs(seconds);

        assert_eq!(pacing.take(at(0)), Ok(()));
        assert_eq!(pacing.take(at(100)), Ok(()));
        let wait = Duration::from_secs(1);
        assert_eq!(
            pacing.take(at(599)),
            Err(IbkrError::Paced { used: 2, wait })
        );
        assert_eq!(pacing.take(at(600)), Ok(()));
        assert!(pacing.take(at(601)).is_err());
    }

    #[test]
    fn the_practice_gateway_has_no_budget() {
        let pacing = Pacing::new(None);
        let now = Instant::now();

        assert!((0..1_000).all(|_| pacing.take(now) == Ok(())));
    }
}
