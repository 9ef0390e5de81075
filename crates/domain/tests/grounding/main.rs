//! Grounding: which spellings of a seen number or symbol are found again, and which texts give
//! something that nobody saw.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be made has to stop the test"
)]

mod laws;
mod spellings;
