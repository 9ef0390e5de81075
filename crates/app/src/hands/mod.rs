//! The owner's hands: the halt switch moved by him, what stands against resuming, and everything left at
//! his word.

mod flatten;
mod resume;
mod switch;

pub use flatten::{FlattenOutcome, next_exit_at, run_flatten};
pub use resume::objections;
pub use switch::{SwitchMove, move_switch};
