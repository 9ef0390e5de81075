//! No advice: the words for what ends a conversation.

use catalyst_domain::money::MoneyError;
use catalyst_ports::advisor::AdvisorError;

use crate::outside::one_line;
use crate::wire::StopDetails;

/// Characters of the provider's words.
pub(crate) const WORDS_MAX: usize = 200;

/// The words of a refusal.
pub(crate) fn refusal(details: Option<&StopDetails>) -> String {
    let category = details.and_then(|details| details.category.as_deref());
    let words = details.and_then(|details| details.explanation.as_deref());
    let category = one_line(category.unwrap_or("no category"), WORDS_MAX);
    let words = one_line(words.unwrap_or("no explanation"), WORDS_MAX);
    format!("it is a refusal ({category}: {words})")
}

pub(crate) fn unusable(why: &str) -> AdvisorError {
    AdvisorError::Unusable {
        why: why.to_owned(),
    }
}

pub(crate) fn unpriced(error: &MoneyError) -> AdvisorError {
    unusable(&format!("its usage cannot be priced: {error}"))
}

pub(crate) fn unwritable(error: &serde_json::Error) -> AdvisorError {
    unusable(&format!("the request cannot be written: {error}"))
}
