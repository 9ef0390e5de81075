//! The gateway through a socket, seen by a client that shares no code with it.

mod client;
mod fields;
mod scene;

mod account;
mod clock;
mod families;
mod handshake;
mod market;
mod orders;
