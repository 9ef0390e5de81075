//! A practice gateway: the wire of Interactive Brokers' TWS over the simulated exchange.
//!
//! Written from the protocol, and knowing neither a client library nor an adapter, so that what both
//! agree on is the protocol. `docs/practice-gateway.md` says what it models and what it does not.

mod broker;
mod config;
mod connection;
mod control_line;
mod emulator;
mod faults;
mod frame;
mod kinds;
mod request;
mod spoil;
mod spoken;
mod wire;

pub use broker::{Received, SentOrder};
pub use config::{
    Access, BaseCurrency, EmulatorConfig, LotFields, LotRefusal, QuoteFeed, Revision, TimeFlow,
};
pub use emulator::Emulator;
pub use faults::{Effect, Fault, FaultScript, ScriptError, Spoken, Trigger};
pub use kinds::{ReplyKind, RequestKind};
