//! Alerts of a run at the owner's terminal or in cron's mail: one line each on standard error.

use std::io::{self, Write as _};

use async_trait::async_trait;
use catalyst_ports::notifier::{Alert, Notifier, Undelivered};

/// Writes alerts to standard error. Cron mails what a run writes there.
#[derive(Debug)]
pub(crate) struct StandardError;

#[async_trait]
impl Notifier for StandardError {
    async fn notify(&self, alert: &Alert) -> Result<(), Undelivered> {
        writeln!(
            io::stderr().lock(),
            "alert ({}): {}: {}",
            alert.severity,
            alert.subject,
            alert.message
        )
        .map_err(|error| Undelivered {
            source: error.into(),
        })
    }
}
