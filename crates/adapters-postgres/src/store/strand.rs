//! Rows chained behind one end of the chain, before anybody has asked whether it is still the end.

use crate::entity::{AnyRow, chain_head};
use crate::translate::entry::OPEN_PLACE;

/// An end of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// The place of the last row.
    pub(crate) place: i64,
    /// Its seal.
    pub(super) seal: Vec<u8>,
}

impl Head {
    /// The one that `row` tells.
    pub(super) fn of(row: chain_head::Model) -> Self {
        Self {
            place: row.row_id,
            seal: row.hash,
        }
    }
}

/// Rows at their places and sealed, each behind the one before.
#[derive(Debug)]
pub(crate) struct Strand {
    begin: Head,
    end: Head,
    rows: Vec<AnyRow>,
}

impl Strand {
    /// None yet, behind `begin`.
    pub(crate) fn behind(begin: Head) -> Self {
        Self {
            end: begin.clone(),
            begin,
            rows: Vec::new(),
        }
    }

    /// The end of the chain behind which it is.
    pub(super) const fn begin(&self) -> &Head {
        &self.begin
    }

    /// The end of the chain with these rows.
    pub(super) const fn end(&self) -> &Head {
        &self.end
    }

    /// The rows, oldest first.
    pub(crate) fn rows(&self) -> &[AnyRow] {
        &self.rows
    }

    /// The rows, and the end of the chain with them.
    pub(super) fn into_rows(self) -> (Vec<AnyRow>, Head) {
        (self.rows, self.end)
    }

    /// Adds `row` behind all others and returns its place.
    pub(crate) fn add(&mut self, mut row: AnyRow) -> i64 {
        let place = self.end.place + 1;
        row.place(place, &self.end.seal);
        self.end = Head {
            place,
            seal: row.hash().to_vec(),
        };
        self.rows.push(row);
        place
    }

    /// Adds `rows` of one batch behind all others, the findings of a comparison with its place.
    pub(crate) fn add_all(&mut self, rows: Vec<AnyRow>) {
        let mut comparison = OPEN_PLACE;
        for mut row in rows {
            if let AnyRow::Finding(finding) = &mut row {
                finding.comparison_id = comparison;
            }
            let is_comparison = matches!(row, AnyRow::Comparison(_));
            let place = self.add(row);
            if is_comparison {
                comparison = place;
            }
        }
    }
}
