//! A notifier that keeps what it is told, for rehearsals and tests.

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use catalyst_ports::notifier::{Alert, Notifier, Undelivered};

/// Every alert in the order it was raised; none is ever lost or sent.
#[derive(Debug)]
pub struct CollectingNotifier {
    /// Guards the list alone, for the length of a push or a copy.
    alerts: Mutex<Vec<Alert>>,
}

impl CollectingNotifier {
    /// No alerts yet.
    pub const fn new() -> Self {
        Self {
            alerts: Mutex::new(Vec::new()),
        }
    }

    /// What was raised so far.
    pub fn alerts(&self) -> Vec<Alert> {
        self.list().clone()
    }

    fn list(&self) -> MutexGuard<'_, Vec<Alert>> {
        self.alerts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for CollectingNotifier {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Notifier for CollectingNotifier {
    async fn notify(&self, alert: &Alert) -> Result<(), Undelivered> {
        self.list().push(alert.clone());
        Ok(())
    }
}
