//! The scan: which names are looked at, what of them is worth a look, and in which order.

use std::path::PathBuf;

use catalyst_domain::money::{Currency, Money};
use catalyst_domain::price::Price;
use catalyst_domain::ratio::BasisPoints;
use catalyst_domain::scan::{Direction, ScanLimits, Weights};
use rust_decimal::Decimal;

use super::problem::SettingsError;
use super::raw::RawSettings;

const WEIGHT_MAX: Decimal = Decimal::TEN;
const TICKS_MAX: u32 = 1_000;

/// Where the names of a scan come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ScanNames {
    /// The members of the index that is asked for.
    Members,
    /// The owner's list in this file.
    List(PathBuf),
}

/// Section `scan`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScanSettings {
    /// Which names.
    pub(crate) names: ScanNames,
    /// Hard filters and weights.
    pub(crate) limits: ScanLimits,
}

pub(super) fn read(raw: &RawSettings<'_>) -> Result<ScanSettings, SettingsError> {
    let names = match raw.text("scan.universe", "members, or a file")?.as_str() {
        "members" => ScanNames::Members,
        file => ScanNames::List(PathBuf::from(file)),
    };
    let limits = ScanLimits {
        min_price: price(raw, "scan.min_price")?,
        max_price: price(raw, "scan.max_price")?,
        min_turnover: turnover(raw, "scan.min_turnover")?,
        max_spread_ticks: ticks(raw, "scan.max_spread_ticks")?,
        max_spread: share(raw, "scan.max_spread_pct")?,
        max_lot_share: share(raw, "scan.max_lot_value_pct")?,
        direction: raw.word(
            "scan.only_rising",
            &[("true", Direction::Rising), ("false", Direction::Any)],
        )?,
        weights: Weights {
            change: weight(raw, "scan.weight_change")?,
            gap: weight(raw, "scan.weight_gap")?,
            relative_volume: weight(raw, "scan.weight_relative_volume")?,
            below_high: weight(raw, "scan.weight_below_high")?,
            above_vwap: weight(raw, "scan.weight_above_vwap")?,
        },
    };
    if let (Some(least), Some(most)) = (limits.min_price, limits.max_price)
        && least > most
    {
        let allowed = format!("null, or at least scan.min_price, which is {least}");
        return Err(SettingsError::value(
            "scan.max_price",
            &most.to_string(),
            allowed,
        ));
    }
    Ok(ScanSettings { names, limits })
}

fn price(raw: &RawSettings<'_>, key: &str) -> Result<Option<Price>, SettingsError> {
    let allowed = "a price above 0 up to 10000000, or null";
    match raw.optional(key, allowed)? {
        None => Ok(None),
        Some(text) => match text.parse() {
            Ok(price) => Ok(Some(price)),
            Err(_) => Err(SettingsError::value(key, &text, allowed)),
        },
    }
}

fn turnover(raw: &RawSettings<'_>, key: &str) -> Result<Money, SettingsError> {
    let amount = raw.decimal(key)?;
    match Money::new(amount, Currency::Hkd) {
        Ok(money) if !money.is_negative() => Ok(money),
        Ok(_) | Err(_) => Err(SettingsError::value(
            key,
            &amount.to_string(),
            "an amount of 0 or more",
        )),
    }
}

fn ticks(raw: &RawSettings<'_>, key: &str) -> Result<Option<u32>, SettingsError> {
    if raw.has(key) {
        raw.whole(key, 1..=TICKS_MAX).map(Some)
    } else {
        Ok(None)
    }
}

fn share(raw: &RawSettings<'_>, key: &str) -> Result<Option<BasisPoints>, SettingsError> {
    let Some(fraction) = raw.optional_decimal(key)? else {
        return Ok(None);
    };
    let share = BasisPoints::from_fraction(fraction).filter(|share| share.points() > 0);
    share.map(Some).ok_or_else(|| {
        let allowed = "a fraction above 0 up to 1 in steps of 0.0001, so 0.2 for 20 %, or null";
        SettingsError::value(key, &fraction.to_string(), allowed)
    })
}

fn weight(raw: &RawSettings<'_>, key: &str) -> Result<Decimal, SettingsError> {
    let weight = raw.decimal(key)?;
    if (Decimal::ZERO..=WEIGHT_MAX).contains(&weight) {
        Ok(weight)
    } else {
        Err(SettingsError::value(key, &weight.to_string(), "0 to 10"))
    }
}

#[cfg(test)]
mod tests {
    use catalyst_domain::calendar::TradingCalendar;

    use super::super::load::{merged, typed};
    use super::super::{Environment, Settings};
    use super::*;

    fn load_text(text: &str) -> Result<Settings, SettingsError> {
        let environment = Environment::of(&[]);
        let file = Some((PathBuf::from("owner.yaml"), text.to_owned()));
        typed(
            &merged(file.as_ref(), &environment)?,
            &TradingCalendar::hkex().unwrap(),
        )
    }

    #[test]
    fn the_shipped_scan_is_the_usual_one_and_its_bounds_are_told() {
        let usual = ScanLimits::usual(Currency::Hkd).unwrap();
        assert_eq!(load_text("").unwrap().scan.limits, usual);
        assert_eq!(load_text("").unwrap().scan.names, ScanNames::Members);

        for (text, told) in [
            (
                "scan: {min_price: 0}",
                "scan.min_price is `0`, allowed is a price above 0 up to 10000000, or null",
            ),
            (
                "scan: {max_price: 0.4}",
                "scan.max_price is `0.4`, allowed is null, or at least scan.min_price, which is 0.5",
            ),
            (
                "scan: {min_turnover: -1}",
                "scan.min_turnover is `-1`, allowed is an amount of 0 or more",
            ),
            (
                "scan: {max_spread_ticks: 0}",
                "scan.max_spread_ticks is `0`, allowed is a whole number 1 to 1000",
            ),
            (
                "scan: {max_lot_value_pct: 20}",
                "scan.max_lot_value_pct is `20`, allowed is a fraction above 0 up to 1 in steps of \
                 0.0001, so 0.2 for 20 %, or null",
            ),
            (
                "scan: {only_rising: perhaps}",
                "scan.only_rising is `perhaps`, allowed is true, false",
            ),
            (
                "scan: {weight_gap: 11}",
                "scan.weight_gap is `11`, allowed is 0 to 10",
            ),
            (
                "scan: {universe: null}",
                "scan.universe is empty, allowed is members, or a file",
            ),
            (
                "scan: {min_turnovr: 1}",
                "unknown key `scan.min_turnovr`, did you mean `scan.min_turnover`?",
            ),
        ] {
            assert_eq!(load_text(text).unwrap_err().to_string(), told, "{text}");
        }
    }

    #[test]
    fn a_bound_of_the_scan_may_be_taken_away_and_the_hash_tells() {
        let open = load_text(
            "scan: {min_price: null, max_spread_ticks: null, max_spread_pct: null, \
             max_lot_value_pct: null, only_rising: false, universe: names.csv}",
        );

        let open = open.unwrap();
        let limits = open.scan.limits;
        assert_eq!((limits.min_price, limits.max_spread), (None, None));
        assert_eq!(
            (limits.max_spread_ticks, limits.max_lot_share),
            (None, None)
        );
        assert_eq!(limits.direction, Direction::Any);
        assert_eq!(open.scan.names, ScanNames::List("names.csv".into()));
        assert_ne!(open.hash(), load_text("").unwrap().hash());
    }
}
