//! Rust source told apart into code and comments, far enough that a word inside a string or a
//! comment is never taken for code. Not a parser: macros and types are text like any other.

use std::sync::LazyLock;

use regex::Regex;

static RAW_TEXT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"^[bc]?r(#*)""#).unwrap());
static TEXT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"^[bc]?"(?s:\\.|[^"\\])*"?"#).unwrap());
static CHARACTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^b?'(?:\\(?:u\{[^}]*\}|x[0-9a-fA-F]{2}|[^ux])|[^\\'\n])'").unwrap()
});

/// A comment, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Comment {
    /// Counted from one.
    pub(crate) line: usize,
    /// What follows the slashes, trimmed.
    pub(crate) text: String,
    /// Whether rustdoc reads it.
    pub(crate) doc: bool,
    /// Whether nothing but space stands before it on its line.
    pub(crate) alone: bool,
}

/// The two readings of one file.
#[derive(Debug)]
pub(crate) struct Masked {
    /// The text with comments and the insides of literals blanked, byte for byte as long.
    pub(crate) code: String,
    /// Every comment, in order; a block comment counts as one.
    pub(crate) comments: Vec<Comment>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Comment,
    Literal,
}

/// Splits Rust source. Unfinished literals and comments reach to the end of the text.
pub(crate) fn mask(text: &str) -> Masked {
    let mut code = String::with_capacity(text.len());
    let mut comments = Vec::new();
    let mut rest = text;
    let mut line = 1;

    while !rest.is_empty() {
        let (kind, length) = next_piece(rest);
        let (piece, after) = rest.split_at(length);
        match kind {
            Kind::Code => code.push_str(piece),
            Kind::Comment => {
                let before = code.rsplit('\n').next().unwrap_or(&code);
                comments.push(comment(piece, line, before.trim().is_empty()));
                blank(piece, &mut code);
            }
            Kind::Literal => blank(piece, &mut code),
        }
        line += piece.matches('\n').count();
        rest = after;
    }
    Masked { code, comments }
}

fn next_piece(rest: &str) -> (Kind, usize) {
    if rest.starts_with("//") {
        return (Kind::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Kind::Comment, block_length(rest));
    }
    if rest.starts_with(['"', 'b', 'c', 'r', '\'']) {
        if let Some(opening) = RAW_TEXT.captures(rest) {
            let (whole, [hashes]) = opening.extract();
            let closing = format!("\"{hashes}");
            let body = rest.get(whole.len()..).unwrap_or("");
            let end = body
                .find(&closing)
                .map_or(rest.len(), |at| whole.len() + at + closing.len());
            return (Kind::Literal, end);
        }
        if let Some(found) = TEXT.find(rest).or_else(|| CHARACTER.find(rest)) {
            return (Kind::Literal, found.len());
        }
    }
    (Kind::Code, rest.chars().next().map_or(0, char::len_utf8))
}

fn block_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        if tail.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if tail.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn comment(piece: &str, line: usize, alone: bool) -> Comment {
    let four = piece.starts_with("////");
    let doc = !four
        && ["///", "//!", "/**", "/*!"]
            .iter()
            .any(|open| piece.starts_with(open));
    let marks = if doc { 3 } else { 2 };
    let text = piece
        .get(marks..)
        .unwrap_or("")
        .trim_end_matches("*/")
        .trim()
        .to_owned();
    Comment {
        line,
        text,
        doc,
        alone,
    }
}

/// Keeps the quotes and the line breaks, so that offsets and line numbers stay true.
fn blank(piece: &str, code: &mut String) {
    for character in piece.chars() {
        match character {
            '\n' | '"' => code.push(character),
            _ => code.extend(std::iter::repeat_n(' ', character.len_utf8())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn literals_and_comments_leave_the_code_at_the_same_length() {
        let text = "let a = \"x // \u{e9} \\\" y\"; // why\nlet b = r#\"q\"z\"#; /* a /* b */ c */ done('\\'', b'\"');";

        let masked = mask(text);

        assert_eq!(masked.code.len(), text.len());
        assert!(!masked.code.contains(" y"));
        assert!(!masked.code.contains('z'));
        assert!(masked.code.contains("done("));
        assert_eq!(masked.code.lines().count(), 2);
    }

    #[test]
    fn comments_carry_their_line_and_kind() {
        let masked = mask("//! room\nfn f<'a>(x: &'a str) {} // why\n    // alone\n//// rule");

        let seen: Vec<_> = masked
            .comments
            .iter()
            .map(|found| (found.line, found.text.as_str(), found.doc, found.alone))
            .collect();
        assert_eq!(
            seen,
            [
                (1, "room", true, true),
                (2, "why", false, false),
                (3, "alone", false, true),
                (4, "// rule", false, true),
            ]
        );
    }
}
