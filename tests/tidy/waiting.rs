//! Tests that do not run, expect any panic at all, or wait for the real clock.

use super::search::places;
use crate::tree::{Finding, Tree};

pub(super) fn skipped_tests(tree: &Tree) -> Vec<Finding> {
    let pattern = r"#\[\s*(?:ignore|should_panic)\b";
    let instead = "a test that runs and asserts the value or the error";
    tree.rust()
        .flat_map(|file| places(file, &file.code, pattern, instead))
        .collect()
}

pub(super) fn sleeps(tree: &Tree) -> Vec<Finding> {
    let instead = "time that is passed in, or the clock port's simulated time";
    let mut found = Vec::new();
    for file in tree.rust() {
        found.extend(places(file, &file.code, r"\bthread::sleep\b", instead));
        let waits = places(file, &file.code, r"\btime::sleep\b", instead);
        let live = file.line_of(file.live_code().len());
        found.extend(
            waits
                .into_iter()
                .filter(|wait| file.is_test() || wait.line > live),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::search::lines;
    use super::{skipped_tests, sleeps};
    use crate::tree::Tree;

    #[test]
    fn tests_that_are_skipped_or_expect_any_panic_are_found() {
        let text = "#[test]\n#[ignore = \"slow\"]\nfn a() {}\n#[should_panic]\nfn b() {}";

        let tree = Tree::of(&[("crates/x/tests/a.rs", text)]);

        assert_eq!(lines(&skipped_tests(&tree)), [2, 4]);
    }

    #[test]
    fn threads_never_sleep_and_only_live_code_may_await_time() {
        let text = "std::thread::sleep(a);\ntokio::time::sleep(a).await;\n#[cfg(test)]\n\
                    mod tests {\n tokio::time::sleep(a).await;\n}";

        let tree = Tree::of(&[("crates/x/src/a.rs", text)]);

        assert_eq!(lines(&sleeps(&tree)), [1, 5]);
    }
}
