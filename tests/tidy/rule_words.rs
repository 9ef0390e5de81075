//! The rules of the gate in `docs/rules.md`: each word that an answer may hold, with its source.

use catalyst_domain::risk::Rule;

use crate::tree::{Finding, Tree};

const PAGE: &str = "docs/rules.md";

pub(super) fn undocumented_rules(tree: &Tree) -> Vec<Finding> {
    let page = tree.find(PAGE).map_or("", |file| file.text.as_str());
    let documented = |rule: &Rule| {
        page.lines()
            .filter(|line| line.starts_with(&format!("| `{rule}` |")))
            .any(|line| {
                line.split('|')
                    .filter(|cell| !cell.trim().is_empty())
                    .count()
                    == 3
            })
    };
    Rule::ALL
        .iter()
        .filter(|rule| !documented(rule))
        .map(|rule| Finding {
            path: PAGE.to_owned(),
            line: 1,
            what: format!("no row for `{rule}`"),
            instead: "a row that says when it refuses and where it comes from",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::undocumented_rules;
    use crate::tree::Tree;

    #[test]
    fn a_rule_needs_a_row_with_its_source() {
        let page = "| `halt` | when halted | owner |\n| `phase` | when closed | |\n";

        let found = undocumented_rules(&Tree::of(&[("docs/rules.md", page)]));

        let missing = |rule: &str| found.iter().any(|finding| finding.what.contains(rule));
        assert!(missing("`phase`"));
        assert!(missing("`tick`"));
        assert!(!missing("`halt`"));
    }
}
