//! Normal dependencies of every member against the table of who may use what. Dependencies of
//! tests are free, save that a library with an owner is still the owner's.

use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::tree::root;

/// Begins the package name of every member.
const OURS: &str = "catalyst-";

/// What a crate may have as normal dependencies outside the workspace.
enum Outside {
    /// These; the second list only where a feature asks for them.
    Only(&'static [&'static str], &'static [&'static str]),
    /// Any, save the libraries that [`OWNERS`] give to another.
    Any,
}

struct Rule {
    /// The package without its `catalyst-`; a final `*` stands for any ending.
    member: &'static str,
    /// Members it may use, written the same way.
    inside: &'static [&'static str],
    outside: Outside,
}

/// Read from the top; the first row that fits a package is its rule.
const RULES: &[Rule] = &[
    Rule {
        member: "domain",
        inside: &[],
        outside: Outside::Only(
            &[
                "chrono",
                "chrono-tz",
                "rust_decimal",
                "ta",
                "thiserror",
                "unicode-normalization",
            ],
            &["serde"],
        ),
    },
    Rule {
        member: "ports",
        inside: &["domain"],
        outside: Outside::Only(
            &["async-trait", "chrono", "rust_decimal", "thiserror"],
            &["mockall", "schemars", "serde", "serde_path_to_error"],
        ),
    },
    Rule {
        member: "app",
        inside: &["domain", "ports"],
        outside: Outside::Only(
            &[
                "async-trait",
                "chrono",
                "futures-util",
                "rust_decimal",
                "thiserror",
                "tracing",
            ],
            &[],
        ),
    },
    Rule {
        member: "adapters-*",
        inside: &["domain", "ports"],
        outside: Outside::Any,
    },
    Rule {
        member: "cli",
        inside: &["domain", "ports", "app", "adapters-*", "tws-emulator"],
        outside: Outside::Any,
    },
    Rule {
        member: "tws-emulator",
        inside: &["domain", "adapters-sim"],
        outside: Outside::Any,
    },
    Rule {
        member: "testkit",
        inside: &["domain", "ports"],
        outside: Outside::Any,
    },
    Rule {
        member: "tests",
        inside: &[],
        outside: Outside::Only(&[], &[]),
    },
];

/// Libraries that speak to one outer world, and the members that are the wall to it.
const OWNERS: &[(&str, &[&str])] = &[
    ("config", &["cli"]),
    ("feed-rs", &["adapters-news"]),
    ("ibapi", &["adapters-ibkr"]),
    ("lettre", &["adapters-mail"]),
    ("prost", &["tws-emulator"]),
    ("quick-xml", &["adapters-news"]),
    (
        "reqwest",
        &["adapters-claude", "adapters-mail", "adapters-news"],
    ),
    ("sea-orm", &["adapters-postgres"]),
    ("sea-orm-migration", &["adapters-postgres"]),
];

struct Arrow {
    from: String,
    to: String,
    kind: DependencyKind,
    optional: bool,
}

fn arrows() -> Vec<Arrow> {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap();
    let mut found = Vec::new();
    for package in metadata.packages {
        for dependency in package.dependencies {
            found.push(Arrow {
                from: package.name.to_string(),
                to: dependency.name,
                kind: dependency.kind,
                optional: dependency.optional,
            });
        }
    }
    found
}

fn breaks(arrow: &Arrow) -> Option<String> {
    let Arrow { from, to, .. } = arrow;
    let Some(member) = from.strip_prefix(OURS) else {
        return Some(format!(
            "{from} is not named `{OURS}..`, instead: name it after its folder"
        ));
    };
    if let Some((_, owners)) = OWNERS.iter().find(|(library, _)| library == to)
        && !owners.contains(&member)
    {
        let owners = owners.join(", ");
        return Some(format!(
            "{from} uses {to}, instead: ask a port; {to} is for {owners} only"
        ));
    }
    if arrow.kind == DependencyKind::Development {
        return None;
    }
    let Some(rule) = RULES.iter().find(|rule| fits(rule.member, member)) else {
        return Some(format!(
            "{from} has no rule, instead: add a row that says what it may use"
        ));
    };
    match to.strip_prefix(OURS) {
        Some(inner) => breaks_inside(rule, from, inner),
        None => breaks_outside(rule, arrow),
    }
}

fn breaks_inside(rule: &Rule, from: &str, inner: &str) -> Option<String> {
    let allowed = rule.inside.iter().any(|pattern| fits(pattern, inner));
    let may = if rule.inside.is_empty() {
        "none".to_owned()
    } else {
        rule.inside.join(", ")
    };
    (!allowed).then(|| {
        let test_only = if inner == "testkit" {
            "; testkit is a dev-dependency"
        } else {
            ""
        };
        format!("{from} uses {OURS}{inner}, instead: of our crates it may use {may}{test_only}")
    })
}

fn breaks_outside(rule: &Rule, arrow: &Arrow) -> Option<String> {
    let Arrow {
        from, to, optional, ..
    } = arrow;
    match rule.outside {
        Outside::Any => None,
        Outside::Only(always, _) if always.contains(&to.as_str()) => None,
        Outside::Only(_, behind) if behind.contains(&to.as_str()) => (!optional)
            .then(|| format!("{from} always uses {to}, instead: `optional`, behind a feature")),
        Outside::Only(always, behind) => {
            let may = [always, behind].concat().join(", ");
            Some(format!(
                "{from} uses {to}, instead: a wall for it; {from} may use: {may}"
            ))
        }
    }
}

fn fits(pattern: &str, member: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => member.starts_with(beginning),
        None => member == pattern,
    }
}

#[cfg(test)]
mod tests {
    use cargo_metadata::DependencyKind;

    use super::{Arrow, arrows, breaks};

    fn arrow(from: &str, to: &str, kind: DependencyKind) -> Arrow {
        Arrow {
            from: from.to_owned(),
            to: to.to_owned(),
            kind,
            optional: false,
        }
    }

    fn uses(from: &str, to: &str) -> Option<String> {
        breaks(&arrow(from, to, DependencyKind::Normal))
    }

    #[test]
    fn arrows_point_inward() {
        let broken: Vec<_> = arrows().iter().filter_map(breaks).collect();

        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }

    #[test]
    fn the_domain_is_among_the_arrows() {
        let found = arrows();

        assert!(
            found
                .iter()
                .any(|one| one.from == "catalyst-domain" && one.to == "chrono")
        );
    }

    #[test]
    fn outward_and_sideways_arrows_are_named_with_the_way_out() {
        assert_eq!(
            uses("catalyst-app", "catalyst-adapters-sim"),
            Some(
                "catalyst-app uses catalyst-adapters-sim, \
                 instead: of our crates it may use domain, ports"
                    .to_owned()
            )
        );
        for (from, to) in [
            ("catalyst-domain", "catalyst-ports"),
            ("catalyst-domain", "tokio"),
            ("catalyst-ports", "serde_json"),
            ("catalyst-app", "tokio"),
            ("catalyst-adapters-news", "catalyst-adapters-mail"),
            ("catalyst-adapters-sim", "catalyst-app"),
            ("catalyst-cli", "catalyst-testkit"),
            ("catalyst-cli", "sea-orm"),
            ("catalyst-tws-emulator", "catalyst-adapters-ibkr"),
            ("catalyst-tws-emulator", "ibapi"),
            ("catalyst-testkit", "catalyst-app"),
            ("catalyst-oracle", "chrono"),
            ("oracle", "chrono"),
        ] {
            assert!(uses(from, to).is_some(), "{from} may use {to}");
        }
    }

    #[test]
    fn inward_arrows_and_test_dependencies_are_free() {
        for (from, to) in [
            ("catalyst-app", "catalyst-ports"),
            ("catalyst-adapters-postgres", "sea-orm"),
            ("catalyst-cli", "catalyst-adapters-ibkr"),
            ("catalyst-tws-emulator", "catalyst-adapters-sim"),
        ] {
            assert_eq!(uses(from, to), None);
        }
        let in_tests = arrow(
            "catalyst-app",
            "catalyst-testkit",
            DependencyKind::Development,
        );
        assert_eq!(breaks(&in_tests), None);
    }

    #[test]
    fn what_a_feature_asks_for_must_be_optional() {
        let behind = Arrow {
            optional: true,
            ..arrow("catalyst-ports", "mockall", DependencyKind::Normal)
        };

        assert_eq!(breaks(&behind), None);
        assert_eq!(
            uses("catalyst-ports", "mockall"),
            Some(
                "catalyst-ports always uses mockall, instead: `optional`, behind a feature"
                    .to_owned()
            )
        );
    }
}
