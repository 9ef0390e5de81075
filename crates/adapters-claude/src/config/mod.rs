//! Config: which model is asked, where, how hard it thinks, and how patiently it is waited for.

mod address;
mod model;
mod pace;

use secrecy::SecretString;

use crate::price::Tariff;

pub use address::{ApiAddress, ApiAddressError};
pub(crate) use model::ModelTraits;
pub use model::{Effort, EffortError, ModelId, ModelIdError};
pub use pace::Pace;

/// Tokens of one answer, thinking included. Twice as many are asked for once when an answer is cut;
/// beyond 21,333 the provider wants the answer streamed.
pub const MAX_TOKENS_RANGE: std::ops::RangeInclusive<u32> = 1_000..=10_666;

/// Which model, at which price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelConfig {
    /// The model's name.
    pub model: ModelId,
    /// How hard it thinks.
    pub effort: Effort,
    /// Tokens of one answer, thinking included, within [`MAX_TOKENS_RANGE`].
    pub max_tokens: u32,
    /// What it costs.
    pub tariff: Tariff,
}

/// Where Claude is, and what opens the door. Its print shows no key.
#[derive(Debug, Clone)]
pub struct AccessConfig {
    /// The provider's address.
    pub address: ApiAddress,
    /// The key.
    pub key: SecretString,
    /// How patiently an answer is waited for.
    pub pace: Pace,
}
