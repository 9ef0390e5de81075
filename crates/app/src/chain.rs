//! An error with all that is behind it, in one line, for whoever reads it last.

use std::error::Error;

/// Writes `error` and each of its causes, with `: ` between.
///
/// ```
/// use catalyst_app::chain;
/// use catalyst_ports::journal::JournalError;
///
/// let error = JournalError { source: "the disk is full".into() };
/// assert_eq!(chain(&error), "the journal is unavailable: the disk is full");
/// ```
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut behind = error.source();
    while let Some(cause) = behind {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        behind = cause.source();
    }
    text
}
