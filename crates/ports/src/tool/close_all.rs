//! `close_all`: the emergency. Leaves everything; no new entries for the rest of the day.

use super::CloseReport;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct CloseAllInput {
    /// Why, for the record and for the owner.
    pub reason: String,
}

/// What was left.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct CloseAllReport {
    /// One for each position there was.
    pub closed: Vec<CloseReport>,
    /// True when nothing is held any more.
    pub flat: bool,
}
