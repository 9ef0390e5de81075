//! What the README tells a reader to type: every command there is one that a test runs, every
//! make target one that exists.

use crate::tree::{Finding, Tree};

/// Tests that run the program as the README writes it.
const RUNS_COMMANDS: [&str; 10] = [
    "tests/cli.rs",
    "tests/journal.rs",
    "tests/gateway/commands.rs",
    "tests/install.rs",
    "tests/pages.rs",
    "tests/watch.rs",
    "tests/live.rs",
    "tests/hands/phases.rs",
    "tests/hands/switch.rs",
    "tests/report/day.rs",
];

pub(super) fn promised_commands(tree: &Tree) -> Vec<Finding> {
    let makefile = tree.find("Makefile").map_or("", |file| file.text.as_str());
    let tested: String = tree
        .files
        .iter()
        .filter(|file| RUNS_COMMANDS.contains(&file.path.as_str()))
        .map(|file| file.text.as_str())
        .collect();

    let mut found = Vec::new();
    for (line, command) in fenced_lines(tree.find("README.md").map_or("", |file| &file.text)) {
        let mut words = command.split_whitespace();
        let (missing, instead) = match words.next() {
            Some("catalyst") => {
                let mut names = words.take_while(|word| is_subcommand(word));
                let missing = names.find(|name| !has_word(&tested, name));
                (
                    missing,
                    "a command that tests/cli.rs or tests/journal.rs runs, so that it stays true",
                )
            }
            Some("make") => {
                let mut targets = words.take_while(|word| is_subcommand(word));
                let missing = targets.find(|target| !has_target(makefile, target));
                (missing, "a target of the Makefile")
            }
            Some(_) | None => (None, ""),
        };
        if let Some(missing) = missing {
            let what = format!("`{command}`, where `{missing}` is not known");
            found.push(Finding {
                path: "README.md".to_owned(),
                line,
                what,
                instead,
            });
        }
    }
    found
}

/// Lines inside fences, a prompt sign removed, with their numbers.
fn fenced_lines(text: &str) -> Vec<(usize, &str)> {
    let mut inside = false;
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with("```") {
            inside = !inside;
        } else if inside {
            lines.push((index + 1, line.trim_start_matches("$ ")));
        }
    }
    lines
}

fn is_subcommand(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_lowercase())
        && word
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter == '-')
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|letter: char| !(letter.is_alphanumeric() || letter == '-' || letter == '_'))
        .any(|found| found == word)
}

fn has_target(makefile: &str, target: &str) -> bool {
    makefile
        .lines()
        .filter_map(|line| line.split_once(':'))
        .any(|(names, _)| {
            !names.starts_with([' ', '\t', '#', '.'])
                && names.split_whitespace().any(|name| name == target)
        })
}

#[cfg(test)]
mod tests {
    use super::super::search::lines;
    use super::promised_commands;
    use crate::tree::Tree;

    #[test]
    fn commands_in_fences_must_be_tested_and_targets_must_exist() {
        let readme = "catalyst outside\n```sh\ncatalyst market phase --date 2026-01-02\n\
                      $ catalyst conjure\nmake run\nmake gold # never\ncatalyst --help\n```\n";
        let cli = "run([\"market\", \"phase\"])";

        let tree = Tree::of(&[
            ("README.md", readme),
            ("tests/cli.rs", cli),
            ("Makefile", "run: ## plays a day\n\tgold: no\n"),
        ]);

        assert_eq!(lines(&promised_commands(&tree)), [4, 6]);
    }
}
