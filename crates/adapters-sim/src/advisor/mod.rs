//! Advisors that need no model: `rules` plays the owner's momentum criteria, `script` plays a file.
//! Both go through the same tools and the same loop as a model would.

mod rules;
mod script;

pub use rules::RulesAdvisor;
pub use script::{ScriptAdvisor, ScriptError};
