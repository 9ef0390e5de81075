//! Recorder: keeps each answer that ended an asking. A recording that cannot be written is said once a
//! line and never disturbs the conversation.

use std::fmt;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use serde_json::value::RawValue;
use tracing::warn;

use super::{Line, fingerprint};
use crate::answer::Answer;

/// Writes lines to wherever the caller opened. Answers come to it already without the key.
pub struct Recorder {
    /// Guards whole lines.
    out: Mutex<Box<dyn Write + Send>>,
}

impl Recorder {
    /// Writes to `out`, a line an answer.
    pub fn new(out: Box<dyn Write + Send>) -> Self {
        Self {
            out: Mutex::new(out),
        }
    }

    pub(crate) fn keep(&self, cycle: &str, request: &str, answer: &Answer) {
        if let Err(error) = self.write(cycle, request, answer) {
            warn!(%error, "the recording lacks an answer");
        }
    }

    fn write(&self, cycle: &str, request: &str, answer: &Answer) -> std::io::Result<()> {
        let on_one_line = !answer.body.contains(['\n', '\r']);
        let body = match serde_json::from_str::<Box<RawValue>>(&answer.body) {
            Ok(body) if on_one_line => Some(body),
            Ok(_) | Err(_) => None,
        };
        let text = body.is_none().then(|| answer.body.clone());
        let mut line = serde_json::to_string(&Line {
            cycle: Some(cycle.to_owned()),
            request: Some(fingerprint(request)),
            status: answer.status,
            body,
            text,
        })?;
        line.push('\n');
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        out.write_all(line.as_bytes())?;
        out.flush()
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recorder")
    }
}
