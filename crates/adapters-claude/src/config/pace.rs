//! Pace: how long an answer is waited for, and how often it is asked for again.

use std::time::Duration;

/// Times and counts of asking. The provider's own clients wait alike; the deadline of the
/// conversation bounds everything here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Requests for one answer, the first counted.
    pub attempts: u32,
    /// The wait after the first failure; doubled after each further one.
    pub wait: Duration,
    /// The longest wait of our own choice; a longer one that the provider asks for is kept, or the
    /// asking ends when the deadline is nearer.
    pub wait_max: Duration,
    /// How long a connection may take.
    pub connect: Duration,
    /// How long an answer may take from asking to its last byte.
    pub answer: Duration,
    /// The same for the first answer of a conversation: the provider may have to prepare the tools.
    pub first_answer: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            attempts: 4,
            wait: Duration::from_millis(500),
            wait_max: Duration::from_secs(8),
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(150),
            first_answer: Duration::from_mins(4),
        }
    }
}

impl Pace {
    /// The wait after failure number `failures`, counted from one.
    pub(crate) fn wait_after(&self, failures: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
        self.wait.saturating_mul(doubled).min(self.wait_max)
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn waits_double_up_to_their_bound() {
        let pace = Pace::default();

        let waits: Vec<u128> = (1..=6).map(|n| pace.wait_after(n).as_millis()).collect();
        assert_eq!(waits, [500, 1_000, 2_000, 4_000, 8_000, 8_000]);
    }
}
