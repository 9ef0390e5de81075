//! What asking a model may cost: three caps in US dollars, each at least the one before.

use catalyst_domain::budget::{Budget, BySpan};
use catalyst_domain::money::{Currency, Money};
use rust_decimal::Decimal;

use super::problem::SettingsError;
use super::raw::RawSettings;

pub(super) fn read(raw: &RawSettings<'_>) -> Result<Budget, SettingsError> {
    let cycle = cap(
        raw,
        "claude.max_cost_per_cycle",
        ("above 0", Decimal::ZERO),
        20,
    )?;
    let from = ("from claude.max_cost_per_cycle", cycle.amount());
    let day = cap(raw, "claude.max_cost_per_day", from, 100)?;
    let from = ("from claude.max_cost_per_day", day.amount());
    let month = cap(raw, "claude.max_cost_per_month", from, 1_000)?;
    Ok(Budget {
        most: BySpan { cycle, day, month },
    })
}

/// An amount above nothing, from `least` up to `most`.
fn cap(
    raw: &RawSettings<'_>,
    key: &str,
    (words, least): (&str, Decimal),
    most: u32,
) -> Result<Money, SettingsError> {
    let amount = raw.decimal(key)?;
    let refused = || {
        let allowed = format!("an amount of US dollars {words} up to {most}");
        SettingsError::value(key, &amount.to_string(), allowed)
    };
    if amount <= Decimal::ZERO || amount < least || amount > Decimal::from(most) {
        return Err(refused());
    }
    Money::new(amount, Currency::Usd).map_err(|_beyond| refused())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use catalyst_domain::calendar::TradingCalendar;

    use crate::settings::load::{merged, typed};
    use crate::settings::{Environment, Settings, SettingsError};

    fn loaded(claude: &str) -> Result<Settings, SettingsError> {
        let environment = Environment::of(&[]);
        let file = Some((PathBuf::from("owner.yaml"), format!("claude: {claude}")));
        let calendar = TradingCalendar::hkex().unwrap();
        typed(&merged(file.as_ref(), &environment)?, &calendar)
    }

    #[test]
    fn the_caps_fit_the_owners_month_as_they_ship() {
        let most = loaded("{}").unwrap().cycle.budget.most;

        assert_eq!(most.cycle.to_string(), "0.50 USD");
        assert_eq!(most.day.to_string(), "1.50 USD");
        assert_eq!(most.month.to_string(), "25.00 USD");
    }

    #[test]
    fn a_cap_is_never_absent_never_nothing_and_never_below_a_shorter_one() {
        for (claude, told) in [
            (
                "{max_cost_per_cycle: 0}",
                "claude.max_cost_per_cycle is `0`, allowed is an amount of US dollars above 0 up to 20",
            ),
            (
                "{max_cost_per_cycle: 20.01}",
                "claude.max_cost_per_cycle is `20.01`, allowed is an amount of US dollars above 0 up to 20",
            ),
            (
                "{max_cost_per_day: 0.49}",
                "claude.max_cost_per_day is `0.49`, allowed is an amount of US dollars from \
                 claude.max_cost_per_cycle up to 100",
            ),
            (
                "{max_cost_per_month: 1.49}",
                "claude.max_cost_per_month is `1.49`, allowed is an amount of US dollars from \
                 claude.max_cost_per_day up to 1000",
            ),
        ] {
            assert_eq!(loaded(claude).unwrap_err().to_string(), told);
        }
        for absent in ["{max_cost_per_cycle: null}", "{max_cost_per_month: null}"] {
            assert!(loaded(absent).is_err(), "{absent}");
        }
    }

    #[test]
    fn another_cap_is_another_decision() {
        let standard = loaded("{}").unwrap().hash();

        for other in [
            "{max_calls: 19}",
            "{max_cost_per_cycle: 0.4}",
            "{max_cost_per_day: 2}",
            "{max_cost_per_month: 20}",
        ] {
            assert_ne!(loaded(other).unwrap().hash(), standard, "{other}");
        }
    }
}
