//! Text that leaves the program or the building: log lines that any terminal can show, and no
//! paths of the machine that something was written on.

use regex::Regex;

use crate::tree::{Finding, Tree};

pub(super) fn logs_beyond_ascii(tree: &Tree) -> Vec<Finding> {
    let call = Regex::new(r"\b(?:trace|debug|info|warn|error|event)(?:_span)?!\s*\(").unwrap();
    let mut found = Vec::new();
    for file in tree.rust() {
        for log in call.find_iter(&file.code) {
            let length = call_length(file.code.get(log.end()..).unwrap_or(""));
            let text = file.text.get(log.start()..log.end() + length).unwrap_or("");
            if let Some(letter) = text.chars().find(|letter| !letter.is_ascii()) {
                found.push(Finding {
                    path: file.path.clone(),
                    line: file.line_of(log.start()),
                    what: format!("{:?} in a log line", letter.escape_unicode().to_string()),
                    instead: "plain ASCII, which every terminal and search can read",
                });
            }
        }
    }
    found
}

/// Bytes up to the parenthesis that closes a call which is already open.
fn call_length(code: &str) -> usize {
    let mut depth = 1_i32;
    for (at, letter) in code.char_indices() {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            return at;
        }
    }
    code.len()
}

pub(super) fn workplace_paths(tree: &Tree) -> Vec<Finding> {
    let place = Regex::new(r"(?:^|[^A-Za-z])(/(?:work|farm|root)/\S*)").unwrap();
    let mut found = Vec::new();
    for file in &tree.files {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(seen) = place.captures(line) {
                found.push(Finding {
                    path: file.path.clone(),
                    line: index + 1,
                    what: format!("the path `{}`", seen.extract::<1>().1[0]),
                    instead: "a path from the repository's root, or a setting",
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::search::lines;
    use super::{logs_beyond_ascii, workplace_paths};
    use crate::tree::Tree;

    #[test]
    fn log_lines_are_ascii_and_other_text_need_not_be() {
        let text = "info!(\n symbol = %a(b),\n \"bought \u{2713}\"\n);\n\
                    print(\"\u{2713}\");\nwarn!(\"plain\"); // \u{2713}";

        let tree = Tree::of(&[("crates/x/src/a.rs", text)]);

        let found = logs_beyond_ascii(&tree);
        assert_eq!(lines(&found), [1]);
        assert_eq!(found[0].what, "\"\\\\u{2713}\" in a log line");
    }

    #[test]
    fn paths_of_a_workplace_are_found_in_any_file() {
        let text = format!(
            "see docs/{0}/a\nopen /{0}/a\n--dir=/{1}/.cargo\n",
            "work", "root"
        );

        let tree = Tree::of(&[("docs/a.md", &text)]);

        assert_eq!(lines(&workplace_paths(&tree)), [2, 3]);
    }
}
