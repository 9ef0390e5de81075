//! Words that several lines of the screen share.

use catalyst_domain::money::Money;

/// Said where a figure is absent.
pub(super) const NOT_KNOWN: &str = "not known";

/// Said of a run that has not ended.
pub(super) const NO_END: &str = "no end: killed, or still at work";

/// An amount to the cent, with its sign.
pub(super) fn signed(amount: Money) -> String {
    let sign = if amount.is_negative() { "" } else { "+" };
    format!("{sign}{amount}")
}

/// The amount to the cent, or that it is not known.
pub(super) fn known(amount: Option<Money>) -> String {
    amount.map_or_else(|| NOT_KNOWN.to_owned(), |amount| amount.to_string())
}
