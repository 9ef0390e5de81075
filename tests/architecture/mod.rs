//! Who may know whom: the arrows between crates over `cargo metadata`, the manifests that inherit,
//! and the two places in the code that nobody else may imitate.

mod arrows;
mod manifests;
mod places;
