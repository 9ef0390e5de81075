//! Ticks: the prices an order may carry, by kind of instrument and trade date.
//!
//! A [`LimitPrice`] comes from a grid or not at all. Beyond the lowest and highest price of a grid
//! there is no tick and nothing is extrapolated.

mod band;
mod grid;
mod limit_price;
mod table;
mod units;

pub use grid::{TickError, TickGrid};
pub use limit_price::LimitPrice;
pub use table::TickTable;
