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
    let read = raw.optional(key, allowed)?.map(|text| {
        let refused = SettingsError::value(key, &text, allowed);
        text.parse().map_err(|_| refused)
    });
    read.transpose()
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
