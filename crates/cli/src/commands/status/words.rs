//! Words that several lines of the screen share.

use catalyst_domain::money::Money;

/// Said where a figure is absent.
pub(super) const NOT_KNOWN: &str = "not known";

/// An amount to the cent, with its sign.
pub(super) fn signed(amount: Money) -> String {
    let sign = if amount.is_negative() { "" } else { "+" };
    format!("{sign}{}", cents(amount))
}

/// An amount to the cent.
pub(super) fn cents(amount: Money) -> String {
    format!("{:.2} {}", amount.amount().round_dp(2), amount.currency())
}

/// The amount, or that it is not known.
pub(super) fn known(amount: Option<Money>) -> String {
    amount.map_or_else(|| NOT_KNOWN.to_owned(), cents)
}
