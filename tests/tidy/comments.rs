//! Comments that say what the code says, what the code once said, or what it may say one day.

use regex::Regex;

use crate::tree::{Finding, Source, Tree};

pub(super) fn narrating(tree: &Tree) -> Vec<Finding> {
    let opening =
        Regex::new(r"^(?i:(?:step|first|now|then|create|get|set|check|loop)\b|\d+[.)]\s)").unwrap();
    let mut found = Vec::new();
    for file in tree.rust() {
        let mut goes_on_at = 0;
        for comment in file.comments.iter().filter(|comment| !comment.doc) {
            let opens = !(comment.alone && comment.line == goes_on_at);
            goes_on_at = if comment.alone { comment.line + 1 } else { 0 };
            if opens && opening.is_match(&comment.text) {
                let instead = "nothing, or why; the code says what";
                found.push(finding(file, comment.line, &comment.text, instead));
            }
        }
    }
    found
}

pub(super) fn banners(tree: &Tree) -> Vec<Finding> {
    let plain = Regex::new(r"-{4,}|={4,}|\*{4,}|#{4,}|~{4,}|_{6,}|/{2,}\s*$").unwrap();
    let doc = Regex::new(r"^[-=*#~/]{4,}$").unwrap();
    matching(
        tree,
        "a new file where a new part begins",
        |text, is_doc| {
            if is_doc {
                doc.is_match(text)
            } else {
                plain.is_match(text)
            }
        },
    )
}

pub(super) fn history(tree: &Tree) -> Vec<Finding> {
    let phrase = Regex::new(r"(?i)\b(?:previously|now uses|refactored|as requested)\b").unwrap();
    matching(
        tree,
        "what is; the changelog says what changed",
        |text, _| phrase.is_match(text),
    )
}

pub(super) fn bare_todos(tree: &Tree) -> Vec<Finding> {
    let mark = Regex::new(r"\b(?:TODO|FIXME|XXX|HACK)\b").unwrap();
    let conditional = Regex::new(r"\bTODO\(when [^)]+\)").unwrap();
    matching(
        tree,
        "do it, file it, or say `TODO(when ..)` with the condition",
        |text, _| mark.is_match(text) && !conditional.is_match(text),
    )
}

pub(super) fn commented_out_code(tree: &Tree) -> Vec<Finding> {
    let code = Regex::new(
        r"^(?:[})\]]+[;,]?|#!?\[.*\]|(?:let|fn|use|return|pub|mod|if|for|match)\b.*[;{]|.*(?:\w\(|::|\s=\s|\)\.).*[;{])$",
    )
    .unwrap();
    matching(
        tree,
        "delete it; the repository remembers",
        |text, is_doc| !is_doc && code.is_match(text),
    )
}

fn matching(
    tree: &Tree,
    instead: &'static str,
    is_wrong: impl Fn(&str, bool) -> bool,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.rust() {
        for comment in &file.comments {
            if is_wrong(&comment.text, comment.doc) {
                found.push(finding(file, comment.line, &comment.text, instead));
            }
        }
    }
    found
}

fn finding(file: &Source, line: usize, text: &str, instead: &'static str) -> Finding {
    Finding {
        path: file.path.clone(),
        line,
        what: format!("the comment `{text}`"),
        instead,
    }
}

#[cfg(test)]
mod tests {
    use super::super::search::lines;
    use super::{banners, bare_todos, commented_out_code, history, narrating};
    use crate::tree::Tree;

    fn tree(text: &str) -> Tree {
        Tree::of(&[("crates/x/src/a.rs", text)])
    }

    #[test]
    fn narration_is_found_where_a_comment_opens_with_it() {
        let text = "// Create the order\nlet a = 1; // now send\n// 2. send\n\n\
                    // The gate keeps this, and only\n// then does it answer.\n/// Checks the lot.";

        assert_eq!(lines(&narrating(&tree(text))), [1, 2, 3]);
    }

    #[test]
    fn banners_are_found_and_tables_in_docs_are_not() {
        let text = "// ---- orders ----\n// =====\n//////////\n/// | --- | ---- |\n// a - b";

        assert_eq!(lines(&banners(&tree(text))), [1, 2, 3]);
    }

    #[test]
    fn history_is_found_in_plain_and_in_doc_comments_only() {
        let text = "/// Previously a float.\n// now uses decimals\nlet refactored = 1;\n\
                    // as requested by the owner\nlet a = \"previously\";";

        assert_eq!(lines(&history(&tree(text))), [1, 2, 4]);
    }

    #[test]
    fn a_todo_needs_its_condition() {
        let text = "// TODO later\n/// FIXME\n// TODO(when the spreads change) read them\n";

        assert_eq!(lines(&bare_todos(&tree(text))), [1, 2]);
    }

    #[test]
    fn commented_out_code_is_found_and_sentences_are_not() {
        let text = "// let a = 1;\n// gate.review(intent);\n// }\n// if halted {\n\
                    // The broker answers twice;\n// the second counts.\n/// let a = 1;";

        assert_eq!(lines(&commented_out_code(&tree(text))), [1, 2, 3, 4]);
    }
}
