//! The kinds of news and the rules that find them in `docs/news.md`: each rule with its kind, each
//! kind with what follows from it.

use catalyst_domain::news::{NewsKind, rule_names};

use crate::tree::{Finding, Tree};

const PAGE: &str = "docs/news.md";

pub(super) fn undocumented_news(tree: &Tree) -> Vec<Finding> {
    let page = tree.find(PAGE).map_or("", |file| file.text.as_str());
    let rules = rule_names().map(|(rule, kind)| format!("| `{rule}` | `{kind}` |"));
    let kinds = NewsKind::ALL
        .iter()
        .map(|kind| format!("| `{kind}` | {} |", kind.sentiment()));
    rules
        .chain(kinds)
        .filter(|row| !page.lines().any(|line| line.starts_with(row.as_str())))
        .map(|row| Finding {
            path: PAGE.to_owned(),
            line: 1,
            what: format!("no row that begins `{row}`"),
            instead: "a row that says what the rule looks for, or what the kind means",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::undocumented_news;
    use crate::tree::Tree;

    #[test]
    fn a_rule_and_a_kind_need_a_row_each() {
        let page = "| `buyback` | `buyback` | a plan |\n| `placing` | negative | shares |\n";

        let found = undocumented_news(&Tree::of(&[("docs/news.md", page)]));

        let missing = |row: &str| found.iter().any(|finding| finding.what.contains(row));
        assert!(!missing("| `buyback` | `buyback` |"));
        assert!(missing("| `buyback` | positive |"));
        assert!(!missing("| `placing` | negative |"));
        assert!(missing("| `placing` | `placing` |"));
    }
}
