//! Printing of failures: the error, what caused it, and one line on what to do.

use std::error::Error;
use std::io::{self, Write};

/// Writes `error: ..`, a line for each cause that says something more, and the hint if there is one.
pub(crate) fn write_failure(
    out: &mut impl Write,
    error: &dyn Error,
    hint: Option<&str>,
) -> io::Result<()> {
    writeln!(out, "error: {error}")?;
    for cause in chain(error).iter().skip(1) {
        writeln!(out, "  caused by: {cause}")?;
    }
    if let Some(hint) = hint {
        writeln!(out, "  hint: {hint}")?;
    }
    Ok(())
}

/// The error and its causes on one line, from the outside in.
pub(crate) fn on_one_line(error: &dyn Error) -> String {
    chain(error).join(": ")
}

/// What the error says and what each cause adds. A transparent wrapper says the words of what it
/// wraps; once is enough.
fn chain(error: &dyn Error) -> Vec<String> {
    let mut said = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if said.last() != Some(&text) {
            said.push(text);
        }
        cause = inner.source();
    }
    said
}

#[cfg(test)]
mod tests {
    use std::io;

    use thiserror::Error;

    use super::{on_one_line, write_failure};

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
        assert_eq!(
            on_one_line(&error),
            "the file cannot be read: no such folder"
        );
    }
}
