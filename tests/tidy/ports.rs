//! Questions and values at the seams: traits live in the ports, stay small, and carry types that
//! say more than text.

use std::sync::LazyLock;

use regex::Regex;

use super::search::places;
use crate::tree::{Finding, Tree, braces_after};

/// Methods a port may have; with more it is two ports.
const METHODS_MAX: usize = 5;

/// Fields that are words for a person to read, and so are text by nature.
const PROSE: [&str; 15] = [
    "allowed",
    "description",
    "detail",
    "evidence",
    "found",
    "headline",
    "hint",
    "html",
    "message",
    "note",
    "reason",
    "reasoning",
    "source",
    "subject",
    "text",
];

static TRAIT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bpub(?:\([^)]*\))?\s+trait\s+(\w+)").unwrap());
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bpub(?:\([^)]*\))?\s+(\w+)\s*:\s*(?:(?:Option|Vec)<)*String\b").unwrap()
});

pub(super) fn traits_outside_ports(tree: &Tree) -> Vec<Finding> {
    let instead = "a struct or a function; a question of the app goes to crates/ports";
    tree.rust()
        .filter(|file| !file.path.starts_with("crates/ports/src/"))
        .flat_map(|file| places(file, file.live_code(), r"\bpub\s+trait\s+\w+", instead))
        .collect()
}

pub(super) fn wide_ports(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree
        .rust()
        .filter(|file| file.path.starts_with("crates/ports/src/"))
    {
        for port in TRAIT.captures_iter(file.live_code()) {
            let (_, [name]) = port.extract();
            let body = braces_after(&file.code, port.get_match().end());
            let methods = body
                .and_then(|range| file.code.get(range))
                .map_or(0, methods_in);
            if methods > METHODS_MAX {
                found.push(Finding {
                    path: file.path.clone(),
                    line: file.line_of(port.get_match().start()),
                    what: format!("the port `{name}` has {methods} methods"),
                    instead: "at most 5; two questions are two ports",
                });
            }
        }
    }
    found
}

/// Counts `fn` directly inside the outermost braces; default bodies may hold their own.
fn methods_in(body: &str) -> usize {
    let mut depth = 0_i32;
    let mut count = 0;
    for word in body.split_inclusive(|letter: char| !letter.is_alphanumeric() && letter != '_') {
        if depth == 1 && word.trim() == "fn" {
            count += 1;
        }
        depth += match word.chars().next_back() {
            Some('{') => 1,
            Some('}') => -1,
            Some(_) | None => 0,
        };
    }
    count
}

pub(super) fn text_as_data(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let inner = ["crates/domain/src/", "crates/ports/src/"];
    for file in tree
        .rust()
        .filter(|file| inner.iter().any(|room| file.path.starts_with(room)))
    {
        for field in FIELD.captures_iter(file.live_code()) {
            let (_, [name]) = field.extract();
            if !PROSE.contains(&name) {
                found.push(Finding {
                    path: file.path.clone(),
                    line: file.line_of(field.get_match().start()),
                    what: format!("the field `{name}` is text"),
                    instead: "a type that is parsed once; text is for what a person reads",
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::search::lines;
    use super::{text_as_data, traits_outside_ports, wide_ports};
    use crate::tree::Tree;

    #[test]
    fn public_traits_belong_to_the_ports() {
        let text = "trait Inner {}\npub trait Feed {}\n#[cfg(test)]\nmod tests { pub trait T {} }";

        let tree = Tree::of(&[
            ("crates/app/src/a.rs", text),
            ("crates/ports/src/a.rs", text),
        ]);

        assert_eq!(lines(&traits_outside_ports(&tree)), [2]);
    }

    #[test]
    fn a_port_with_six_methods_is_two_ports() {
        let five = "async fn a(&self); fn b(&self); fn c(&self); fn d(&self);\
                    fn e(&self) { fn inner() {} }";
        let text =
            format!("pub trait Narrow {{ {five} }}\npub trait Wide {{ {five} fn f(&self); }}");

        let tree = Tree::of(&[("crates/ports/src/a.rs", &text)]);

        let found = wide_ports(&tree);
        assert_eq!(lines(&found), [2]);
        assert_eq!(found[0].what, "the port `Wide` has 6 methods");
    }

    #[test]
    fn text_fields_are_for_prose() {
        let text = "pub struct A {\n pub symbol: String,\n pub reason: String,\n name: String,\n\
                    \x20pub tags: Vec<String>,\n pub(crate) currency: Option<String>,\n}";

        let tree = Tree::of(&[
            ("crates/domain/src/a.rs", text),
            ("crates/cli/src/a.rs", text),
        ]);

        assert_eq!(lines(&text_as_data(&tree)), [2, 5, 6]);
    }
}
