//! Lines of an input that nobody vouches for: a line of any length costs a bounded memory.

use std::io::{self, BufRead};

/// Bytes of one question; what is longer is answered as too long and not kept.
pub(super) const LINE_MAX: usize = 64 * 1024;

/// One line without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// As it stands.
    Whole(Vec<u8>),
    /// Longer than [`LINE_MAX`]; only its length is known.
    TooLong {
        /// Bytes without the line's end.
        length: usize,
    },
}

/// The next line, `None` at the end of the input. A last line needs no line end.
pub(super) fn read_line(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    let mut kept = Vec::new();
    let mut length = 0_usize;
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            return Ok((length > 0).then(|| line_of(kept, length)));
        }
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let part = end.map_or(chunk, |end| chunk.split_at(end).0);
        length = length.saturating_add(part.len());
        if length <= LINE_MAX {
            kept.extend_from_slice(part);
        } else {
            kept = Vec::new();
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            return Ok(Some(line_of(kept, length)));
        }
    }
}

fn line_of(mut kept: Vec<u8>, length: usize) -> Line {
    if length > LINE_MAX {
        return Line::TooLong { length };
    }
    if kept.last() == Some(&b'\r') {
        kept.pop();
    }
    Line::Whole(kept)
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read as _};

    use proptest::prelude::*;

    use super::{LINE_MAX, Line, read_line};

    fn lines(text: &[u8], buffer: usize) -> Vec<Line> {
        let mut input = BufReader::with_capacity(buffer, text);
        let mut lines = Vec::new();
        while let Some(line) = read_line(&mut input).unwrap() {
            lines.push(line);
        }
        lines
    }

    #[test]
    fn a_line_beyond_the_bound_is_counted_and_the_next_one_is_read() {
        let mut text = Vec::new();
        std::io::repeat(b'x')
            .take(1_000_000)
            .read_to_end(&mut text)
            .unwrap();
        text.extend_from_slice(b"\nnext");

        assert_eq!(
            lines(&text, 8_192),
            [
                Line::TooLong { length: 1_000_000 },
                Line::Whole(b"next".to_vec())
            ]
        );
    }

    #[test]
    fn the_bound_itself_is_a_whole_line() {
        let text = vec![b'x'; LINE_MAX];

        assert_eq!(lines(&text, 100), [Line::Whole(text.clone())]);
    }

    proptest! {
        #[test]
        fn lines_are_those_of_the_standard_library(text in "[a\n\r]{0,40}", buffer in 1_usize..9) {
            let expected: Vec<_> = text.lines().map(|line| Line::Whole(line.into())).collect();
            // The standard library keeps a carriage return that no line end follows.
            prop_assume!(!text.ends_with('\r'));
            prop_assert_eq!(lines(text.as_bytes(), buffer), expected);
        }
    }
}
