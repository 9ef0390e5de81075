//! Mute: Claude where it cannot be asked, for want of a key, a price or its instructions. It is asked like
//! any advisor and has no advice, so that the run protects, the owner is told, and the record says why.

use async_trait::async_trait;
use catalyst_ports::advisor::{Advisor, AdvisorError, Brief, Consultation};

/// An advisor that is never accepted. It sends nothing.
///
/// ```
/// use catalyst_adapters_claude::Mute;
/// use catalyst_ports::advisor::Advisor as _;
/// assert_eq!(Mute::new("there is no key").name(), "claude");
/// ```
#[derive(Debug, Clone)]
pub struct Mute {
    why: String,
}

impl Mute {
    /// One that gives `why` instead of advice.
    pub fn new(why: &str) -> Self {
        Self {
            why: why.to_owned(),
        }
    }
}

#[async_trait]
impl Advisor for Mute {
    fn name(&self) -> &'static str {
        "claude"
    }

    async fn consult(&self, _brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        Err(AdvisorError::NotAccepted {
            why: self.why.clone(),
        })
    }
}
