//! The owner's hands: halt and resume with and without a database, everything left in every phase of the
//! exchange and against whatever the gateway does, and runs that are asked to end.

mod asked_to_end;
mod crew;
mod gateway;
mod phases;
mod signals;
mod simulated;
mod stand;
mod switch;
