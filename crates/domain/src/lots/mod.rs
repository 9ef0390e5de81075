//! Board lots: shares to the lot of each instrument by trade date. An unlisted name has no lot.

mod answer;
mod table;

pub use answer::{LotAnswer, LotError, LotWarning};
pub use table::LotTable;
