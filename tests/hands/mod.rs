//! The owner's hands: halt and resume with and without a database, everything left in every phase of the
//! exchange, and runs that are asked to end.

mod phases;
mod signals;
mod switch;
