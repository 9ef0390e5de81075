//! What the checks let through. A line here is a decision: it says where, what and why, and it is
//! removed by the test when nothing needs it any more.

use crate::tree::Finding;

/// One finding, or one kind of finding in one place, that is right as it is.
#[derive(Debug)]
pub(super) struct Exception {
    /// The check's name in the list of checks.
    pub(super) check: &'static str,
    /// The path begins with this.
    pub(super) path: &'static str,
    /// The finding's text contains this; empty for any.
    pub(super) about: &'static str,
    /// Why the rule's own reason does not hold here.
    pub(super) reason: &'static str,
}

/// All of them.
pub(super) const EXCEPTIONS: &[Exception] = &[
    Exception {
        check: "trait",
        path: "crates/testkit/src/contract/order_gateway.rs",
        about: "GatewayHarness",
        reason: "a contract suite drives several gateways, each behind its own harness",
    },
    Exception {
        check: "string-field",
        path: "crates/ports/src/advisor/turn.rs",
        about: "",
        reason: "a call's id and the tool name as written belong to the advisor and are only echoed",
    },
    Exception {
        check: "string-field",
        path: "crates/ports/src/journal/",
        about: "",
        reason: "names, versions and hashes are kept for people to read and never decided upon",
    },
];

impl Exception {
    /// Whether it lets this finding of this check through.
    pub(super) fn covers(&self, check: &str, finding: &Finding) -> bool {
        self.check == check
            && finding.path.starts_with(self.path)
            && finding.what.contains(self.about)
            && !self.reason.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Exception;
    use crate::tree::Finding;

    #[test]
    fn an_exception_is_for_its_check_its_place_and_its_words_and_needs_a_reason() {
        let finding = Finding {
            path: "crates/app/src/cycle/mod.rs".to_owned(),
            line: 3,
            what: "`force_flat`".to_owned(),
            instead: "",
        };
        let with = |check, path, about, reason| Exception {
            check,
            path,
            about,
            reason,
        };

        assert!(with("bypass", "crates/app/", "force_flat", "so").covers("bypass", &finding));
        assert!(!with("bypass", "crates/app/", "force_flat", "so").covers("history", &finding));
        assert!(!with("bypass", "crates/cli/", "force_flat", "so").covers("bypass", &finding));
        assert!(!with("bypass", "crates/app/", "force_open", "so").covers("bypass", &finding));
        assert!(!with("bypass", "crates/app/", "", "").covers("bypass", &finding));
    }
}
