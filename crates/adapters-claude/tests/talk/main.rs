//! Conversations over real HTTP on this machine, with a stand-in that refuses what the interface
//! would refuse and answers what a test tells it to.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a case that cannot be made has to stop the test"
)]

mod cassettes;
mod closed_shape;
mod conversation;
mod hand_made;
mod inputs;
mod protocol;
mod rough;
mod secrets;
mod size;
mod stage;
mod stand_in;
mod statuses;
mod stops;
mod words;
