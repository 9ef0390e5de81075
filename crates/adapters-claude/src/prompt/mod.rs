//! Prompt: what the model is told before it speaks. The instructions are a file with placeholders,
//! filled from the limits in force, so that no number stands in two places; the first message is the
//! dated picture of one cycle.

mod facts;
mod opening;
mod template;

pub use facts::{LunchRule, PromptFacts};
pub(crate) use opening::opening;
pub use template::PromptError;
pub(crate) use template::filled;
use template::instructions;

/// The instructions that come with the program.
pub const INSTRUCTIONS: &str = include_str!("../../../../config/prompts/system.md");

/// The instructions as they are sent: every limit told, no number written by hand.
pub fn rendered(template: &str, facts: &PromptFacts) -> Result<String, PromptError> {
    instructions(template, &facts.values())
}

#[cfg(test)]
pub(crate) mod tests;
