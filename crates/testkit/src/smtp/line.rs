//! One line of the protocol, in the clear or not.

use std::io::{self, Read, Write};

/// Bytes of a line at most.
const LINE_MAX: usize = 10_000;

/// The next line without its end; `None` where the other side has gone.
pub(super) fn read_line(stream: &mut impl Read) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let mut byte = [0];
    while line.len() < LINE_MAX {
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        match byte {
            [b'\n'] => break,
            [b'\r'] => {}
            [other] => line.push(other),
        }
    }
    Ok(Some(String::from_utf8_lossy(&line).into_owned()))
}

/// Says one line.
pub(super) fn say(stream: &mut impl Write, line: &str) -> io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes())?;
    stream.flush()
}

/// Listens without a word until the other side has gone.
pub(super) fn listen_only(stream: &mut impl Read) -> io::Result<()> {
    while read_line(stream)?.is_some() {}
    Ok(())
}
