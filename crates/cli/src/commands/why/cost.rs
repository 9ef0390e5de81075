//! What the questions of a run to a model cost, in all and for each of its decisions.

use catalyst_domain::money::{Money, MoneyError};
use catalyst_ports::journal::StoryCycle;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::exact::Exact;

/// Decimals of what one decision cost.
const DECIMALS: u32 = 6;

/// The sums.
#[derive(Debug, Serialize)]
pub(super) struct Cost {
    questions: usize,
    #[serde(rename = "cost")]
    sum: Exact,
    /// Rounded to a millionth; `null` where nothing was decided.
    per_decision: Option<Exact>,
}

impl Cost {
    /// `None` where no model was asked, or where the costs are of several currencies.
    pub(super) fn of(run: &StoryCycle) -> Option<Self> {
        let first = run.costs.first()?;
        let cost = Money::sum(first.currency(), run.costs.iter().copied()).ok()?;
        Some(Self {
            questions: run.costs.len(),
            sum: Exact(cost),
            per_decision: share(cost, run.decisions.len()).ok().flatten().map(Exact),
        })
    }

    pub(super) fn words(&self) -> String {
        let (questions, cost) = (self.questions, self.sum);
        let each = self
            .per_decision
            .map_or_else(String::new, |each| format!(", {each} a decision"));
        let asked = if questions == 1 {
            "question"
        } else {
            "questions"
        };
        format!("{questions} {asked}, {cost}{each}")
    }
}

fn share(cost: Money, decisions: usize) -> Result<Option<Money>, MoneyError> {
    let each = cost.amount().checked_div(Decimal::from(decisions));
    let each = each.map(|each| Money::new(each.round_dp(DECIMALS).normalize(), cost.currency()));
    each.transpose()
}
