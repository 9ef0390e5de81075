//! Claude as the advisor: one endpoint, a conversation that only grows, and an ending for everything.
//!
//! JSON stops here. What the model says becomes typed calls or an error; what it costs becomes money.

pub mod cassette;
pub mod config;
pub mod price;
pub mod prompt;

mod advisor;
mod allowance;
mod answer;
mod ask;
mod consultation;
mod endpoint;
mod moment;
mod mute;
mod no_advice;
mod outside;
mod setup;
mod standing;
mod tools;
mod transcript;
mod translate;
mod verdict;
mod wire;

pub use advisor::{ClaudeAdvisor, Instructions};
pub use mute::Mute;
pub use setup::SetupError;
pub use standing::{NoStanding, Standing, standing};
