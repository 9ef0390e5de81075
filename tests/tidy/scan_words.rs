//! The words of a scan in `docs/scan.md`: each sentinel and each filter that an answer may hold.

use catalyst_domain::scan::{FeedSentinel, Filter, Sentinel};

use crate::tree::{Finding, Tree};

const PAGE: &str = "docs/scan.md";

pub(super) fn undocumented_words(tree: &Tree) -> Vec<Finding> {
    let page = tree.find(PAGE).map_or("", |file| file.text.as_str());
    let documented = |word: &str| {
        page.lines()
            .any(|line| line.starts_with(&format!("| `{word}` |")))
    };
    let names = Sentinel::ALL.map(Sentinel::as_str);
    let feeds = FeedSentinel::ALL.map(FeedSentinel::as_str);
    let filters = Filter::ALL.map(Filter::as_str);
    names
        .iter()
        .chain(&feeds)
        .chain(&filters)
        .filter(|word| !documented(word))
        .map(|word| Finding {
            path: PAGE.to_owned(),
            line: 1,
            what: format!("no row for `{word}`"),
            instead: "a row that says when it takes a name",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::undocumented_words;
    use crate::tree::Tree;

    #[test]
    fn each_word_of_an_answer_needs_a_row() {
        let page = "| `stale` | when old |\n| `lot_value` | when dear |\nalso `crossed`\n";

        let found = undocumented_words(&Tree::of(&[("docs/scan.md", page)]));

        let missing = |word: &str| found.iter().any(|finding| finding.what.contains(word));
        assert!(missing("`crossed`") && missing("`feed_stopped`") && missing("`turnover`"));
        assert!(!missing("`stale`") && !missing("`lot_value`"));
    }
}
