//! Looking for a pattern in code that is already free of comments and literals.

use regex::Regex;

use crate::tree::{Finding, Source};

/// A finding for every place where the pattern stands in `code`, which must be a beginning of the
/// file's code so that its lines can be counted.
pub(super) fn places(
    file: &Source,
    code: &str,
    pattern: &str,
    instead: &'static str,
) -> Vec<Finding> {
    Regex::new(pattern)
        .unwrap()
        .find_iter(code)
        .map(|found| Finding {
            path: file.path.clone(),
            line: file.line_of(found.start()),
            what: format!("`{}`", found.as_str().trim()),
            instead,
        })
        .collect()
}

/// Where the findings are, for a check's own test.
pub(super) fn lines(findings: &[Finding]) -> Vec<usize> {
    findings.iter().map(|finding| finding.line).collect()
}
