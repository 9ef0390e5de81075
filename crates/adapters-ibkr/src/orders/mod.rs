//! Orders: how a plan becomes a family on the wire, and what the wire's words make of it.

mod book;
mod bounds;
mod codes;
mod family;
mod foreign;
mod known;
mod look_up;
mod submit;
mod verdict;

pub(crate) use book::Book;
pub(crate) use bounds::Sent;
pub(crate) use codes::{Meaning, meaning_of};
pub(crate) use foreign::foreign_of;
pub(crate) use look_up::{Found, look_up, open};
pub(crate) use submit::{Parcel, Submission, submit};

#[cfg(test)]
mod tests;
