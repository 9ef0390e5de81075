//! Members inherit: versions, edition and lints are written once, in the workspace manifest.

use toml::{Table, Value};

use crate::tree::{Finding, Source, Tree};

/// Keys of `[package]` that have one value for the whole workspace.
const SHARED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

fn own_choices(tree: &Tree) -> Vec<Finding> {
    let members = tree
        .files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"));
    members.flat_map(own_choices_of).collect()
}

fn own_choices_of(file: &Source) -> Vec<Finding> {
    let manifest: Table = match file.text.parse() {
        Ok(manifest) => manifest,
        Err(error) => {
            return vec![finding(
                file,
                "",
                error.to_string(),
                "a manifest that parses",
            )];
        }
    };
    let mut found = Vec::new();
    if !inherits(manifest.get("lints")) {
        let what = "no `[lints] workspace = true`".to_owned();
        found.push(finding(
            file,
            "[lints]",
            what,
            "the workspace's lints, inherited",
        ));
    }
    for key in SHARED {
        if !inherits(manifest.get("package").and_then(|package| package.get(key))) {
            let what = format!("an own `{key}`, or none");
            found.push(finding(file, key, what, "`.workspace = true`"));
        }
    }
    for name in own_versions(&manifest) {
        let what = format!("an own version of `{name}`");
        found.push(finding(
            file,
            &name,
            what,
            "the version in the workspace, inherited here",
        ));
    }
    found
}

/// Dependencies that do not inherit, from the plain tables and from those for one target.
fn own_versions(manifest: &Table) -> Vec<String> {
    let targets = manifest.get("target").and_then(Value::as_table);
    let scopes = targets
        .into_iter()
        .flatten()
        .filter_map(|(_, scope)| scope.as_table());
    let mut found = Vec::new();
    for scope in std::iter::once(manifest).chain(scopes) {
        for table in TABLES
            .iter()
            .filter_map(|name| scope.get(*name)?.as_table())
        {
            let own = table.iter().filter(|(_, value)| !inherits(Some(value)));
            found.extend(own.map(|(name, _)| name.clone()));
        }
    }
    found
}

fn inherits(value: Option<&Value>) -> bool {
    value
        .and_then(|value| value.get("workspace"))
        .and_then(Value::as_bool)
        == Some(true)
}

fn finding(file: &Source, key: &str, what: String, instead: &'static str) -> Finding {
    let line = file
        .text
        .lines()
        .position(|line| !key.is_empty() && line.starts_with(key));
    Finding {
        path: file.path.clone(),
        line: line.map_or(1, |index| index + 1),
        what,
        instead,
    }
}

#[cfg(test)]
mod tests {
    use super::own_choices;
    use crate::tree::Tree;

    fn report(tree: &Tree) -> Vec<String> {
        own_choices(tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_member_inherits() {
        let found = report(&Tree::read().unwrap());

        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    #[test]
    fn own_versions_editions_and_lints_are_found() {
        let text = "[package]\nname = \"x\"\nversion.workspace = true\nedition = \"2021\"\n\
                    rust-version.workspace = true\nlicense.workspace = true\n\
                    publish.workspace = true\n[dependencies]\nserde = \"1\"\n\
                    chrono = { workspace = true, optional = true }\n\
                    [target.'cfg(unix)'.dev-dependencies]\nlibc = { version = \"0.2\" }\n";

        let found = report(&Tree::of(&[
            ("crates/x/Cargo.toml", text),
            ("Cargo.toml", ""),
        ]));

        assert_eq!(
            found,
            [
                "crates/x/Cargo.toml:1: no `[lints] workspace = true`, \
                 instead: the workspace's lints, inherited",
                "crates/x/Cargo.toml:4: an own `edition`, or none, instead: `.workspace = true`",
                "crates/x/Cargo.toml:9: an own version of `serde`, \
                 instead: the version in the workspace, inherited here",
                "crates/x/Cargo.toml:12: an own version of `libc`, \
                 instead: the version in the workspace, inherited here",
            ]
        );
    }
}
