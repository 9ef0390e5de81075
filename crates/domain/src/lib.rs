//! Trading rules with nothing attached: no clock, no network, no database, no logging.
//!
//! Values: `money`, `price`, `quantity`, `ratio`, `symbol`, `side`, `instrument`. Rule data by date:
//! `dated`, `calendar`, `tick`, `fees`, `lots`, `settlement`, `index`, `order_rules`, `day_trading`;
//! those of one `exchange` are its `rulebook`. The market: `market`, `indicator`, `pattern`, `scan`. Held,
//! ordered and said: `account`, `order`, `risk`, `reconcile`, `grounding`, `budget`, `pace`.

pub mod account;
pub mod budget;
pub mod calendar;
pub mod csv;
pub mod dated;
pub mod day_trading;
mod digits;
pub mod exchange;
pub mod fees;
pub mod grounding;
pub mod index;
pub mod indicator;
pub mod instrument;
pub mod lots;
pub mod market;
pub mod money;
pub mod news;
pub mod order;
pub mod order_rules;
pub mod pace;
pub mod pattern;
pub mod price;
pub mod profile;
pub mod quantity;
pub mod ratio;
pub mod reconcile;
pub mod risk;
pub mod rulebook;
pub mod scan;
pub mod settlement;
pub mod side;
pub mod symbol;
pub mod tick;
#[cfg(feature = "serde")]
mod wire;
