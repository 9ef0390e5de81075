//! The operating system's wish that a run ends: a terminate signal, or an interrupt from the keyboard. The
//! first asks the run to come to a safe end, the second ends it at once.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_ports::stop_signal::StopSignal;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use crate::commands::{Failure, tell};
use crate::exit::ExitCode;

/// Whether the wish was heard.
#[derive(Debug)]
pub(crate) struct Signals {
    given: watch::Sender<bool>,
}

impl Signals {
    /// Runs what `begin` makes and listens meanwhile.
    pub(crate) async fn watch<T, R>(begin: impl FnOnce(Arc<Self>) -> R) -> Result<T, Failure>
    where
        R: Future<Output = Result<T, Failure>>,
    {
        let signals = Arc::new(Self {
            given: watch::Sender::new(false),
        });
        let ears = (
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
        );
        tokio::select! {
            ended = begin(Arc::clone(&signals)) => ended,
            heard = signals.listen(ears) => Err(heard),
        }
    }

    /// Returns at the second signal, with what is to be said.
    async fn listen(&self, mut ears: (Signal, Signal)) -> Failure {
        next(&mut ears).await;
        self.given.send_replace(true);
        let told =
            tell("asked to end: nothing new is begun, what is held is settled and protected");
        if let Err(silent) = told {
            tracing::warn!(error = %silent, "standard error is closed");
        }
        next(&mut ears).await;
        Failure::new(
            "ended at once by a second signal",
            ExitCode::TryLater,
            "the next run settles what this one left",
        )
    }
}

async fn next((terminate, interrupt): &mut (Signal, Signal)) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

#[async_trait]
impl StopSignal for Signals {
    fn is_given(&self) -> bool {
        *self.given.borrow()
    }

    async fn given(&self) {
        let mut given = self.given.subscribe();
        // The sender lives as long as `self`, so that waiting ends with the signal alone.
        if given.wait_for(|given| *given).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
