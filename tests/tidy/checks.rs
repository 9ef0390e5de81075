//! The list of checks, and the one test that runs them over the repository.

use super::{
    claims, client_waits, comments, examples, mutants, names, news_words, orphans, ports, readme,
    rule_words, scan_words, shape, swallowed, waiting, words,
};
use crate::tree::{Finding, Tree};

/// A rule's name, as exceptions and failures write it, and the function that looks for breaks.
type Check = (&'static str, fn(&Tree) -> Vec<Finding>);

const CHECKS: &[Check] = &[
    ("length", shape::long_files),
    ("opening", shape::files_without_opening),
    ("vague-name", names::vague_names),
    ("history-name", names::names_with_an_age),
    ("bypass", names::ways_round_the_gate),
    ("narrating", comments::narrating),
    ("banner", comments::banners),
    ("history", comments::history),
    ("todo", comments::bare_todos),
    ("dead-comment", comments::commented_out_code),
    ("swallowed", swallowed::swallowed_errors),
    ("skipped-test", waiting::skipped_tests),
    ("sleep", waiting::sleeps),
    ("client-wait", client_waits::unsafe_waits),
    ("claim", claims::tests_without_a_claim),
    ("trait", ports::traits_outside_ports),
    ("god-port", ports::wide_ports),
    ("string-field", ports::text_as_data),
    ("log-ascii", words::logs_beyond_ascii),
    ("workplace", words::workplace_paths),
    ("mutants", mutants::unexplained_mutants),
    ("readme", readme::promised_commands),
    ("rule-row", rule_words::undocumented_rules),
    ("scan-row", scan_words::undocumented_words),
    ("news-row", news_words::undocumented_news),
    ("orphan", orphans::unreached_files),
    ("example", examples::items_without_example),
];

#[cfg(test)]
mod tests {
    use super::super::exceptions::EXCEPTIONS;
    use super::CHECKS;
    use crate::tree::Tree;

    #[test]
    fn the_repository_keeps_its_manners() {
        let tree = Tree::read().unwrap();

        let mut broken = Vec::new();
        for (name, check) in CHECKS {
            for finding in check(&tree) {
                if !EXCEPTIONS
                    .iter()
                    .any(|exception| exception.covers(name, &finding))
                {
                    broken.push(format!("[{name}] {finding}"));
                }
            }
        }
        assert!(
            broken.is_empty(),
            "{} findings:\n{}",
            broken.len(),
            broken.join("\n")
        );
    }

    #[test]
    fn every_exception_is_still_needed() {
        let tree = Tree::read().unwrap();

        let idle: Vec<_> = EXCEPTIONS
            .iter()
            .filter(|exception| {
                !CHECKS.iter().any(|(name, check)| {
                    check(&tree)
                        .iter()
                        .any(|finding| exception.covers(name, finding))
                })
            })
            .collect();
        assert!(
            idle.is_empty(),
            "nothing needs these, instead: remove them: {idle:#?}"
        );
    }
}
