//! Rust files that nothing compiles: no `mod` line reaches them from a package's roots, and no
//! test names their folder as its cases.

use std::collections::BTreeSet;

use regex::Regex;

use crate::tree::{Finding, Source, Tree};

pub(super) fn unreached_files(tree: &Tree) -> Vec<Finding> {
    let reached = reached(tree);
    tree.rust()
        .filter(|file| !reached.contains(file.path.as_str()))
        .map(|file| Finding {
            path: file.path.clone(),
            line: 1,
            what: "a file that no `mod` line reaches".to_owned(),
            instead: "name it in its parent, or delete it",
        })
        .collect()
}

fn reached(tree: &Tree) -> BTreeSet<&str> {
    let mut waiting: Vec<(&Source, bool)> = roots(tree).map(|file| (file, true)).collect();
    let mut reached = BTreeSet::new();
    while let Some((file, is_root)) = waiting.pop() {
        if reached.insert(file.path.as_str()) {
            for path in children(file, is_root) {
                waiting.extend(tree.find(&path).map(|child| (child, false)));
            }
            for case in cases(tree, file) {
                reached.insert(case);
            }
        }
    }
    reached
}

/// What cargo compiles by itself: by place, or by a `path` in the manifest.
fn roots(tree: &Tree) -> impl Iterator<Item = &Source> {
    let by_place = Regex::new(
        r"^(?:build|src/(?:lib|main|bin/[^/]+|bin/[^/]+/main)|(?:tests|benches|examples)/(?:[^/]+|[^/]+/main))\.rs$",
    )
    .unwrap();
    let by_path = Regex::new(r#"(?m)^path\s*=\s*"([^"]+\.rs)""#).unwrap();
    let packages: Vec<(&str, Vec<&str>)> = tree
        .files
        .iter()
        .filter_map(|file| Some((file.path.strip_suffix("Cargo.toml")?, file.text.as_str())))
        .map(|(folder, text)| {
            let named = by_path
                .captures_iter(text)
                .map(|path| path.extract::<1>().1[0]);
            (folder, named.collect())
        })
        .collect();

    tree.rust().filter(move |file| {
        packages.iter().any(|(folder, named)| {
            file.path.strip_prefix(folder).is_some_and(|inside| {
                named.contains(&inside) || !folder.is_empty() && by_place.is_match(inside)
            })
        })
    })
}

/// Paths that the file's `mod` and `include!` lines may mean.
fn children(file: &Source, is_root: bool) -> Vec<String> {
    let module = Regex::new(r"\bmod\s+(\w+)\s*;").unwrap();
    let spelled = Regex::new(r#"(?:#\[path\s*=\s*|include!\(\s*)"([^"]+\.rs)""#).unwrap();
    let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
    let stem = name.trim_end_matches(".rs");
    let inner = if is_root || stem == "mod" {
        folder.to_owned()
    } else {
        format!("{folder}/{stem}")
    };

    let mut paths = Vec::new();
    for child in module.captures_iter(&file.code) {
        let (_, [child]) = child.extract();
        paths.push(format!("{inner}/{child}.rs"));
        paths.push(format!("{inner}/{child}/mod.rs"));
    }
    for path in spelled.captures_iter(&file.text) {
        paths.push(format!("{folder}/{}", path.extract::<1>().1[0]));
    }
    paths
}

/// Files in a folder that this test names, as compile-fail runners do: `tests/forge/*.rs`.
fn cases<'tree>(tree: &'tree Tree, file: &Source) -> Vec<&'tree str> {
    if !file.is_test() {
        return Vec::new();
    }
    let named = Regex::new(r#""(tests/(?:[^"/*]+/)+)[^"/]*\.rs""#).unwrap();
    let mut found = Vec::new();
    for folder in named.captures_iter(&file.text) {
        let folder = format!("{}/{}", file.package_folder(), folder.extract::<1>().1[0]);
        found.extend(
            tree.rust()
                .map(|one| one.path.as_str())
                .filter(|path| path.starts_with(&folder)),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::unreached_files;
    use crate::tree::Tree;

    #[test]
    fn files_are_reached_from_roots_through_mod_lines_and_case_folders() {
        let tree = Tree::of(&[
            ("crates/x/Cargo.toml", "[package]"),
            (
                "crates/x/src/lib.rs",
                "mod order;\nmod price;\n// mod lost;",
            ),
            ("crates/x/src/price.rs", "#[cfg(test)]\nmod tests;"),
            ("crates/x/src/price/tests.rs", ""),
            ("crates/x/src/order/mod.rs", "mod ticket;"),
            ("crates/x/src/order/ticket.rs", ""),
            ("crates/x/src/order/lost.rs", ""),
            ("crates/x/src/lost.rs", ""),
            (
                "crates/x/tests/forge.rs",
                "t.compile_fail(\"tests/forge/*.rs\");",
            ),
            ("crates/x/tests/forge/literal.rs", ""),
            ("crates/x/tests/spare/lost.rs", ""),
            ("tests/Cargo.toml", "[[test]]\npath = \"main.rs\""),
            ("tests/main.rs", "mod days;"),
            ("tests/days.rs", ""),
        ]);

        let found = unreached_files(&tree);
        assert_eq!(
            found
                .iter()
                .map(|one| one.path.as_str())
                .collect::<Vec<_>>(),
            [
                "crates/x/src/order/lost.rs",
                "crates/x/src/lost.rs",
                "crates/x/tests/spare/lost.rs"
            ]
        );
    }
}
