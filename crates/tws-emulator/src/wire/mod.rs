//! Messages of the wire, field for field with their tags, one file a family. They have no methods.
//!
//! Every field may be absent, and absent is the type's zero; prices are doubles, quantities are text.

#![expect(
    clippy::struct_field_names,
    reason = "the names are those of the protocol"
)]

pub(crate) mod absent;
pub(crate) mod account;
pub(crate) mod contract;
pub(crate) mod execution;
pub(crate) mod market;
pub(crate) mod news;
pub(crate) mod order;
pub(crate) mod scanner;
pub(crate) mod session;

#[cfg(test)]
mod tests;
