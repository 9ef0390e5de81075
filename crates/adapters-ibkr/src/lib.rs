//! The broker: every port that Interactive Brokers answers, on a gateway reached through `ibapi`.
//!
//! One [`IbkrSession`] holds the connection and the rules for having one; the faces answer the ports
//! from it. No type of the client library leaves this crate, and no float leaves `translate`.

mod config;
mod faces;
mod failure;
mod market;
mod orders;
mod practice_clock;
mod session;
mod translate;
mod trial;

pub use config::{
    AccountMode, AccountName, ConfigRefused, IbkrConfig, OrderExchange, ProviderCode,
};
pub use faces::{IbkrAccount, IbkrCatalog, IbkrGateway, IbkrMarketData, IbkrNews};
pub use failure::IbkrError;
pub use practice_clock::PracticeClock;
pub use session::{IbkrSession, NoticeSeen, SessionFacts};
pub use trial::Trial;
