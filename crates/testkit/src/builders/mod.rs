//! Builders: values with good defaults, of which a test names only what it is about.
//!
//! The default moment is Monday 2026-09-14, 10:00 in Hong Kong, symbol 00700 in lots of 100 at a last
//! price of 500, an account of a million dollars with nothing held.

mod brief;
mod entry;
mod fill;
mod intent;
mod limits;
mod values;
mod view;

pub use brief::a_brief;
pub use entry::{EntryBuilder, an_entry};
pub use fill::{FillBuilder, a_fill, told};
pub use intent::{a_bracket_plan, an_auction_exit, an_intent_of};
pub use limits::limits;
pub use values::{a_cycle, a_cycle_start, a_moment, an_order, hkd, price, shares, symbol, usd};
pub use view::{ViewBuilder, a_view};
