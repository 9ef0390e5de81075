//! One file: its path, its text and, for Rust, which part of it only tests run.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::mask::{Comment, mask};

static TEST_MODULE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"#\[cfg\((?:all\()?test\b[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*mod\s+\w+\s*\{").unwrap()
});

/// A text file of the repository.
#[derive(Debug)]
pub(crate) struct Source {
    /// Relative to the repository's root, with forward slashes.
    pub(crate) path: String,
    /// The file as it is.
    pub(crate) text: String,
    /// The text without comments and the insides of literals; empty where it is not Rust.
    pub(crate) code: String,
    /// Every comment of a Rust file.
    pub(crate) comments: Vec<Comment>,
    tests_from: usize,
}

impl Source {
    /// Reads one file's text under the path it has in the repository.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let rust = has_extension(path, "rs");
        let masked = mask(if rust { text } else { "" });
        let tests_from = if is_test_path(path) {
            0
        } else {
            TEST_MODULE
                .find(&masked.code)
                .map_or(masked.code.len(), |found| found.start())
        };
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code: masked.code,
            comments: masked.comments,
            tests_from,
        }
    }

    /// Whether rustc reads it.
    pub(crate) fn is_rust(&self) -> bool {
        has_extension(&self.path, "rs")
    }

    /// Whether the whole file belongs to tests or measurements, by its place.
    pub(crate) fn is_test(&self) -> bool {
        is_test_path(&self.path)
    }

    /// The code that is part of the program: what stands before the test module.
    pub(crate) fn live_code(&self) -> &str {
        self.code.get(..self.tests_from).unwrap_or("")
    }

    /// The code that only tests run.
    pub(crate) fn test_code(&self) -> &str {
        self.code.get(self.tests_from..).unwrap_or("")
    }

    /// The line of a byte offset, counted from one.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        1 + self
            .text
            .get(..offset)
            .unwrap_or(&self.text)
            .matches('\n')
            .count()
    }

    /// The folder of the package that the file belongs to: `crates/<name>`, else the first folder.
    pub(crate) fn package_folder(&self) -> &str {
        let depth = if self.path.starts_with("crates/") {
            2
        } else {
            1
        };
        let end = self
            .path
            .match_indices('/')
            .nth(depth - 1)
            .map_or(0, |(at, _)| at);
        self.path.get(..end).unwrap_or("")
    }
}

/// The braces, and what is between them, that follow an item's signature at `from`. `None` where
/// the item ends with a semicolon.
pub(crate) fn braces_after(code: &str, from: usize) -> Option<Range<usize>> {
    let mut nesting = 0_i32;
    let mut depth = 0_i32;
    let mut start = 0;
    for (at, character) in code.get(from..)?.char_indices() {
        match character {
            '(' | '[' if depth == 0 => nesting += 1,
            ')' | ']' if depth == 0 => nesting -= 1,
            ';' if depth == 0 && nesting == 0 => return None,
            '{' => {
                if depth == 0 {
                    start = from + at;
                }
                depth += 1;
            }
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(start..from + at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, found)| found == extension)
}

fn is_test_path(path: &str) -> bool {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    file == "tests.rs"
        || folders
            .split('/')
            .any(|folder| matches!(folder, "tests" | "benches"))
}

#[cfg(test)]
mod tests {
    use super::{Source, braces_after};

    #[test]
    fn a_test_module_with_a_body_ends_the_live_code_and_a_mod_line_does_not() {
        let inline = Source::new(
            "crates/x/src/a.rs",
            "fn a() {}\n#[cfg(test)]\nmod tests { b }",
        );
        let beside = Source::new("crates/x/src/a.rs", "#[cfg(test)]\nmod tests;\nfn a() {}");

        assert_eq!(inline.live_code(), "fn a() {}\n");
        assert_eq!(beside.live_code(), beside.text);
    }

    #[test]
    fn place_alone_can_make_a_file_a_test() {
        assert!(Source::new("crates/x/tests/laws.rs", "").is_test());
        assert!(Source::new("crates/x/src/gate/tests.rs", "").is_test());
        assert!(!Source::new("crates/testkit/src/clock.rs", "").is_test());
    }

    #[test]
    fn braces_are_matched_over_nested_bodies_and_array_types() {
        let code = "fn a(x: [u8; 2]) { if x { y } } fn b();";

        assert_eq!(braces_after(code, 0), Some(17..31));
        assert_eq!(braces_after(code, 32), None);
    }

    #[test]
    fn a_package_is_a_folder_of_crates_or_of_the_root() {
        assert_eq!(
            Source::new("crates/app/src/lib.rs", "").package_folder(),
            "crates/app"
        );
        assert_eq!(Source::new("tests/main.rs", "").package_folder(), "tests");
    }
}
