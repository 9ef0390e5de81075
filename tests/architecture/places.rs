//! Things that one place alone may do: naming adapters, and building an approved order.

use regex::Regex;

use crate::tree::{Finding, Tree};

/// Adapters are put together here and named nowhere else in the program.
fn adapters_named_outside_compose(tree: &Tree) -> Vec<Finding> {
    let adapter = Regex::new(r"\bcatalyst_adapters_\w+").unwrap();
    let mut found = Vec::new();
    for file in tree.rust() {
        let Some(inside) = file.path.strip_prefix("crates/cli/src/") else {
            continue;
        };
        if inside == "compose.rs" || inside.starts_with("compose/") {
            continue;
        }
        found.extend(adapter.find_iter(&file.text).map(|name| Finding {
            path: file.path.clone(),
            line: file.line_of(name.start()),
            what: format!("`{}` is named", name.as_str()),
            instead: "a port; only crates/cli/src/compose.rs names adapters",
        }));
    }
    found
}

/// The gate's room, and the cases that prove that the same line elsewhere does not compile.
const FORGES: [&str; 2] = ["crates/domain/src/risk/", "crates/domain/tests/forge/"];

/// An approved order is written as a literal by the gate only. Return types, `impl` and `struct`
/// lines look alike and build nothing.
fn approvals_made_outside_the_gate(tree: &Tree) -> Vec<Finding> {
    let literal =
        Regex::new(r"(?:\b(?P<item>struct|impl|for|mod)|(?P<arrow>->))?\s*\b(?:\w+::)*ApprovedOrder(?:::new\(|\s*\{)")
            .unwrap();
    let mut found = Vec::new();
    for file in tree
        .rust()
        .filter(|file| !FORGES.iter().any(|room| file.path.starts_with(room)))
    {
        for seen in literal.captures_iter(&file.code) {
            if seen.name("item").is_none() && seen.name("arrow").is_none() {
                let at = seen.get_match();
                let space = at.as_str().len() - at.as_str().trim_start().len();
                found.push(Finding {
                    path: file.path.clone(),
                    line: file.line_of(at.start() + space),
                    what: format!("`{}`", at.as_str().trim()),
                    instead: "`RiskGate::review`; nothing else makes an approval",
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{adapters_named_outside_compose, approvals_made_outside_the_gate};
    use crate::tree::{Finding, Tree};

    fn report(findings: &[Finding]) -> Vec<String> {
        findings
            .iter()
            .map(|found| format!("{}:{}", found.path, found.line))
            .collect()
    }

    #[test]
    fn only_the_composing_file_names_adapters() {
        let found = adapters_named_outside_compose(&Tree::read().unwrap());

        assert_eq!(found, Vec::<Finding>::new());
    }

    #[test]
    fn only_the_gate_makes_an_approved_order() {
        let found = approvals_made_outside_the_gate(&Tree::read().unwrap());

        assert_eq!(found, Vec::<Finding>::new());
    }

    #[test]
    fn an_adapter_named_in_a_command_is_found() {
        let text = "use a;\nuse catalyst_adapters_sim::Exchange;";

        let found = adapters_named_outside_compose(&Tree::of(&[
            ("crates/cli/src/commands/cycle.rs", text),
            ("crates/cli/src/compose.rs", text),
            ("crates/cli/src/compose/broker.rs", text),
            ("crates/cli/tests/day.rs", text),
        ]));

        assert_eq!(report(&found), ["crates/cli/src/commands/cycle.rs:2"]);
    }

    #[test]
    fn an_approval_built_by_hand_is_found_and_a_return_type_is_not() {
        let text = "fn a() -> ApprovedOrder { gate() }\nimpl Display for ApprovedOrder {}\n\
                    let a =\n    ApprovedOrder { id };\nlet b = risk::ApprovedOrder::new(id);\n\
                    struct ApprovedOrder { }";

        let found = approvals_made_outside_the_gate(&Tree::of(&[
            ("crates/app/src/orders/place.rs", text),
            ("crates/domain/src/risk/gate.rs", text),
            ("crates/domain/tests/forge/literal.rs", text),
        ]));

        assert_eq!(
            report(&found),
            [
                "crates/app/src/orders/place.rs:4",
                "crates/app/src/orders/place.rs:5"
            ]
        );
    }
}
