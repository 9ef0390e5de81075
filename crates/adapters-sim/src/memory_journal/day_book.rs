//! What one day has of its own: equity, moves of the halt switch, findings, decisions, families.

use catalyst_domain::money::Money;
use catalyst_domain::reconcile::Discrepancy;
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::DecisionNote;
use chrono::{DateTime, Utc};

/// The records of one day.
#[derive(Debug, Clone)]
pub(super) struct DayBook {
    pub(super) equity_at_open: Option<Money>,
    /// Cash at the first and the last reading, with the moments.
    pub(super) first_cash: Option<(Money, DateTime<Utc>)>,
    pub(super) last_cash: Option<(Money, DateTime<Utc>)>,
    /// The last move that holds for this day only, with its place among all moves.
    pub(super) state: Option<(usize, TradingState)>,
    /// The last move on this day that holds until moved again.
    pub(super) lasting_state: Option<TradingState>,
    /// The place of the last lasting move to trading, which ends the moves of the day before it.
    pub(super) released: Option<usize>,
    /// Of the last comparison; `None` before the first.
    pub(super) findings: Option<Vec<Discrepancy>>,
    pub(super) decisions: Vec<DecisionNote>,
    /// Places of the families that were intended on the day.
    pub(super) families: Vec<usize>,
}

impl DayBook {
    pub(super) const fn empty() -> Self {
        Self {
            equity_at_open: None,
            first_cash: None,
            last_cash: None,
            state: None,
            lasting_state: None,
            released: None,
            findings: None,
            decisions: Vec::new(),
            families: Vec::new(),
        }
    }

    /// The owner accepted that the account may read as it does next.
    pub(super) const fn forget_cash(&mut self) {
        self.first_cash = None;
        self.last_cash = None;
    }
}

/// The switch on a day, and the move of that day which still counts: a lasting move stands until a later
/// one; a move for the day can only be stricter than what stands, and only a later lasting move to trading,
/// at `released`, ends it.
pub(super) fn switch_on_day(
    lasting: Option<TradingState>,
    released: Option<usize>,
    of_day: Option<(usize, TradingState)>,
) -> (TradingState, Option<TradingState>) {
    let of_day = of_day.filter(|(place, _)| released.is_none_or(|at| at < *place));
    let of_day = of_day.map(|(_, state)| state);
    let lasting = lasting.unwrap_or(TradingState::Trading);
    let state = of_day.map_or(lasting, |of_day| lasting.stricter(of_day));
    (state, of_day)
}
