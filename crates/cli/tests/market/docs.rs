//! `docs/inspectors.md`: each example gives what stands there, each phase does what the table says.

use std::path::Path;

use catalyst_domain::calendar::Phase;

use crate::program::market;

fn docs() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/inspectors.md");
    std::fs::read_to_string(path).unwrap()
}

/// A command line with the lines that stand below it in its fence.
fn examples(docs: &str) -> Vec<(&str, String)> {
    let mut examples: Vec<(&str, String)> = Vec::new();
    let fences = docs.split("```console\n").skip(1);
    for line in fences
        .flat_map(|fence| fence.split("```").take(1))
        .flat_map(str::lines)
    {
        match (line.strip_prefix("$ "), examples.last_mut()) {
            (Some(command), _) => examples.push((command, String::new())),
            (None, last) => {
                let (_, answer) = last.unwrap();
                answer.push_str(line);
                answer.push('\n');
            }
        }
    }
    examples
}

#[test]
fn every_example_gives_what_stands_below_it() {
    let docs = docs();
    let examples: Vec<_> = examples(&docs)
        .into_iter()
        .filter(|(command, _)| command.contains("catalyst market "))
        .collect();

    for question in ["calendar", "phase", "tick", "fees", "lot", "settlement"] {
        let asked = format!("catalyst market {question}");
        let shown = examples.iter().any(|(command, _)| command.contains(&asked));
        assert!(shown, "{question}");
    }
    for (command, expected) in examples {
        let (before, arguments) = command.split_once("catalyst market ").unwrap();
        let question = before.strip_prefix("echo '").unwrap_or("");

        let ended = market(arguments, question.trim_end_matches("' | "));

        assert_eq!(ended.code, Some(0), "{command}");
        assert_eq!(ended.out, expected, "{command}");
    }
}

#[test]
fn every_phase_stands_in_the_table_as_it_is() {
    let docs = docs();
    let rows: Vec<_> = docs
        .lines()
        .skip_while(|line| !line.starts_with("| phase |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .collect();

    let expected = Phase::ALL.map(|phase| {
        let facts = [
            phase.accepts_orders(),
            phase.amends(),
            phase.cancels(),
            phase.matches(),
            phase.accepts_entries(),
            phase.accepts_exits(),
        ];
        let words = facts.map(|fact| if fact { "yes" } else { "no" });
        format!("| `{phase}` | {} |", words.join(" | "))
    });

    assert_eq!(rows, expected);
}
