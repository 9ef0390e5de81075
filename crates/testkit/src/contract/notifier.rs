//! What every notifier promises. `notifier_contract!` makes a test of each promise.

use catalyst_ports::notifier::{Alert, Notifier};
use catalyst_ports::tool::Severity;
use chrono::{DateTime, Utc};

/// Over a channel that works, every severity is delivered, also the same words twice.
pub async fn every_severity_is_delivered(notifier: &dyn Notifier) {
    for severity in [
        Severity::Info,
        Severity::Warning,
        Severity::Critical,
        Severity::Critical,
    ] {
        let alert = Alert {
            severity,
            subject: "stop restored".to_owned(),
            message: "500 shares of 00700 are under a stop again".to_owned(),
            run: None,
            at: DateTime::<Utc>::UNIX_EPOCH,
        };

        let told = notifier.notify(&alert).await;

        assert!(told.is_ok(), "{told:?}");
    }
}

/// Makes a test of each promise of [`catalyst_ports::notifier::Notifier`].
///
/// `$fresh` is a path to a function that returns the notifier and whatever has to live as long.
#[macro_export]
macro_rules! notifier_contract {
    ($fresh:path) => {
        #[tokio::test]
        async fn every_severity_is_delivered() {
            let (notifier, _keep) = $fresh();
            $crate::contract::notifier::every_severity_is_delivered(&notifier).await;
        }
    };
}
