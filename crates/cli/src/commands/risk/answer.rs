//! The answer of `risk check` and `risk size`, one JSON object.

use catalyst_domain::money::Money;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::{Breach, EntryCosts};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::commands::inspect::BadQuestion;

/// Decimals are texts; `null` is not known.
#[derive(Debug, Serialize)]
pub(super) struct Verdict {
    pub(super) approved: bool,
    /// Every broken rule with what it allows and what it found.
    pub(super) breaches: Vec<Breach>,
    /// Rules that could not be judged, because the question leaves out an optional part.
    pub(super) not_checked: Vec<&'static str>,
    pub(super) warnings: Vec<String>,
    /// The largest quantity that would pass the rules that grow with it; of an exit what is held.
    pub(super) max_quantity: Option<Shares>,
    pub(super) costs: Costs,
    pub(super) net_reward_risk: Option<String>,
    pub(super) break_even_pct: Option<String>,
}

/// Fees of the trade at this size, in the currency of the exchange.
#[derive(Debug, Default, Serialize)]
pub(super) struct Costs {
    entry: Option<Money>,
    exit_at_target: Option<Money>,
    exit_at_stop: Option<Money>,
}

/// A verdict, or why the question has none. A question without a verdict approves nothing.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Answer {
    Judged(Verdict),
    Refused {
        error: BadQuestion,
        approved: bool,
        breaches: [Breach; 0],
    },
}

impl From<Result<Verdict, BadQuestion>> for Answer {
    fn from(judged: Result<Verdict, BadQuestion>) -> Self {
        match judged {
            Ok(verdict) => Self::Judged(verdict),
            Err(error) => Self::Refused {
                error,
                approved: false,
                breaches: [],
            },
        }
    }
}

impl Verdict {
    /// What is known of a trade from its breaches alone.
    pub(super) fn over(breaches: Vec<Breach>) -> Self {
        Self {
            approved: breaches.is_empty(),
            breaches,
            not_checked: Vec::new(),
            warnings: Vec::new(),
            max_quantity: None,
            costs: Costs::default(),
            net_reward_risk: None,
            break_even_pct: None,
        }
    }

    /// The same with what the trade costs.
    pub(super) fn costing(self, costs: &EntryCosts) -> Self {
        let places = |value: Decimal, count| value.round_dp(count).normalize().to_string();
        let percent = |share: Decimal| places(share * Decimal::ONE_HUNDRED, 3);
        Self {
            costs: Costs {
                entry: Some(costs.entry),
                exit_at_target: Some(costs.exit_at_target),
                exit_at_stop: Some(costs.exit_at_stop),
            },
            net_reward_risk: costs.net_reward_risk().map(|ratio| places(ratio, 2)),
            break_even_pct: costs.break_even().map(percent),
            ..self
        }
    }
}
