//! The fault matrix: every fault of the practice gateway's script at every step of buying and leaving
//! over the wire. Whatever happens, the runs after it find the account and the journal in agreement.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a pair of fault and step that is not named as impossible is tried"
)]

mod asked;
mod checked;
pub(crate) mod effects;
mod matrix;
mod scene;
mod steps;
mod whole;
