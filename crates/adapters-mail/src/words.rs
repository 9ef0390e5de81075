//! An alert in words: the subject and the text of a mail. Pure.

use catalyst_domain::calendar::TradingCalendar;
use catalyst_ports::notifier::Alert;
use catalyst_ports::tool::Severity;

/// Letters of a subject at most, the severity apart.
const SUBJECT_MAX: usize = 150;

/// `[CRITICAL] Catalyst HKEX: daily loss limit reached`.
pub(crate) fn subject_of(alert: &Alert) -> String {
    let severity = alert.severity.as_str().to_uppercase();
    one_line(&format!("[{severity}] Catalyst HKEX: {}", alert.subject))
}

/// One line of a header: no line break or other control character can end it and begin another.
pub(crate) fn one_line(text: &str) -> String {
    let letters = text.chars().take(SUBJECT_MAX);
    letters
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// The message, when it was raised by the exchange's clock, by which run, and what to do.
pub(crate) fn text_of(alert: &Alert, calendar: &TradingCalendar) -> String {
    let at = calendar.local(alert.at).format("%Y-%m-%d %H:%M:%S");
    let (run, ask) = match alert.run {
        Some(run) => (
            run.to_string(),
            format!("`catalyst why {run}` tells what this run saw and did"),
        ),
        None => (
            "none".to_owned(),
            "`catalyst doctor` tells what is not as it should be".to_owned(),
        ),
    };
    let urgency = match alert.severity {
        Severity::Critical => "Look now",
        Severity::Warning => "Look today",
        Severity::Info => "Nothing has to be done",
    };
    format!(
        "{}\n\n{}\n\nraised  {at}, by the clock of the exchange\nrun     {run}\n\n\
         {urgency}: `catalyst status` shows what is held and how it is protected, {ask}.\n",
        alert.subject, alert.message
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(subject: &str) -> Alert {
        Alert {
            severity: Severity::Critical,
            subject: subject.to_owned(),
            message: "00700 has no stop".to_owned(),
            run: Some("g20260914-1031.1".parse().unwrap()),
            at: "2026-09-14T02:31:05Z".parse().unwrap(),
        }
    }

    #[test]
    fn the_subject_begins_with_the_severity_and_stays_one_line() {
        assert_eq!(
            subject_of(&alert("stop lost\r\nBcc: thief@evil.example")),
            "[CRITICAL] Catalyst HKEX: stop lost  Bcc: thief@evil.example"
        );
        assert_eq!(
            subject_of(&alert(&"x".repeat(500))).chars().count(),
            SUBJECT_MAX
        );
    }

    #[test]
    fn the_text_names_the_moment_the_run_and_what_to_do() {
        let calendar = TradingCalendar::hkex().unwrap();

        assert_eq!(
            text_of(&alert("stop lost"), &calendar),
            "stop lost\n\n00700 has no stop\n\n\
             raised  2026-09-14 10:31:05, by the clock of the exchange\n\
             run     g20260914-1031.1\n\n\
             Look now: `catalyst status` shows what is held and how it is protected, \
             `catalyst why g20260914-1031.1` tells what this run saw and did.\n"
        );
    }
}
