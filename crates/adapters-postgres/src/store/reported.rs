//! What one handle has kept itself of what a broker may tell again, so that it need not be asked for.

use super::chain::Added;
use super::repeat::Report;
use crate::entity::AnyRow;

/// The reports that one handle has kept since it opened a run.
#[derive(Debug, Default)]
pub(crate) struct Reported {
    /// Opened runs, executions, costs and reports on orders, oldest first.
    rows: Vec<AnyRow>,
    /// The end of the chain up to which they are all of the book since the first of them.
    end: Option<i64>,
}

impl Reported {
    /// Follows a commit of the same handle. What it began behind, if not these, is not known any more.
    pub(crate) fn follow(&mut self, added: &Added) {
        if added.behind.is_none() || self.end != added.behind {
            self.rows.clear();
        }
        self.end = added.rows.last().map(AnyRow::id).or(added.behind);
        let is_one = |row: &&AnyRow| matches!(row, AnyRow::Cycle(_)) || Report::of(row).is_some();
        self.rows.extend(added.rows.iter().filter(is_one).cloned());
    }

    /// The rows `told` without what is known; `None` when that needs a question, or these do not reach the
    /// `end` of the chain.
    pub(super) fn without_known(&self, told: &[AnyRow], end: i64) -> Option<Vec<AnyRow>> {
        let mut new = Vec::with_capacity(told.len());
        for row in told {
            let is_known = match Report::of(row) {
                None => false,
                Some(report) => match report.is_known_by(&new) {
                    Some(is_known) => is_known,
                    None if self.end == Some(end) => self.know(report, &new)?,
                    None => return None,
                },
            };
            if !is_known {
                new.push(row.clone());
            }
        }
        Some(new)
    }

    /// Whether `report` is known, of which what is `waiting` does not say.
    fn know(&self, report: Report<'_>, waiting: &[AnyRow]) -> Option<bool> {
        let is_known = report.is_known_by(&self.rows);
        is_known.or_else(|| self.is_first(report, waiting).then_some(false))
    }

    /// True when nothing like `report` can be older than these. Orders are named after the run that sends
    /// them, which is opened before; a cost is kept behind its execution.
    fn is_first(&self, report: Report<'_>, waiting: &[AnyRow]) -> bool {
        match report {
            Report::Execution(told) => self.have_opened(&told.order_name),
            Report::OrderEvent(told) => self.have_opened(&told.order_name),
            Report::Commission(told) => waiting.iter().chain(&self.rows).any(
                |row| matches!(row, AnyRow::Execution(known) if known.execution == told.execution),
            ),
        }
    }

    /// Whether the run after which an order is named is among these.
    fn have_opened(&self, order_name: &str) -> bool {
        let run = order_name.rsplit_once('-').map(|(run, _)| run);
        let mut rows = self.rows.iter();
        rows.any(|row| matches!(row, AnyRow::Cycle(opened) if run == Some(opened.name.as_str())))
    }
}
