//! Answers: one line of JSON for each line of questions, in order, as soon as it is waited for.

use std::io::{self, BufWriter, Read, Write};

use serde::Serialize;

use super::bad_question::BadQuestion;
use super::bounded_lines::{BoundedLines, Line};

/// What a command answers that has nothing to add to a refusal.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Answered<A> {
    /// The answer.
    Known(A),
    /// Written as `{"error":{..}}`.
    Refused {
        /// What is wrong with the question.
        error: BadQuestion,
    },
}

impl<A> From<Result<A, BadQuestion>> for Answered<A> {
    fn from(result: Result<A, BadQuestion>) -> Self {
        match result {
            Ok(answer) => Self::Known(answer),
            Err(error) => Self::Refused { error },
        }
    }
}

/// Answers every line of `input` by one line of `output`. Fails only when one of the two breaks; a
/// reader that has enough and closes its end is no failure.
pub(crate) fn answer_lines<A: Serialize>(
    input: impl Read,
    output: impl Write,
    mut answer: impl FnMut(Line<'_>) -> A,
) -> io::Result<()> {
    let mut lines = BoundedLines::new(input);
    let mut output = BufWriter::new(output);
    let mut answer_all = || {
        while let Some(line) = lines.read_line()? {
            write_line(&mut output, &answer(line))?;
            // Whoever asks line by line waits for this answer before the next question.
            if !lines.has_next_line() {
                output.flush()?;
            }
        }
        output.flush()
    };
    unless_closed(answer_all())
}

/// Writes the one answer to a question in flags.
pub(crate) fn write_answer(output: impl Write, answer: &impl Serialize) -> io::Result<()> {
    let mut output = BufWriter::new(output);
    unless_closed(write_line(&mut output, answer).and_then(|()| output.flush()))
}

/// Writes a text that is no line of JSON, in the same way.
pub(crate) fn write_text(mut output: impl Write, text: &str) -> io::Result<()> {
    let written = output.write_all(text.as_bytes());
    unless_closed(written.and_then(|()| output.flush()))
}

fn write_line(mut output: impl Write, answer: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut output, answer)?;
    output.write_all(b"\n")
}

fn unless_closed(ended: io::Result<()>) -> io::Result<()> {
    match ended {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};

    use super::{Line, answer_lines};

    /// A reader that closes its end after so many bytes.
    struct Closing(usize);

    impl Write for Closing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 == 0 {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            let taken = bytes.len().min(self.0);
            self.0 -= taken;
            Ok(taken)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A full disk.
    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn length(line: Line<'_>) -> usize {
        match line {
            Line::Whole(line) => line.len(),
            Line::TooLong { length } => length,
        }
    }

    #[test]
    fn each_line_has_its_answer_in_its_place() {
        let mut output = Vec::new();

        answer_lines(b"a\n\nccc".as_slice(), &mut output, length).unwrap();

        assert_eq!(output, b"1\n0\n3\n");
    }

    #[test]
    fn a_reader_that_has_enough_is_no_failure_and_a_full_disk_is_one() {
        let many = b"line\n".repeat(100_000);

        let closed = answer_lines(many.as_slice(), Closing(10), length);
        let full = answer_lines(many.as_slice(), Full, length);

        assert_eq!(closed.map_err(|error| error.kind()), Ok(()));
        assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
