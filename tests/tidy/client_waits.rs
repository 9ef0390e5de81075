//! Calls of the broker's client library that lose errors or take harmless ones for an end.

use super::search::places;
use crate::tree::{Finding, Tree};

/// What each does is in `docs/decisions/0014-interactive-brokers.md`.
const PATTERN: &str =
    r"\.(?:wait_for_fill|place_order|bracket|snapshot_once|collect_for|collect_until)\s*\(";

/// The wall to the client library.
const WALL: &str = "crates/adapters-ibkr/src/";

pub(super) fn unsafe_waits(tree: &Tree) -> Vec<Finding> {
    let instead = "submit_order with the update stream, or collect_to_end_within";
    tree.rust()
        .filter(|file| file.path.starts_with(WALL))
        .flat_map(|file| places(file, file.live_code(), PATTERN, instead))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::search::lines;
    use super::unsafe_waits;
    use crate::tree::Tree;

    #[test]
    fn each_unsafe_wait_is_found_behind_the_wall_and_nowhere_else() {
        let text = "fn a() {\n c.wait_for_fill(1);\n c.place_order(1);\n o.bracket();\n\
                    t.snapshot_once(d);\n s.collect_for(d);\n s.collect_until(d);\n\
                    s.collect_to_end_within(d);\n plan.bracket.stop();\n}";
        let there = ("crates/adapters-ibkr/src/a.rs", text);
        let elsewhere = ("crates/x/src/a.rs", text);

        let tree = Tree::of(&[there, elsewhere]);

        assert_eq!(lines(&unsafe_waits(&tree)), [2, 3, 4, 5, 6, 7]);
    }
}
