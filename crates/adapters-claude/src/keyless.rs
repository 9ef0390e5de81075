//! Keyless: Claude where nobody has a key. It is asked like any advisor and has no advice, so that the run
//! protects, the owner is told, and the record says why.

use async_trait::async_trait;
use catalyst_ports::advisor::{Advisor, AdvisorError, Brief, Consultation};

/// An advisor that is never accepted. It sends nothing.
///
/// ```
/// use catalyst_adapters_claude::Keyless;
/// use catalyst_ports::advisor::Advisor as _;
/// assert_eq!(Keyless.name(), "claude");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Keyless;

#[async_trait]
impl Advisor for Keyless {
    fn name(&self) -> &'static str {
        "claude"
    }

    async fn consult(&self, _brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        Err(AdvisorError::NotAccepted {
            why: "there is no key for it in ANTHROPIC_API_KEY".to_owned(),
        })
    }
}
