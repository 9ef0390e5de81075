//! Chart shapes in closed bars, long side only. A detector at bar `t` reads bars `0..=t` and nothing
//! later, so a detection made in the past is the one that would have been made then.
//! Geometry is in floating point and in units of the bars' own range; levels become prices on the
//! tick grid outside.

mod abcd;
mod ascending_triangle;
mod bar;
mod bowl;
mod breakout;
mod bull_flag;
mod chart;
mod cup_handle;
mod detection;
mod impulse;
mod levels;
mod life;
mod scan;
mod score;
mod zigzag;

pub use bar::{BarVolume, PatternBar, TickSize, TickSizeError};
pub use detection::{CONFIDENCE_MIN, Detection, Levels, Measure, PatternKind, PatternState};
pub use levels::{Graded, Pattern};
pub use life::PatternLife;
pub use scan::{PatternScan, scan_patterns};
