//! Trading rules with nothing attached: no clock, no network, no database, no logging.
//!
//! Rooms: values (`money`, `price`, `quantity`, `ratio`, `symbol`, `side`, `instrument`), rule data
//! by date (`dated`, `calendar`), and what is built on them.

pub mod calendar;
pub mod csv;
pub mod dated;
pub mod fees;
pub mod index;
pub mod instrument;
pub mod lots;
pub mod money;
pub mod price;
pub mod profile;
pub mod quantity;
pub mod ratio;
pub mod side;
pub mod symbol;
pub mod tick;
