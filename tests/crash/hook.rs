//! Where a run is: each call of journal or broker is two points, one before it and one after it took
//! effect and before its answer returns. At any of them a run can be stopped for ever.

use std::sync::Mutex;

use tokio::sync::Notify;

/// What a run asks of journal, broker and clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    Open,
    Record,
    Close,
    Unsettled,
    Day,
    Submit,
    Cancel,
    Ticket,
    Working,
    Snapshot,
    Executions,
    Wait,
}

impl Call {
    /// True for what moves something outside of the run: the journal, the broker, or the time.
    pub(super) const fn moves(self) -> bool {
        match self {
            Self::Open | Self::Record | Self::Close | Self::Submit | Self::Cancel | Self::Wait => {
                true
            }
            Self::Unsettled
            | Self::Day
            | Self::Ticket
            | Self::Working
            | Self::Snapshot
            | Self::Executions => false,
        }
    }
}

/// Which end of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    /// It took effect; nobody has been told.
    After,
}

/// How far the order under way has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// No order yet.
    Idle,
    /// An entry is about to be kept as intended.
    BeforeIntent,
    /// The entry is kept as intended, the broker knows nothing.
    AfterIntent,
    /// The broker has the entry, nobody else knows.
    AfterSend,
    /// The broker's answer has come back.
    AfterAcknowledgement,
    /// Shares have changed hands.
    AfterFill,
    /// Stops were taken away for what comes next.
    Uncovered,
    /// A stop is on its way.
    WhileProtecting,
    /// An exit is on its way.
    WhileClosing,
}

/// One point of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    /// Counted from one.
    pub(super) number: u32,
    pub(super) call: Call,
    pub(super) side: Side,
    pub(super) step: Step,
}

/// What becomes of the run at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Lives,
    Dies,
}

/// What is done at each point.
pub(super) type Act = Box<dyn Fn(&Point) -> Fate + Send + Sync>;

/// Watches one run from outside.
pub(super) struct Hook {
    act: Act,
    at: Mutex<(u32, Step)>,
    died: Notify,
}

impl Hook {
    pub(super) fn new(act: Act) -> Self {
        Self {
            act,
            at: Mutex::new((0, Step::Idle)),
            died: Notify::new(),
        }
    }

    pub(super) fn step(&self) -> Step {
        self.at.lock().unwrap().1
    }

    pub(super) fn reach(&self, step: Step) {
        self.at.lock().unwrap().1 = step;
    }

    /// Goes through one point, or stays there for ever.
    pub(super) async fn pass(&self, call: Call, side: Side) {
        let point = {
            let mut at = self.at.lock().unwrap();
            at.0 += 1;
            let (number, step) = *at;
            Point {
                number,
                call,
                side,
                step,
            }
        };
        if (self.act)(&point) == Fate::Dies {
            self.died.notify_one();
            std::future::pending::<()>().await;
        }
    }

    /// The end of `run`; `None` when it was killed, and then nothing of it is left.
    pub(super) async fn watch<T>(&self, run: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            ended = run => Some(ended),
            () = self.died.notified() => None,
        }
    }
}
