//! Numbers that nobody else has: names that do not repeat, and a port that is free.

use std::hash::{BuildHasher as _, RandomState};
use std::net::{Ipv4Addr, TcpListener};

/// Below the ports that systems hand out by themselves, so that a server which is stopped finds its
/// own again.
const FIRST: u16 = 20_000;
const PORTS: u64 = 10_000;

/// Ports that are looked at before the search ends; each is taken once in a while at most.
const LOOKS_MAX: usize = 100;

/// A number that no other call returns, here or in another process.
pub(super) fn unique() -> u64 {
    RandomState::new().hash_one(std::process::id())
}

/// A port of the loopback on which nobody listens; `None` when a hundred are taken.
pub(super) fn free() -> Option<u16> {
    (0..LOOKS_MAX)
        .filter_map(|_| Some(FIRST + u16::try_from(unique() % PORTS).ok()?))
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
}
