//! Tests of the whole repository in one binary: the program as its owner meets it, and the manners
//! that the code keeps. One binary, because linking is what whole-program tests spend time on.
#![expect(
    clippy::unwrap_used,
    reason = "what a test builds for itself is there, or the test has failed"
)]

mod architecture;
mod tidy;
mod tree;
