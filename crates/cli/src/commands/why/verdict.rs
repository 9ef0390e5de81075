//! A verdict of the gate in words.

use std::io::{self, Write};

use catalyst_ports::journal::StoryVerdict;

use super::page::Page;
use super::told::Told;

/// True when nothing was broken.
pub(super) fn is_pass(verdict: &StoryVerdict) -> bool {
    verdict.breaches.trim() == "[]"
}

/// When, what, and every broken limit with its numbers.
pub(super) fn words(page: &Page<'_, impl Write>, verdict: &StoryVerdict) -> io::Result<String> {
    let StoryVerdict {
        symbol,
        side,
        shares,
        ..
    } = verdict;
    let noted = texts(&verdict.notes)?;
    let noted = if noted.is_empty() {
        noted
    } else {
        format!(", noted {noted}")
    };
    let said = if is_pass(verdict) {
        "passed".to_owned()
    } else {
        format!("REFUSED, {}", texts(&verdict.breaches)?)
    };
    let at = page.moment(verdict.at);
    Ok(format!("{at} {side} {shares} {symbol}: {said}{noted}"))
}

/// The texts of a list of breaches.
fn texts(breaches: &str) -> Result<String, serde_json::Error> {
    let texts: Vec<String> = match Told::parse(breaches)? {
        Told::List(breaches) => breaches
            .iter()
            .map(|breach| breach.find("text").unwrap_or(breach).to_string())
            .collect(),
        other @ (Told::Word(_) | Told::Map(_)) => vec![other.to_string()],
    };
    Ok(texts.join("; "))
}
