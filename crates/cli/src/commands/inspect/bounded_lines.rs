//! Lines of an input that nobody vouches for: a line of any length costs a bounded memory.

use std::io::{self, BufRead as _, BufReader, Read};

/// Bytes of one question; what is longer is answered as too long and not kept.
pub(super) const LINE_MAX: usize = 64 * 1024;

/// One line without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// As it stands.
    Whole(&'a [u8]),
    /// Longer than 64 KiB; only its length is known.
    TooLong {
        /// Bytes without the line's end.
        length: usize,
    },
}

/// An input taken line by line, in one buffer that is used again for each.
#[derive(Debug)]
pub(super) struct BoundedLines<R> {
    input: BufReader<R>,
    kept: Vec<u8>,
}

impl<R: Read> BoundedLines<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input: BufReader::with_capacity(LINE_MAX, input),
            kept: Vec::new(),
        }
    }

    /// The next line, `None` at the end of the input. A last line needs no line end.
    pub(super) fn read_line(&mut self) -> io::Result<Option<Line<'_>>> {
        self.kept.clear();
        let mut length = 0_usize;
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                return Ok((length > 0).then(|| self.line_of(length)));
            }
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let part = end.map_or(chunk, |end| chunk.split_at(end).0);
            length = length.saturating_add(part.len());
            if length <= LINE_MAX {
                self.kept.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            self.input.consume(used);
            if end.is_some() {
                return Ok(Some(self.line_of(length)));
            }
        }
    }

    /// True when the next line is there already, so that reading it cannot wait for its writer.
    pub(super) fn has_next_line(&self) -> bool {
        self.input.buffer().contains(&b'\n')
    }

    fn line_of(&self, length: usize) -> Line<'_> {
        if length > LINE_MAX {
            return Line::TooLong { length };
        }
        Line::Whole(self.kept.strip_suffix(b"\r").unwrap_or(&self.kept))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use proptest::prelude::*;

    use super::{BoundedLines, LINE_MAX, Line};

    /// Hands out at most so many bytes at a time, as a pipe may.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let most = out.len().min(self.1);
            self.0.read(&mut out[..most])
        }
    }

    /// Each line as it stands, or the length of one that is too long.
    fn lines(text: &[u8], drip: usize) -> Vec<Result<Vec<u8>, usize>> {
        let mut input = BoundedLines::new(Drip(text, drip));
        let mut lines = Vec::new();
        while let Some(line) = input.read_line().unwrap() {
            lines.push(match line {
                Line::Whole(line) => Ok(line.to_vec()),
                Line::TooLong { length } => Err(length),
            });
        }
        lines
    }

    #[test]
    fn a_line_beyond_the_bound_is_counted_and_the_next_one_is_read() {
        let mut text = vec![b'x'; 1_000_000];
        text.extend_from_slice(b"\nnext");

        assert_eq!(lines(&text, 8_192), [Err(1_000_000), Ok(b"next".to_vec())]);
    }

    #[test]
    fn the_bound_itself_is_a_whole_line() {
        let text = vec![b'x'; LINE_MAX];

        assert_eq!(lines(&text, 100), [Ok(text.clone())]);
    }

    #[test]
    fn half_a_line_is_not_the_next_line() {
        let mut input = BoundedLines::new(b"one\ntwo\nthr".as_slice());

        let mut next = Vec::new();
        while input.read_line().unwrap().is_some() {
            next.push(input.has_next_line());
        }

        assert_eq!(next, [true, false, false]);
    }

    proptest! {
        #[test]
        fn lines_are_those_of_the_standard_library(text in "[a\n\r]{0,40}", drip in 1_usize..9) {
            let expected: Vec<_> = text.lines().map(|line| Ok(line.into())).collect();
            // The standard library keeps a carriage return that no line end follows.
            prop_assume!(!text.ends_with('\r'));
            prop_assert_eq!(lines(text.as_bytes(), drip), expected);
        }
    }
}
