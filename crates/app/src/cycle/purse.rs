//! Purse: what the conversation may still spend. The journal is asked once, since nobody else spends
//! while a cycle holds the lock; what the cycle spends itself is added here.

use catalyst_domain::budget::{Budget, BySpan, NoRoom};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::{Money, MoneyError};
use catalyst_ports::journal::{Journal, JournalError, MODEL_CURRENCY, ModelUsage};

/// Money of one conversation.
#[derive(Debug)]
pub(super) struct Purse {
    budget: Budget,
    spent: BySpan,
    /// Killed runs of the day and of the month: the last question of each counts like the first of this.
    killed: (u32, u32),
}

impl Purse {
    /// What was spent before the running cycle of `advisor` on `date`.
    pub(super) async fn open(
        journal: &dyn Journal,
        budget: Budget,
        date: TradingDate,
        advisor: &str,
    ) -> Result<Self, JournalError> {
        let before = journal.spending(date, advisor).await?;
        Ok(Self {
            budget,
            spent: BySpan {
                cycle: Money::zero(MODEL_CURRENCY),
                day: before.day,
                month: before.month,
            },
            // The running cycle itself has no end yet.
            killed: (
                before.unended_day.saturating_sub(1),
                before.unended_month.saturating_sub(1),
            ),
        })
    }

    /// What is left as the conversation begins.
    pub(super) fn left(&self) -> Result<BySpan, MoneyError> {
        self.budget.left(self.spent)
    }

    /// Counts the unanswered questions of killed runs at `reserve` each; once, before anything is told or asked.
    pub(super) fn count_killed(&mut self, reserve: Money) -> Result<(), MoneyError> {
        let (day, month) = self.killed;
        self.spent.day = self.spent.day.plus(reserve.times(day.into())?)?;
        self.spent.month = self.spent.month.plus(reserve.times(month.into())?)?;
        Ok(())
    }

    /// Whether a question of at most `reserve` may be asked.
    pub(super) fn room_for(&self, reserve: Money) -> Result<(), NoRoom> {
        self.budget.room_for(reserve, self.spent)
    }

    /// Takes out what a question has cost.
    pub(super) fn pay(&mut self, usage: &ModelUsage) -> Result<(), MoneyError> {
        self.spent = self.spent.plus(usage.cost)?;
        Ok(())
    }
}
