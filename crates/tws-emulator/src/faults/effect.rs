//! One fault: what sets it off, how often, and what it does.

use std::time::Duration;

use crate::kinds::{ReplyKind, RequestKind};

/// One thing that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The message that sets it off.
    pub on: Trigger,
    /// Such messages that pass before.
    pub after: u32,
    /// Such messages that it befalls then.
    pub times: u32,
    /// What happens.
    pub effect: Effect,
}

/// What sets a fault off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger {
    /// A client has connected and sent its greeting.
    Connection,
    /// A message from a client.
    Request(RequestKind),
    /// A message to a client.
    Reply(ReplyKind),
}

/// What a fault does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The request is handled and its answer kept back; a reply is lost; a greeting is not answered.
    NeverAnswer,
    /// The request is lost: nothing is handled and nothing answered.
    Lose,
    /// This message and all that follow to the client come so much later.
    Delay(Duration),
    /// The connection closes before the request is handled, or before the reply is sent.
    CloseBefore,
    /// The request is handled, then the connection closes without an answer; a reply is sent before.
    CloseAfter,
    /// The connection closes in the middle of the reply.
    CloseMidFrame,
    /// The reply is sent twice.
    Duplicate,
    /// The reply is sent after the one that follows it.
    Reorder,
    /// The body of the reply is noise.
    Garbage,
    /// The reply is announced longer than any frame may be.
    Oversize,
    /// Every number with a fraction in the reply is not a number.
    NotANumber,
    /// Every number with a fraction in the reply is the protocol's mark for "not set".
    Unset,
    /// The request is answered with this error and not handled.
    Error(Spoken),
    /// This error is sent under the request's id, and the request handled all the same.
    Warn(Spoken),
    /// The order is said to be cancelled with this error, and handled all the same.
    FalseCancel(Spoken),
    /// The order is taken, and the stop of its family refused.
    RejectStop,
    /// The client id is said to be in use, and the connection closed.
    ClientIdInUse,
    /// This error goes to every client under no id; the request is handled.
    Notice(Spoken),
    /// Every connection closes, and so many of the next are refused.
    Restart {
        /// Connections refused afterwards.
        refused: u32,
    },
}

/// An error as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The code.
    pub code: i32,
    /// The words.
    pub text: String,
}
