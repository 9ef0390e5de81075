//! When journal and broker differ: what is let pass, and what becomes of what nobody knows.

use catalyst_domain::money::{Currency, Money};
use catalyst_domain::reconcile::{OrphanRule, ReconcilePolicy};
use rust_decimal::Decimal;

use super::problem::SettingsError;
use super::raw::RawSettings;

pub(super) fn read(raw: &RawSettings<'_>) -> Result<ReconcilePolicy, SettingsError> {
    let key = "reconcile.cash_tolerance";
    let amount = raw.decimal(key)?;
    let cash_tolerance = match Money::new(amount, Currency::Hkd) {
        Ok(money) if amount >= Decimal::ZERO => money,
        Ok(_) | Err(_) => {
            let found = amount.to_string();
            return Err(SettingsError::value(key, &found, "an amount from 0"));
        }
    };
    let orphans = raw.word(
        "reconcile.orphans",
        &[
            ("flatten", OrphanRule::Flatten),
            ("ask_owner", OrphanRule::AskOwner),
        ],
    )?;
    Ok(ReconcilePolicy {
        cash_tolerance,
        orphans,
    })
}
