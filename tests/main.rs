//! Tests of the whole repository in one binary: the program as its owner meets it, and the manners
//! that the code keeps. One binary, because linking is what whole-program tests spend time on.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::large_futures,
    clippy::panic,
    clippy::print_stderr,
    reason = "what a test builds for itself is there, or the test has failed; it says what it left out"
)]

mod alerts;
mod architecture;
mod backup;
mod bad_bars;
mod claude;
mod cli;
mod commits;
mod containment;
mod crash;
mod days;
mod deploy;
mod drill;
mod faults;
mod gateway;
mod guest;
mod hands;
mod install;
mod journal;
mod kill;
mod live;
mod pages;
mod program;
mod report;
mod scan_list;
mod settings;
mod status;
mod tidy;
mod tree;
mod uninstall;
mod watch;
