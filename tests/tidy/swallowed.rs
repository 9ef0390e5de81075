//! Errors that go nowhere: thrown away, flattened, or turned into a convenient value.

use super::search::places;
use crate::tree::{Finding, Tree};

const PATTERN: &str =
    r"\blet\s+_\s*(?::[^=;]+)?=|\.ok\(\)\s*;|\bmap_err\(\s*\|_\||\bunwrap_or_default\(\)";

pub(super) fn swallowed_errors(tree: &Tree) -> Vec<Finding> {
    let instead = "return the error, or match it and say what happens then";
    tree.rust()
        .flat_map(|file| places(file, file.live_code(), PATTERN, instead))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::search::lines;
    use super::swallowed_errors;
    use crate::tree::Tree;

    #[test]
    fn each_way_to_lose_an_error_is_found_outside_tests() {
        let code = "let _ = send();\nsend().ok();\nsend().map_err(|_| Lost)?;\n\
                    send().unwrap_or_default();\nlet _guard = lock();\nlet a = send().ok()?;\n\
                    let text = \"let _ = 1\"; a().map_err(|_off_grid| Refused)?;\n#[cfg(test)]\nmod tests {\n let _ = send();\n}";

        let tree = Tree::of(&[("crates/x/src/a.rs", code), ("crates/x/tests/b.rs", code)]);

        assert_eq!(lines(&swallowed_errors(&tree)), [1, 2, 3, 4]);
    }
}
