//! The end of a run as rows.

use catalyst_ports::journal::CycleRecord;

use super::cell::clean;
use super::entry::{OPEN_PLACE, Writer};
use crate::entity::{AnyRow, cycle_end, proof_of_life};

/// The rows that end the run of `writer`: its end, and the proof of life of one that ended well. What the
/// end says of the book is left to whoever keeps it.
pub(crate) fn end_rows(writer: &Writer, record: CycleRecord) -> Vec<AnyRow> {
    let at = record.at.timestamp_micros();
    let end = AnyRow::CycleEnd(cycle_end::Model {
        id: OPEN_PLACE,
        cycle_id: writer.cycle,
        book_id: writer.book,
        date: writer.date.clone(),
        ending: record.ending.as_str().to_owned(),
        summary: clean(record.summary),
        tool_calls: i64::from(record.tool_calls),
        flat: false,
        open_from: 0,
        at,
        hash: Vec::new(),
    });
    let proof = record.ending.is_well().then(|| {
        AnyRow::ProofOfLife(proof_of_life::Model {
            id: OPEN_PLACE,
            cycle_id: writer.cycle,
            next_at: record.next_at.map(|next| next.timestamp_micros()),
            at,
            hash: Vec::new(),
        })
    });
    [Some(end), proof].into_iter().flatten().collect()
}
