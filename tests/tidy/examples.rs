//! Examples: every public struct, enum and free function of the domain is shown at work, in its own
//! doc, in that of one of its methods, or where its doc says. Errors are shown by what raises them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::tree::{Finding, Source, Tree, braces_after};

const ROOM: &str = "crates/domain/src/";

static ITEM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^pub (?:const )?(struct|enum|fn) (\w+)").unwrap());
static IMPL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^impl(?:<[^>]*>)? (.+ for )?(?:\w+::)*(\w+)").unwrap());
static METHOD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^    (pub )?(?:const )?fn (\w+)").unwrap());
static RAISED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:(?:Unknown|Not)[A-Z]\w*|\w+Error)\b").unwrap());
static RAISING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(?:impl\b.*?|pub (?:const )?fn )(\w+)(?:<.*>)?(?: \{|\()").unwrap()
});
static ELSEWHERE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"Shown at \[`([\w:]+)`\]").unwrap());

/// Something with a doc comment.
struct Item<'a> {
    path: &'a str,
    line: usize,
    kind: Kind<'a>,
    name: &'a str,
    doc: Vec<&'a str>,
}

#[derive(PartialEq, Eq)]
enum Kind<'a> {
    Type,
    Function,
    Method { of: &'a str },
}

pub(super) fn items_without_example(tree: &Tree) -> Vec<Finding> {
    let items: Vec<Item<'_>> = domain(tree).flat_map(items_of).collect();
    let mut shown: BTreeSet<String> = items
        .iter()
        .filter(|item| item.has_example())
        .flat_map(Item::names)
        .collect();
    let refusing: BTreeSet<String> = items
        .iter()
        .filter(|item| item.shows_a_refusal())
        .flat_map(Item::names)
        .collect();
    shown.extend(domain(tree).flat_map(|file| raised_in(file, &refusing)));
    items
        .iter()
        .filter_map(|item| item.finding(&shown))
        .collect()
}

fn domain(tree: &Tree) -> impl Iterator<Item = &Source> {
    tree.rust()
        .filter(|file| file.path.starts_with(ROOM) && !file.is_test())
}

/// The errors that code of those types and functions speaks of whose examples show a refusal.
fn raised_in<'a>(
    file: &'a Source,
    refusing: &'a BTreeSet<String>,
) -> impl Iterator<Item = String> + 'a {
    let code = file.live_code();
    RAISING
        .captures_iter(code)
        .filter(|found| refusing.contains(found.extract::<1>().1[0]))
        .filter_map(move |found| {
            let start = found.get_match().start();
            code.get(start..braces_after(code, start)?.end)
        })
        .flat_map(|block| RAISED.find_iter(block))
        .map(|error| error.as_str().to_owned())
}

impl Item<'_> {
    /// Whether a fence opens that rustdoc compiles and runs.
    fn has_example(&self) -> bool {
        let mut fences = self.doc.iter().filter(|line| line.starts_with("```"));
        fences.next().is_some_and(|opening| *opening == "```")
    }

    fn shows_a_refusal(&self) -> bool {
        self.has_example() && self.doc.iter().any(|line| line.contains("unwrap_err()"))
    }

    /// What an example in this doc shows: the item, and of a method its type too.
    fn names(&self) -> Vec<String> {
        match self.kind {
            Kind::Type | Kind::Function => vec![self.name.to_owned()],
            Kind::Method { of } => vec![of.to_owned(), format!("{of}::{}", self.name)],
        }
    }

    fn finding(&self, shown: &BTreeSet<String>) -> Option<Finding> {
        let named = self.doc.iter().find_map(|line| ELSEWHERE.captures(line));
        let elsewhere = named.map(|found| found.extract::<1>().1[0].to_owned());
        let what = match (&self.kind, elsewhere) {
            (_, Some(place)) if !shown.contains(&place) => {
                format!(
                    "`{}` is shown at `{place}`, which has no example",
                    self.name
                )
            }
            (Kind::Type, Some(_)) | (Kind::Method { .. }, _) => return None,
            (Kind::Type | Kind::Function, _) if shown.contains(self.name) => return None,
            (Kind::Type, None) if RAISED.is_match(self.name) => {
                format!("`{}` is in no example of what raises it", self.name)
            }
            (Kind::Type | Kind::Function, _) => format!("`{}` has no example", self.name),
        };
        Some(Finding {
            path: self.path.to_owned(),
            line: self.line,
            what,
            instead: "three to eight lines that run, in its doc or that of one of its methods",
        })
    }
}

/// The public items and methods of a file; rustfmt has put each on the column that tells which.
fn items_of(file: &Source) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut doc = Vec::new();
    let mut inside: Option<(&str, bool)> = None;
    let mut in_attribute = false;
    for (at, (text, code)) in file.text.lines().zip(file.live_code().lines()).enumerate() {
        if let Some(words) = text.trim_start().strip_prefix("///") {
            doc.push(words.trim());
            continue;
        }
        if in_attribute || code.trim_start().starts_with("#[") {
            in_attribute = !code.ends_with(']');
            continue;
        }
        if let Some(block) = IMPL.captures(code) {
            let of = block.get(2).map_or("", |name| name.as_str());
            inside = Some((of, block.get(1).is_some()));
        } else if code == "}" {
            inside = None;
        }
        let doc = std::mem::take(&mut doc);
        if let Some((kind, name)) = item_at(code, inside) {
            items.push(Item {
                path: &file.path,
                line: at + 1,
                kind,
                name,
                doc,
            });
        }
    }
    items
}

/// The item that begins on a line, inside the `impl` of a type, of a trait for it or not.
fn item_at<'a>(code: &'a str, inside: Option<(&'a str, bool)>) -> Option<(Kind<'a>, &'a str)> {
    if let Some(item) = ITEM.captures(code) {
        let (_, [keyword, name]) = item.extract();
        let kind = if keyword == "fn" {
            Kind::Function
        } else {
            Kind::Type
        };
        return Some((kind, name));
    }
    let (of, by_trait) = inside?;
    let method = METHOD.captures(code)?;
    let name = method.get(2)?.as_str();
    (by_trait || method.get(1).is_some()).then_some((Kind::Method { of }, name))
}

#[cfg(test)]
mod tests {
    use super::items_without_example;
    use crate::tree::Tree;

    fn found(text: &str) -> Vec<String> {
        let tree = Tree::of(&[("crates/domain/src/a.rs", text)]);
        items_without_example(&tree)
            .into_iter()
            .map(|finding| format!("{} {}", finding.line, finding.what))
            .collect()
    }

    #[test]
    fn an_item_is_shown_in_its_own_doc_or_in_that_of_a_method() {
        let text = "/// ```\n/// a();\n/// ```\npub fn a() {}\n\
                    /// Words.\npub struct B;\n\
                    impl B {\n    /// ```\n    /// ```\n    pub fn b() {}\n}\n\
                    pub enum C {}\n\
                    impl FromStr for C {\n    /// ```\n    /// ```\n    fn from_str() {}\n}\n\
                    pub(crate) struct Hidden;\nstruct Private;\nfn private() {}";

        assert!(found(text).is_empty(), "{:?}", found(text));
    }

    #[test]
    fn an_item_without_example_is_found_whatever_its_neighbours_show() {
        let text = "/// ```\n/// ```\npub struct A {\n    /// A field.\n    pub of: u8,\n}\n\
                    #[error(\n    \"x\"\n)]\npub struct B;\n\
                    impl B {\n    /// ```\n    /// ```\n    fn private() {}\n}\n\
                    /// ```text\n/// ```\npub const fn c() {}";

        assert_eq!(
            found(text),
            ["10 `B` has no example", "18 `c` has no example"]
        );
    }

    #[test]
    fn a_type_may_name_the_place_that_shows_it_and_a_function_may_not() {
        let text = "/// Shown at [`a`].\npub struct A;\n\
                    /// Shown at [`B::c`](super::B).\npub struct C;\n\
                    /// ```\n/// ```\npub fn a() {}\n\
                    /// Shown at [`a`].\npub fn d() {}";

        assert_eq!(
            found(text),
            [
                "4 `C` is shown at `B::c`, which has no example",
                "9 `d` has no example"
            ]
        );
    }

    #[test]
    fn errors_are_shown_by_what_raises_them() {
        let refusal = "/// ```\n/// a().unwrap_err();\n/// ```\n";
        let raising = format!(
            "{refusal}pub fn a() -> Result<(), AError> {{}}\n\
             {refusal}pub struct B<T>;\nimpl<T> FromStr for B<T> {{\n    type Err = UnknownB;\n}}\n\
             /// ```\n/// ```\npub fn c() -> Result<(), NotC> {{}}\n\
             pub enum AError {{}}\npub struct UnknownB;\npub enum NotC {{}}\npub struct Notice;"
        );

        assert_eq!(
            found(&raising),
            [
                "17 `NotC` is in no example of what raises it",
                "18 `Notice` has no example"
            ]
        );
    }
}
