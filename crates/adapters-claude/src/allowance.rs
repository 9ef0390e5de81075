//! Allowance: what a conversation may still cost, and the most that its next request can.
//!
//! A token is at least one byte of what is sent. What the provider has counted once is known exactly and
//! only grows by what was added since.

use catalyst_domain::budget::{BySpan, Span};
use catalyst_domain::money::{Money, MoneyError};
use rust_decimal::prelude::ToPrimitive as _;

use crate::price::{Tariff, Worst};
use crate::wire::Usage;

/// Tokens that the provider adds of its own, such as those that explain the tools.
const HIDDEN_TOKENS: u64 = 1_000;

/// Money and counted tokens of one conversation.
#[derive(Debug)]
pub(crate) struct Allowance {
    /// Of the tightest cap.
    left: Money,
    /// Tokens of the last prompt and its answer.
    known: u64,
    /// Bytes that stand behind the known tokens.
    counted: usize,
}

impl Allowance {
    pub(crate) fn new(left: BySpan) -> Self {
        let least = Span::ALL.map(|span| left.of(span));
        let least = least.into_iter().min_by_key(|left| left.amount());
        Self {
            left: least.unwrap_or(left.cycle),
            known: 0,
            counted: 0,
        }
    }

    /// The most that a request of `bytes` can take whose answer may have `output` tokens.
    pub(crate) fn worst(&self, bytes: usize, output: u32) -> Worst {
        let new = u64::try_from(bytes.saturating_sub(self.counted)).unwrap_or(u64::MAX);
        Worst {
            prompt: self.known.saturating_add(new).saturating_add(HIDDEN_TOKENS),
            output: u64::from(output),
        }
    }

    /// How often `worst` can be paid.
    pub(crate) fn affords(&self, tariff: &Tariff, worst: Worst) -> Result<u32, MoneyError> {
        let most = tariff.most(worst)?;
        let times = self.left.amount().checked_div(most.amount());
        let times = times.map(|times| times.floor().to_u32().unwrap_or(0));
        Ok(times.unwrap_or(0))
    }

    /// Takes out what was spent.
    pub(crate) fn pay(&mut self, cost: Money) -> Result<(), MoneyError> {
        self.left = self.left.minus(cost)?;
        Ok(())
    }

    /// Remembers what the provider counted for a request of `bytes`.
    pub(crate) fn learn(&mut self, usage: &Usage, bytes: usize) {
        self.known = usage.prompt().saturating_add(usage.output_tokens);
        self.counted = bytes;
    }

    /// The answer that was counted last has become part of the `bytes` that are sent.
    pub(crate) const fn echoed(&mut self, bytes: usize) {
        self.counted = bytes;
    }
}

#[cfg(test)]
mod tests {
    use catalyst_testkit::builders::{a_brief, usd};

    use super::Allowance;
    use crate::price::Prices;

    #[test]
    fn a_request_is_bounded_by_its_bytes_until_the_provider_has_counted_them() {
        let mut allowance = Allowance::new(a_brief().budget_left);
        assert_eq!(allowance.worst(16_000, 8_000).prompt, 17_000);

        let counted = r#"{"input_tokens":4000,"output_tokens":500}"#;
        allowance.learn(&serde_json::from_str(counted).unwrap(), 16_000);

        assert_eq!(allowance.worst(16_700, 8_000).prompt, 4_500 + 700 + 1_000);
        allowance.echoed(16_600);
        assert_eq!(allowance.worst(16_700, 8_000).prompt, 4_500 + 100 + 1_000);
    }

    #[test]
    fn the_tightest_cap_says_how_often_a_request_can_be_paid() {
        let model = "claude-sonnet-5-5".parse().unwrap();
        let day = "2026-11-27".parse().unwrap();
        let tariff = Prices::built_in().unwrap().tariff(&model, day).unwrap();
        let mut left = a_brief().budget_left;
        left.day = usd("0.30");
        let mut allowance = Allowance::new(left);
        // 17000 x 4 + 8000 x 10, for a million: 0.148.
        let worst = allowance.worst(16_000, 8_000);

        assert_eq!(allowance.affords(&tariff, worst), Ok(2));
        allowance.pay(usd("0.152")).unwrap();
        assert_eq!(allowance.affords(&tariff, worst), Ok(1));
        allowance.pay(usd("0.0001")).unwrap();
        assert_eq!(allowance.affords(&tariff, worst), Ok(0));
        allowance.pay(usd("5")).unwrap();
        assert_eq!(allowance.affords(&tariff, worst), Ok(0));
    }
}
