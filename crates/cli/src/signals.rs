//! The operating system's wish that a run ends: a terminate signal, an interrupt from the keyboard, or a
//! terminal that hangs up. The first asks the run to come to a safe end, a second ends it at once; a hangup
//! never does that, since a line that drops may tell it twice.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_ports::stop_signal::StopSignal;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use crate::commands::{Failure, tell};
use crate::exit::ExitCode;

/// Behind the line of a run that was asked to end.
pub(crate) const BY_SIGNAL: &str = ", stopped by a signal";

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
        let hangup = if hangup_is_ignored() {
            None
        } else {
            Some(signal(SignalKind::hangup())?)
        };
        let ears = Ears {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup,
        };
        tokio::select! {
            ended = begin(Arc::clone(&signals)) => ended,
            heard = signals.listen(ears) => Err(heard),
        }
    }

    /// Returns at the second signal, with what is to be said.
    async fn listen(&self, mut ears: Ears) -> Failure {
        ears.first().await;
        self.given.send_replace(true);
        let told =
            tell("asked to end: nothing new is begun, what is held is settled and protected");
        if let Err(silent) = told {
            tracing::warn!(error = %silent, "standard error is closed");
        }
        ears.next().await;
        Failure::new(
            "ended at once by a second signal",
            ExitCode::TryLater,
            "the next run settles what this one left",
        )
    }
}

/// What is listened to; no hangup where the caller had it ignored, as `nohup` does.
struct Ears {
    terminate: Signal,
    interrupt: Signal,
    hangup: Option<Signal>,
}

impl Ears {
    async fn first(&mut self) {
        let hangup = self.hangup.as_mut();
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            () = hung_up(hangup) => {}
        }
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

async fn hung_up(hangup: Option<&mut Signal>) {
    let heard = match hangup {
        Some(hangup) => hangup.recv().await,
        None => None,
    };
    if heard.is_none() {
        std::future::pending::<()>().await;
    }
}

/// True where this process was started with its hangup ignored: the lowest bit of `SigIgn` in proc(5).
fn hangup_is_ignored() -> bool {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else {
        return false;
    };
    let mut words = status
        .lines()
        .filter_map(|line| line.strip_prefix("SigIgn:"));
    let mask = words
        .next()
        .and_then(|word| u64::from_str_radix(word.trim(), 16).ok());
    mask.is_some_and(|mask| mask & 1 == 1)
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
