//! Spoils the numbers of a frame: every double in it becomes "not a number" or the mark for "not set".

use crate::frame::{Frame, with_length};

/// What the doubles become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoilt {
    NotANumber,
    Unset,
}

/// Bytes of a whole frame before its body: length and message number.
const BEFORE_BODY: usize = 8;

/// Bodies lie in bodies no deeper than this.
const DEPTH_MAX: u8 = 3;

/// `frame` with its doubles spoilt, also those of the messages inside it.
pub(crate) fn spoil(frame: Frame, spoilt: Spoilt) -> Frame {
    let value = match spoilt {
        Spoilt::NotANumber => f64::NAN,
        Spoilt::Unset => f64::MAX,
    };
    let (head, body) = frame.bytes.split_at(BEFORE_BODY.min(frame.bytes.len()));
    let Some(body) = spoil_body(body, value, DEPTH_MAX) else {
        return frame;
    };
    let number = head.get(4..).unwrap_or(&[]);
    Frame {
        kind: frame.kind,
        bytes: with_length(&[number, &body].concat()),
    }
}

/// The same message with other doubles; `None` when the bytes are no message.
fn spoil_body(mut body: &[u8], value: f64, depth: u8) -> Option<Vec<u8>> {
    let mut spoilt = Vec::with_capacity(body.len());
    while !body.is_empty() {
        let (key, key_length) = varint(body)?;
        let (key_bytes, rest) = body.split_at_checked(key_length)?;
        spoilt.extend_from_slice(key_bytes);
        match key & 7 {
            0 => {
                let (_, length) = varint(rest)?;
                let (bytes, after) = rest.split_at_checked(length)?;
                spoilt.extend_from_slice(bytes);
                body = after;
            }
            1 => {
                spoilt.extend_from_slice(&value.to_le_bytes());
                (_, body) = rest.split_at_checked(8)?;
            }
            2 => {
                let (length, prefix) = varint(rest)?;
                let (_, after) = rest.split_at_checked(prefix)?;
                let (inner, after) = after.split_at_checked(usize::try_from(length).ok()?)?;
                let inner_spoilt = match depth.checked_sub(1) {
                    Some(deeper) if !is_text(inner) => spoil_body(inner, value, deeper),
                    Some(_) | None => None,
                };
                let (prefix_bytes, _) = rest.split_at_checked(prefix)?;
                spoilt.extend_from_slice(prefix_bytes);
                spoilt.extend_from_slice(inner_spoilt.as_deref().unwrap_or(inner));
                body = after;
            }
            _ => return None,
        }
    }
    Some(spoilt)
}

/// Text of this protocol is printable; a message inside another begins with a control byte or holds one.
fn is_text(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte >= b' ' || *byte == b'\n')
}

fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0_u64;
    for (index, byte) in bytes.iter().take(10).enumerate() {
        let part = u64::from(byte & 0x7F);
        value |= part.checked_shl(u32::try_from(7 * index).ok()?)?;
        if byte & 0x80 == 0 {
            return Some((value, index + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use prost::Message as _;

    use super::*;
    use crate::kinds::ReplyKind;
    use crate::wire::execution::{Execution, ExecutionDetails};

    #[test]
    fn doubles_of_inner_messages_are_spoilt_and_texts_are_not() {
        let details = ExecutionDetails {
            req_id: Some(-1),
            contract: None,
            execution: Some(Execution {
                exec_id: Some("0001.01".to_owned()),
                price: Some(400.2),
                ..Execution::default()
            }),
        };

        let spoilt = spoil(Frame::of(ReplyKind::ExecutionData, &details), Spoilt::Unset);

        let read = ExecutionDetails::decode(&spoilt.bytes[8..]).unwrap();
        let execution = read.execution.unwrap();
        assert_eq!(execution.exec_id.as_deref(), Some("0001.01"));
        assert_eq!(execution.price.map(f64::to_bits), Some(f64::MAX.to_bits()));
    }
}
