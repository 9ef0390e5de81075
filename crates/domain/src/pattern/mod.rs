//! Chart shapes in closed bars, long side only. A detector at bar `t` reads bars `0..=t` and nothing
//! later, so a detection made in the past is the one that would have been made then.
//! Geometry is in floating point and in units of the bars' own range; levels become prices on the
//! tick grid outside.

mod bar;
mod breakout;
mod detection;
mod levels;
mod score;
#[cfg(test)]
mod tests;

pub use bar::{BarVolume, PatternBar, TickSize, TickSizeError};
pub use breakout::{find_breakout, scan_breakouts};
pub use detection::{CONFIDENCE_MIN, Detection, Levels, Measure, PatternKind};
pub use levels::Pattern;
