//! Real bars from CSV folders: minutes by day and symbol, and the daily bars before them.

mod daily;
mod day_span;
mod folder;
mod loaded;
mod refusal;
mod row;

pub use daily::{DailyHistory, load_daily};
pub use loaded::{LoadedBars, load_minutes};
pub use refusal::{Defect, FileRefusal, LoadError};
