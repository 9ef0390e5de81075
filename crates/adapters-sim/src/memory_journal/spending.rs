//! What asking models has cost, by the runs of the ledger.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::MoneyError;
use catalyst_ports::journal::{Asked, JournalEntry, Spending};
use chrono::Datelike as _;

use super::ledger::Ledger;

impl Ledger {
    /// What was spent on `date` and in its month up to it, and the runs of `advisor` without an end.
    pub(super) fn spending(
        &self,
        date: TradingDate,
        advisor: &str,
    ) -> Result<Spending, MoneyError> {
        let mut spending = Spending::nothing();
        for pages in self.cycles() {
            let Some(asked) = asked_on(pages.start.slot.date(), date) else {
                continue;
            };
            for entry in &pages.entries {
                if let JournalEntry::Usage(usage) = entry {
                    spending = spending.with(usage.cost, asked)?;
                }
            }
            if pages.end.is_none() && pages.start.advisor == advisor {
                spending = spending.with_unended(asked);
            }
        }
        Ok(spending)
    }
}

/// `None` for a day after `date` or of another month.
fn asked_on(of: TradingDate, date: TradingDate) -> Option<Asked> {
    let month = |date: TradingDate| (date.as_naive().year(), date.as_naive().month());
    if of == date {
        Some(Asked::OnTheDay)
    } else {
        (of < date && month(of) == month(date)).then_some(Asked::Before)
    }
}
