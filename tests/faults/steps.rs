//! The steps at which something can go wrong: what an undisturbed scene says over the wire.

use catalyst_tws_emulator::{ReplyKind, RequestKind, Trigger};

use super::scene::Scene;

/// What a scene does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plot {
    /// It buys, all at once, and closes the position.
    Closes,
    /// It buys more than a bar serves, and closes what it got.
    Partial,
    /// It buys, and flattens the account.
    Flattens,
    /// It buys, and the owner has everything left, with no cycle.
    Asked,
    /// It buys, the broker takes the entry and refuses its stop; it closes what is left.
    Repairs,
}

/// Which of its two cycles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Buying,
    Leaving,
}

/// One message of one cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) plot: Plot,
    pub(super) phase: Phase,
    pub(super) trigger: Trigger,
    /// Messages of the kind that pass before.
    pub(super) after: u32,
}

/// Which messages of a scene are tried.
#[derive(Debug, Clone, Copy)]
pub(super) enum Choice {
    /// The connection and every question about account and market.
    Asking,
    /// Orders, their withdrawal, and every question about them.
    Ordering,
    /// What is told of orders.
    Told,
    /// What is told of account and market.
    Shown,
}

impl Choice {
    fn takes(self, trigger: Trigger) -> bool {
        let is_order = match trigger {
            Trigger::Connection => false,
            Trigger::Request(kind) => matches!(
                kind,
                RequestKind::PlaceOrder
                    | RequestKind::CancelOrder
                    | RequestKind::AllOpenOrders
                    | RequestKind::CompletedOrders
                    | RequestKind::Executions
            ),
            Trigger::Reply(kind) => matches!(
                kind,
                ReplyKind::OrderStatus
                    | ReplyKind::Error
                    | ReplyKind::OpenOrder
                    | ReplyKind::OpenOrdersEnd
                    | ReplyKind::CompletedOrder
                    | ReplyKind::CompletedOrdersEnd
                    | ReplyKind::ExecutionData
                    | ReplyKind::ExecutionsEnd
                    | ReplyKind::CommissionReport
            ),
        };
        let is_reply = matches!(trigger, Trigger::Reply(_));
        match self {
            Self::Asking => !is_order && !is_reply,
            Self::Ordering => is_order && !is_reply,
            Self::Told => is_order && is_reply,
            Self::Shown => !is_order && is_reply,
        }
    }
}

/// The steps of `phase` that `choice` takes: the first message of each kind and the last, and every order
/// and withdrawal. Of what a flattening is told, the last alone: all before it a close is told too.
pub(super) fn steps_of(scene: &Scene, phase: Phase, choice: Choice) -> Vec<Step> {
    let requests = RequestKind::ALL.iter().map(|kind| Trigger::Request(*kind));
    let replies = ReplyKind::ALL.iter().map(|kind| Trigger::Reply(*kind));
    let triggers = [Trigger::Connection]
        .into_iter()
        .chain(requests)
        .chain(replies);
    let mut steps = Vec::new();
    for trigger in triggers.filter(|trigger| choice.takes(*trigger)) {
        let count = scene.emulator.seen(trigger);
        let is_act = matches!(
            trigger,
            Trigger::Request(RequestKind::PlaceOrder | RequestKind::CancelOrder)
        );
        let is_told = matches!(trigger, Trigger::Reply(_));
        for after in 0..count {
            let is_first = after == 0 && (scene.plot != Plot::Asked || !is_told);
            if is_act || is_first || after + 1 == count {
                let plot = scene.plot;
                steps.push(Step {
                    plot,
                    phase,
                    trigger,
                    after,
                });
            }
        }
    }
    steps
}
