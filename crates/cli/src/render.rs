//! Printing of failures: the error, what caused it, and one line on what to do.

use std::error::Error;
use std::io::{self, Write};

/// Writes `error: ..`, a line for each cause that says something more, and the hint if there is one.
pub(crate) fn write_failure(
    out: &mut impl Write,
    error: &dyn Error,
    hint: Option<&str>,
) -> io::Result<()> {
    let mut said = error.to_string();
    writeln!(out, "error: {said}")?;
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        // A transparent wrapper says the words of what it wraps; once is enough.
        if text != said {
            writeln!(out, "  caused by: {text}")?;
            said = text;
        }
        cause = inner.source();
    }
    if let Some(hint) = hint {
        writeln!(out, "  hint: {hint}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io;

    use thiserror::Error;

    use super::write_failure;

    #[derive(Debug, Error)]
    #[error("the file cannot be read")]
    struct Outer(#[source] Middle);

    #[derive(Debug, Error)]
    #[error(transparent)]
    struct Middle(#[from] io::Error);

    #[test]
    fn a_chain_is_told_once_from_the_outside_in_with_the_hint_last() {
        let error = Outer(Middle(io::Error::other("no such folder")));
        let mut text = Vec::new();

        write_failure(&mut text, &error, Some("make the folder")).unwrap();

        assert_eq!(
            String::from_utf8(text).unwrap(),
            "error: the file cannot be read\n  caused by: no such folder\n  hint: make the folder\n"
        );
    }
}
