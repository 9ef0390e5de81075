//! Framing: a length, a message number, a body. A length beyond the bound is no frame.

use prost::Message;
use thiserror::Error;

use crate::kinds::ReplyKind;

/// Added to the number of a message whose body is protobuf.
const PROTOBUF: i32 = 200;

/// The longest frame either side may send, its length field aside.
pub(crate) const LENGTH_MAX: usize = 0xFF_FFFF;

/// The length field.
const PREFIX: usize = 4;

/// A frame on its way to a client, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) kind: ReplyKind,
    pub(crate) bytes: Vec<u8>,
}

/// A frame from a client, its number as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Incoming {
    pub(crate) number: i32,
    pub(crate) body: Vec<u8>,
}

/// Bytes that are no frame; nothing after them can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum BadFrame {
    #[error("a frame of {found} bytes, allowed are 4 to {LENGTH_MAX}")]
    Length { found: usize },
    #[error(
        "message number {number} is text, allowed are protobuf messages, whose numbers begin at {PROTOBUF}"
    )]
    Text { number: i32 },
}

impl Frame {
    /// `message` as a frame of `kind`.
    pub(crate) fn of(kind: ReplyKind, message: &impl Message) -> Self {
        let mut payload = (kind.id() + PROTOBUF).to_be_bytes().to_vec();
        payload.extend(message.encode_to_vec());
        Self {
            kind,
            bytes: with_length(&payload),
        }
    }
}

/// `payload` behind its length.
pub(crate) fn with_length(payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend_from_slice(payload);
    bytes
}

/// Takes the first whole payload off `buffer`; `None` while it is not all there.
pub(crate) fn take_payload(buffer: &mut Vec<u8>) -> Result<Option<Vec<u8>>, BadFrame> {
    let Some(prefix) = buffer.first_chunk::<PREFIX>() else {
        return Ok(None);
    };
    let found = usize::try_from(u32::from_be_bytes(*prefix)).unwrap_or(usize::MAX);
    if !(PREFIX..=LENGTH_MAX).contains(&found) {
        return Err(BadFrame::Length { found });
    }
    if buffer.len() < PREFIX + found {
        return Ok(None);
    }
    let rest = buffer.split_off(PREFIX + found);
    let mut payload = std::mem::replace(buffer, rest);
    payload.drain(..PREFIX);
    Ok(Some(payload))
}

/// Takes the first whole message off `buffer`.
pub(crate) fn take_message(buffer: &mut Vec<u8>) -> Result<Option<Incoming>, BadFrame> {
    let Some(mut payload) = take_payload(buffer)? else {
        return Ok(None);
    };
    let body = payload.split_off(PREFIX.min(payload.len()));
    let number = payload.first_chunk::<PREFIX>().copied();
    let number = i32::from_be_bytes(number.unwrap_or([0; PREFIX]));
    match number.checked_sub(PROTOBUF) {
        Some(id) if id > 0 => Ok(Some(Incoming { number: id, body })),
        Some(_) | None => Err(BadFrame::Text { number }),
    }
}
