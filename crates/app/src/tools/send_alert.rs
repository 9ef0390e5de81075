//! `send_alert`: a bounded, cleaned message to the owner's own address. The input has no recipient, and
//! what a message quotes of others is marked as theirs.

use catalyst_domain::news::{cleaned, without_bare_domains};
use catalyst_ports::tool::{AlertReceipt, SendAlertInput, ToolName, ToolProblem, ToolReply};

use super::SeenNews;
use crate::CycleError;
use crate::alerts::{MESSAGE_MAX, SUBJECT_MAX};
use crate::running::Running;

/// Tells the advisor's messages from those of the harness.
const FROM: &str = "advisor: ";
/// Headlines shorter than this are too common to be a quotation.
const QUOTED_MIN: usize = 8;
const AFTER_NEWS: &str = " [written after reading headlines of others]";

pub(super) async fn run(
    run: &mut Running<'_>,
    input: &SendAlertInput,
) -> Result<ToolReply, CycleError> {
    if run.tally.alerts >= run.policy.alerts_max {
        let limit = run.policy.alerts_max;
        let problem = ToolProblem::TooOften {
            tool: ToolName::SendAlert,
            limit,
        };
        return Ok(ToolReply::Problem(problem));
    }
    run.tally.alerts += 1;
    let subject = format!("{FROM}{}", plain(&input.subject, SUBJECT_MAX - FROM.len()));
    let message = advisors_words(&input.message, &run.seen_news);
    let delivered = run.tell(input.severity, &subject, &message).await;
    Ok(ToolReply::Alert(AlertReceipt {
        recorded: true,
        delivered,
    }))
}

/// `text` without what hides, deceives or can be clicked, at most `most` characters: a message informs,
/// it does not send anybody anywhere.
fn plain(text: &str, most: usize) -> String {
    let text = without_bare_domains(&cleaned(text, most));
    text.chars().take(most).collect()
}

/// What an advisor tells the owner, bounded and cleaned, its quotations marked and, after any headline was
/// read, said to be so.
pub(super) fn advisors_words(text: &str, seen: &SeenNews) -> String {
    let mut marked = plain(text, MESSAGE_MAX);
    if seen.is_empty() {
        return marked;
    }
    for headline in seen.texts() {
        let quoted = plain(headline, MESSAGE_MAX);
        if quoted.chars().count() >= QUOTED_MIN && !marked.contains(&format!("\"{quoted}")) {
            marked = marked.replace(&quoted, &format!("[headline: \"{quoted}\"]"));
        }
    }
    let room = MESSAGE_MAX - AFTER_NEWS.len();
    let mut bounded: String = marked.chars().take(room).collect();
    bounded.push_str(AFTER_NEWS);
    bounded
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn links_and_what_hides_or_deceives_do_not_reach_the_owner() {
        for (text, left) in [
            (
                "stop\u{7} hit, see https://evil.example/x and www.evil.example",
                "stop hit, see and",
            ),
            ("go to evil.example/pay", "go to evil[.]example/pay"),
            ("ｅｖｉｌ．ｅｘａｍｐｌｅ", "evil[.]example"),
            ("e\u{200b}vil\u{2060}.example", "evil[.]example"),
            ("\u{202e}moc.live\u{202c} \u{e0041}", "moc[.]live"),
            ("mail owner@evil.example now", "mail now"),
            ("\u{440}\u{430}y 0700.HK at 493.8", "pay 0700.HK at 493.8"),
            ("<b style='display:none'>x</b> done", "x done"),
            ("line\nFrom: bank\r\n\r\nbody", "line From: bank body"),
        ] {
            assert_eq!(plain(text, 200), left, "{}", text.escape_debug());
        }
        assert_eq!(plain("abcdef", 3), "abc");
    }
}
