//! The faces that answer the ports from the simulated world, one port each.

mod account;
mod catalog;
mod clock;
mod gateway;
mod market_data;
mod news;
mod wire;

pub use account::SimAccount;
pub use catalog::SimCatalog;
pub use clock::SimClock;
pub use gateway::SimGateway;
pub use market_data::SimMarketData;
pub use news::SimNews;
pub use wire::{Holding, NotPlaced, SimWire};
