//! A story as one JSON document (`docs/journal-commands.md`).

mod family;
mod run;

use catalyst_ports::journal::Story;
use serde::Serialize;

use family::FamilyLine;
use run::RunLine;

/// Version of the document; keys are only added while it stays.
const SCHEMA: u32 = 1;

/// The whole answer.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    schema: u32,
    subject: String,
    families: Vec<FamilyLine>,
    families_left_out: usize,
    runs: Vec<RunLine>,
}

/// The document of `story` about `subject`, of which `left_out` older families are not in it.
pub(super) fn document(
    subject: String,
    story: &Story,
    left_out: usize,
) -> Result<Document, serde_json::Error> {
    let runs: Result<_, _> = story.cycles.iter().map(RunLine::of).collect();
    Ok(Document {
        schema: SCHEMA,
        subject,
        families: story.families.iter().map(FamilyLine::of).collect(),
        families_left_out: left_out,
        runs: runs?,
    })
}
