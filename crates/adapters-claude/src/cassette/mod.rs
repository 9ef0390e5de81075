//! Cassettes: conversations kept as JSON lines, for whoever has no key. Described in docs/claude.md.
//!
//! A line is one answer. It holds no header, no key and nothing of the request but its SHA-256.

mod record;
mod tape;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

pub use record::Recorder;
pub use tape::{Tape, TapeError};

/// One line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// The cycle whose conversation it belongs to; without it, whichever asks next.
    #[serde(skip_serializing_if = "Option::is_none")]
    cycle: Option<String>,
    /// SHA-256 of the request in hexadecimal digits; without it, any request.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<String>,
    status: u16,
    /// The answer as it came, where it is JSON on one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
    /// The answer as it came, where it is anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

fn fingerprint(body: &str) -> String {
    let hash = Sha256::digest(body.as_bytes());
    let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits
        .map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'))
        .collect()
}
