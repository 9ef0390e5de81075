//! Mutants that no test can tell: each that `make mutants` passes over stands in the dated list with
//! its reason, and none stands there that is not passed over.

use regex::Regex;

use crate::tree::{Finding, Tree};

const SETTINGS: &str = ".cargo/mutants.toml";
const LIST: &str = "docs/mutants.md";

pub(super) fn unexplained_mutants(tree: &Tree) -> Vec<Finding> {
    let passed_over = patterns(tree.find(SETTINGS).map_or("", |file| &file.text));
    let listed = rows(tree.find(LIST).map_or("", |file| &file.text));
    let finding = |path: &str, line, what| Finding {
        path: path.to_owned(),
        line,
        what,
        instead: "a pattern in the settings for each row of the list, a date and a reason in each",
    };

    let idle = listed
        .iter()
        .filter(|row| !row.is_whole || !passed_over.iter().any(|one| one.is_match(&row.name)))
        .map(|row| finding(LIST, row.line, format!("a row for `{}`", row.name)));
    let unexplained = passed_over
        .iter()
        .filter(|pattern| !listed.iter().any(|row| pattern.is_match(&row.name)))
        .map(|pattern| finding(SETTINGS, 1, format!("the pattern `{pattern}`")));
    idle.chain(unexplained).collect()
}

/// A row of the list, and the name of its mutant as the tool prints it, wherever in the file.
struct Row {
    line: usize,
    name: String,
    is_whole: bool,
}

/// The rows that name a file: `| date | place | mutant | reason |`, place and mutant as code.
fn rows(text: &str) -> Vec<Row> {
    let rows = (1..).zip(text.lines());
    rows.filter_map(|(line, row)| {
        let row = row.replace("\\|", "\u{0}");
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let [_, date, place, mutant, reason, _] = cells.as_slice() else {
            return None;
        };
        let code = |cell: &str| cell.trim_matches('`').replace('\u{0}', "|");
        place.contains(".rs").then(|| Row {
            line,
            name: format!("crates/domain/src/{}:1:1: {}", code(place), code(mutant)),
            is_whole: date.len() == "2026-11-24".len() && !reason.is_empty(),
        })
    })
    .collect()
}

fn patterns(settings: &str) -> Vec<Regex> {
    let settings: toml::Table = settings.parse().unwrap();
    let listed = settings.get("exclude_re").and_then(toml::Value::as_array);
    let listed = listed.into_iter().flatten();
    listed
        .map(|pattern| Regex::new(pattern.as_str().unwrap()).unwrap())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::unexplained_mutants;
    use crate::tree::Tree;

    const SETTINGS: &str = r"exclude_re = [
        '/tick/grid\.rs:.*: replace \|\| with && in step$',
        '/tick/grid\.rs:.*: replace \+ with - in rank$',
    ]";

    #[test]
    fn every_mutant_passed_over_has_a_row_with_date_and_reason_and_no_row_is_idle() {
        let list = "| since | place | mutant | why |\n| --- | --- | --- | --- |\n\
            | 2026-11-24 | `tick/grid.rs` | `replace \\|\\| with && in step` | both hold |\n\
            | 2026-11-24 | `tick/grid.rs` | `replace > with >= in step` | never equal |\n\
            | 2026-11-24 | `tick/grid.rs` | `replace + with - in rank` | |\n";

        let tree = Tree::of(&[(".cargo/mutants.toml", SETTINGS), ("docs/mutants.md", list)]);

        let found: Vec<_> = unexplained_mutants(&tree)
            .iter()
            .map(|finding| (finding.path.clone(), finding.line))
            .collect();
        let list = || "docs/mutants.md".to_owned();
        assert_eq!(found, [(list(), 4), (list(), 5)]);
    }

    #[test]
    fn a_pattern_without_a_row_is_found() {
        let tree = Tree::of(&[(".cargo/mutants.toml", SETTINGS), ("docs/mutants.md", "")]);

        assert_eq!(unexplained_mutants(&tree).len(), 2);
    }
}
