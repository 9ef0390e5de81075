//! Tests without a claim: a body that neither asserts, compares a snapshot nor expects an error,
//! itself or through a function of the same package's tests or of the contract suites.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::tree::{Finding, Source, Tree, braces_after};

/// Where the shared contract suites live; every package's tests may claim through them.
const CONTRACTS: &str = "crates/testkit/src/contract/";

static TEST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"#\[(?:tokio::)?test(?:\([^\]]*\))?\]").unwrap());
static FUNCTION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bfn\s+(\w+)").unwrap());
static CALL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(\w+)(?:::<[^()]*>)?\(").unwrap());
static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"assert|\binsta::|\bexpect_err\b|\bunwrap_err\b|\bpanic!|\bcompile_fail\b|\.pass\(|\.never\(\)|\.times\(",
    )
    .unwrap()
});

pub(super) fn tests_without_a_claim(tree: &Tree) -> Vec<Finding> {
    let packages: BTreeSet<_> = tree.rust().map(Source::package_folder).collect();
    let mut found = Vec::new();
    for package in packages {
        let claiming = claiming_functions(tree, package);
        for file in tree.rust().filter(|file| file.package_folder() == package) {
            found.extend(silent_tests(file, &claiming));
        }
    }
    found
}

fn silent_tests(file: &Source, claiming: &BTreeSet<&str>) -> Vec<Finding> {
    let mut found = Vec::new();
    for mark in TEST.find_iter(&file.code) {
        let Some(function) = FUNCTION.captures_at(&file.code, mark.end()) else {
            continue;
        };
        let (_, [name]) = function.extract();
        let body = body_after(&file.code, function.get_match().end());
        if !claims(body, claiming) {
            found.push(Finding {
                path: file.path.clone(),
                line: file.line_of(function.get_match().start()),
                what: format!("the test `{name}` claims nothing"),
                instead: "assert the value that some wrong line of the program would change",
            });
        }
    }
    found
}

/// Names of functions whose body claims something, also through one another.
fn claiming_functions<'tree>(tree: &'tree Tree, package: &str) -> BTreeSet<&'tree str> {
    let mut bodies: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in tree.rust() {
        let code = if file.path.starts_with(CONTRACTS) {
            &file.code
        } else if file.package_folder() == package {
            file.test_code()
        } else {
            continue;
        };
        for function in FUNCTION.captures_iter(code) {
            let (_, [name]) = function.extract();
            let body = body_after(code, function.get_match().end());
            bodies.entry(name).or_default().push(body);
        }
    }

    let mut claiming = BTreeSet::new();
    loop {
        let more: Vec<_> = bodies
            .iter()
            .filter(|(name, _)| !claiming.contains(*name))
            .filter(|(_, bodies)| bodies.iter().any(|body| claims(body, &claiming)))
            .map(|(name, _)| *name)
            .collect();
        if more.is_empty() {
            return claiming;
        }
        claiming.extend(more);
    }
}

fn body_after(code: &str, at: usize) -> &str {
    braces_after(code, at)
        .and_then(|range| code.get(range))
        .unwrap_or("")
}

fn claims(body: &str, claiming: &BTreeSet<&str>) -> bool {
    CLAIM.is_match(body)
        || CALL
            .captures_iter(body)
            .any(|call| claiming.contains(call.extract::<1>().1[0]))
}

#[cfg(test)]
mod tests {
    use super::super::search::lines;
    use super::tests_without_a_claim;
    use crate::tree::Tree;

    #[test]
    fn a_test_must_claim_something_itself_or_through_a_function_that_does() {
        let text = "#[test]\nfn silent() { run(); }\n\
                    #[tokio::test(flavor = \"current_thread\")]\nasync fn hushed() { run().await }\n\
                    #[test]\nfn speaks() { assert_eq!(a, b); }\n\
                    #[test]\nfn through() { outer(1) }\n\
                    fn outer(n: u8) { inner::<u8>(n) }\nfn inner<T>(n: T) { assert!(n) }\n\
                    proptest! { #[test]\nfn law(a in 0..9_u8) { prop_assert!(a < 9); } }\n\
                    #[test]\nfn suite() { keeps_its_promise(gateway); }\nfn run() {}";
        let suite = "pub fn keeps_its_promise(g: G) { assert!(g.empty()) }";

        let tree = Tree::of(&[
            ("crates/x/tests/a.rs", text),
            ("crates/testkit/src/contract/gateway.rs", suite),
        ]);

        assert_eq!(lines(&tests_without_a_claim(&tree)), [2, 4]);
    }

    #[test]
    fn a_claim_in_another_package_or_in_a_string_does_not_count() {
        let tree = Tree::of(&[
            (
                "crates/x/tests/a.rs",
                "#[test]\nfn a() { outer(\"assert\") }",
            ),
            ("crates/y/tests/b.rs", "fn outer() { assert!(x) }"),
        ]);

        assert_eq!(lines(&tests_without_a_claim(&tree)), [2]);
    }
}
