//! The words of an alert: bounded, on one line, and without links.

/// Letters of a subject at most.
pub(crate) const SUBJECT_MAX: usize = 120;
/// Letters of a message at most.
pub(crate) const MESSAGE_MAX: usize = 2_000;

/// Cuts to a length, drops control characters, and takes links out: a message informs, it does not
/// send anybody anywhere.
pub(crate) fn cleaned(text: &str, most: usize) -> String {
    let words = text.split_whitespace().map(|word| {
        let lower = word.to_ascii_lowercase();
        if lower.contains("://") || lower.starts_with("www.") {
            "[link removed]"
        } else {
            word
        }
    });
    let joined = words.collect::<Vec<_>>().join(" ");
    joined
        .chars()
        .filter(|c| !c.is_control())
        .take(most)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_control_characters_do_not_reach_the_owner() {
        let text = "stop\u{7} hit, see https://evil.example/x and www.evil.example";

        assert_eq!(
            cleaned(text, 200),
            "stop hit, see [link removed] and [link removed]"
        );
        assert_eq!(cleaned("abcdef", 3), "abc");
        assert_eq!(
            cleaned("one\r\nBcc: x@y.example", 50),
            "one Bcc: x@y.example"
        );
    }
}
