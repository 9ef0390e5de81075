//! Files as rooms: short enough to be one idea, and saying at the door which one.

use crate::tree::{Finding, Tree};

/// Lines a file may have, its test module aside.
const LINES_MAX: usize = 400;

/// Lines a file's opening words may take.
const OPENING_MAX: usize = 6;

pub(super) fn long_files(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter_map(|file| {
            let code = if file.is_test() {
                &file.code
            } else {
                file.live_code()
            };
            let lines = code.lines().count();
            (lines > LINES_MAX).then(|| Finding {
                path: file.path.clone(),
                line: LINES_MAX + 1,
                what: format!("{lines} lines before tests"),
                instead: "at most 400; move the second idea to its own file",
            })
        })
        .collect()
}

pub(super) fn files_without_opening(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter_map(|file| {
            let lines = file
                .text
                .lines()
                .take_while(|line| line.starts_with("//!"))
                .count();
            (lines == 0 || lines > OPENING_MAX).then(|| Finding {
                path: file.path.clone(),
                line: 1,
                what: format!("{lines} lines of `//!` at the top"),
                instead: "one to six that say what lives here and what never does",
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::search::lines;
    use super::{files_without_opening, long_files};
    use crate::tree::Tree;

    #[test]
    fn a_file_is_long_by_what_stands_before_its_tests() {
        let code = "fn a() {}\n".repeat(401);
        let tested = format!(
            "{}#[cfg(test)]\nmod tests {{\n{code}}}",
            "fn a() {}\n".repeat(400)
        );

        let tree = Tree::of(&[("crates/x/src/a.rs", &code), ("crates/x/src/b.rs", &tested)]);

        let found = long_files(&tree);
        assert_eq!(lines(&found), [401]);
        assert_eq!(
            found[0].to_string(),
            "crates/x/src/a.rs:401: 401 lines before tests, \
             instead: at most 400; move the second idea to its own file"
        );
    }

    #[test]
    fn a_file_opens_with_one_to_six_lines() {
        let tree = Tree::of(&[
            ("a.rs", "use x;\n//! late"),
            ("b.rs", "//! room\nuse x;"),
            ("c.rs", &"//! much\n".repeat(7)),
        ]);

        let found = files_without_opening(&tree);
        assert_eq!(
            found
                .iter()
                .map(|one| one.path.as_str())
                .collect::<Vec<_>>(),
            ["a.rs", "c.rs"]
        );
    }
}
