//! The faces that answer the ports from one session, one port each.

mod account;
mod catalog;
mod gateway;
mod market_data;
mod news;

pub use account::IbkrAccount;
pub use catalog::IbkrCatalog;
pub use gateway::IbkrGateway;
pub use market_data::IbkrMarketData;
pub use news::IbkrNews;
