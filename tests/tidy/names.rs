//! Names that tell too little, names that tell an age, and names that promise a way round the
//! risk gate.

use std::collections::BTreeSet;

use regex::Regex;

use crate::tree::{Finding, Source, Tree};

/// Says nothing wherever it stands in a name.
const VAGUE: [&str; 9] = [
    "util", "utils", "helper", "helpers", "misc", "manager", "managers", "handler", "handlers",
];

/// Says nothing as the whole name.
const VAGUE_ALONE: [&str; 4] = ["common", "types", "base", "core"];

pub(super) fn vague_names(tree: &Tree) -> Vec<Finding> {
    let inline = Regex::new(r"\bmod\s+(\w+)").unwrap();
    let mut found = BTreeSet::new();
    for file in tree.rust() {
        let mut finding = |line, name: &str| {
            if is_vague(name) {
                found.insert(Finding {
                    path: file.path.clone(),
                    line,
                    what: format!("the name `{name}`"),
                    instead: "the noun that a reader would look for",
                });
            }
        };
        for part in file.path.trim_end_matches(".rs").split('/') {
            finding(1, part);
        }
        for module in inline.captures_iter(&file.code) {
            let (whole, [name]) = module.extract();
            let at = module.get_match().start();
            finding(file.line_of(at) + whole.matches('\n').count(), name);
        }
    }
    found.into_iter().collect()
}

fn is_vague(name: &str) -> bool {
    VAGUE_ALONE.contains(&name) || name.split(['_', '-']).any(|word| VAGUE.contains(&word))
}

pub(super) fn names_with_an_age(tree: &Tree) -> Vec<Finding> {
    identifiers_with(
        tree,
        Source::live_code,
        |words| {
            let last = words.last().map_or("", String::as_str);
            let version = last.strip_prefix('v').is_some_and(is_number);
            words.len() > 1 && (version || last == "old") || words.iter().any(|one| one == "legacy")
        },
        "the thing's own name; the repository remembers what was before",
    )
}

pub(super) fn ways_round_the_gate(tree: &Tree) -> Vec<Finding> {
    identifiers_with(
        tree,
        |file| &file.code,
        |words| {
            let forced = words.len() > 1 && words.first().is_some_and(|word| word == "force");
            let skipped = words.windows(2).any(|pair| pair == ["skip", "risk"]);
            forced || skipped || words.iter().any(|word| word.starts_with("bypass"))
        },
        "no way round the gate, whatever the name; exits pass it with their own rules",
    )
}

fn identifiers_with(
    tree: &Tree,
    part: fn(&Source) -> &str,
    is_wrong: impl Fn(&[String]) -> bool,
    instead: &'static str,
) -> Vec<Finding> {
    let identifier = Regex::new(r"[A-Za-z_]\w*").unwrap();
    let mut found = Vec::new();
    for file in tree.rust() {
        for name in identifier.find_iter(part(file)) {
            if is_wrong(&words_of(name.as_str())) {
                found.push(Finding {
                    path: file.path.clone(),
                    line: file.line_of(name.start()),
                    what: format!("the name `{}`", name.as_str()),
                    instead,
                });
            }
        }
    }
    found
}

/// The words of a name in lower case, whether it joins them by underscores or by capitals.
fn words_of(name: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut after_small = false;
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && after_small {
            spaced.push('_');
        }
        after_small = letter.is_ascii_lowercase();
        spaced.push(letter.to_ascii_lowercase());
    }
    spaced
        .split('_')
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::search::lines;
    use super::{names_with_an_age, vague_names, ways_round_the_gate};
    use crate::tree::Tree;

    #[test]
    fn rooms_with_vague_names_are_found_by_file_folder_and_mod_line() {
        let tree = Tree::of(&[
            ("crates/x/src/order_utils.rs", ""),
            ("crates/x/src/common/a.rs", ""),
            ("crates/x/src/a.rs", "fn a() {}\nmod handler { }"),
            ("crates/x/src/base_currency.rs", "mod tool_types;"),
        ]);

        assert_eq!(lines(&vague_names(&tree)), [2, 1, 1]);
    }

    #[test]
    fn versions_and_ages_in_names_are_found_and_words_that_contain_them_are_not() {
        let text = "fn place_v2() {}\nstruct PriceOld;\nmod legacy_feed {}\n\
                    fn hold(threshold: u8, ipv4: u8) {}\nfn v2() {}\n// place_v2\n\
                    #[cfg(test)]\nmod tests { fn nine_and_old() {} }";

        let tree = Tree::of(&[("crates/x/src/a.rs", text)]);

        assert_eq!(lines(&names_with_an_age(&tree)), [1, 2, 3]);
    }

    #[test]
    fn names_that_promise_a_way_round_are_found_and_time_in_force_is_not() {
        let text = "fn force_fill() {}\nstruct BypassGate;\nlet skip_risk_gate = 1;\n\
                    fn enforce_limit(time_in_force_of: u8) {}\nlet note = \"bypass\";";

        let tree = Tree::of(&[("crates/x/src/a.rs", text)]);

        assert_eq!(lines(&ways_round_the_gate(&tree)), [1, 2, 3]);
    }
}
