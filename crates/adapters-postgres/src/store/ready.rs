//! A batch as it is if nobody else has added to the chain: told from memory, without a question.

use super::MarketRules;
use super::day::DayRows;
use super::keep::{Batch, Left};
use super::reported::Reported;
use super::strand::{Head, Strand};
use crate::entity::AnyRow;

impl Batch {
    /// The batch behind `head`, without what `reported` knows, the end of a run told by `day`; `None` when
    /// they do not reach `head` or cannot tell.
    pub(crate) fn ready(
        &self,
        head: Head,
        reported: &Reported,
        day: Option<&DayRows>,
        rules: &MarketRules,
    ) -> Option<Strand> {
        let begin = head.place;
        let rows = reported.without_known(&self.rows, begin)?;
        let (rows, end) = at_the_end(rows);
        let mut strand = Strand::behind(head);
        strand.add(self.row());
        strand.add_all(rows);
        if let [AnyRow::CycleEnd(row), ..] = end.as_slice() {
            let day = day.filter(|day| day.end() == begin && day.date().to_string() == row.date)?;
            let left = day.left_by(strand.rows(), rules)?;
            strand.add_all(told_the_end(end, left, begin));
        }
        Some(strand)
    }
}

/// `rows` before the end of a run, and those from it on.
pub(super) fn at_the_end(mut rows: Vec<AnyRow>) -> (Vec<AnyRow>, Vec<AnyRow>) {
    let mut ends = rows.iter();
    let end = ends.position(|row| matches!(row, AnyRow::CycleEnd(_)));
    let behind = rows.split_off(end.unwrap_or(rows.len()));
    (rows, behind)
}

/// `rows` from the end of a run on, with what the run leaves. Where every family has an end, those to come
/// are behind `begin`.
pub(super) fn told_the_end(mut rows: Vec<AnyRow>, left: Left, begin: i64) -> Vec<AnyRow> {
    if let [AnyRow::CycleEnd(end), ..] = rows.as_mut_slice() {
        end.flat = left.flat;
        end.open_from = left.open_from.unwrap_or(begin);
    }
    rows
}
