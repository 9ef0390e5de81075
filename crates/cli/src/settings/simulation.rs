//! The simulated exchange: what the account starts with and how days are made up.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::ratio::BasisPoints;
use rust_decimal::Decimal;

use super::problem::SettingsError;
use super::raw::RawSettings;

/// Section `sim`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SimSettings {
    /// Cash at the start, above zero.
    pub(crate) cash: Money,
    /// Seed of generated days.
    pub(crate) seed: u64,
    /// Ticks that a market fill is worse than the bar's opening.
    pub(crate) slippage_ticks: u32,
    /// Share of a bar's volume that one order may fill, above zero.
    pub(crate) participation: BasisPoints,
    /// Generated instruments.
    pub(crate) symbols: u32,
    /// First generated day; whether it trades is the calendar's business.
    pub(crate) date: TradingDate,
}

pub(super) fn read(raw: &RawSettings<'_>) -> Result<SimSettings, SettingsError> {
    Ok(SimSettings {
        cash: read_cash(raw)?,
        seed: raw.parsed("sim.seed", "a whole number 0 to 18446744073709551615")?,
        slippage_ticks: raw.whole("sim.slippage_ticks", 0..=100)?,
        participation: read_participation(raw)?,
        symbols: raw.whole("sim.symbols", 1..=200)?,
        date: raw.parsed("sim.date", "a date YYYY-MM-DD")?,
    })
}

fn read_cash(raw: &RawSettings<'_>) -> Result<Money, SettingsError> {
    let key = "sim.cash";
    let amount = raw.decimal(key)?;
    let money = Money::new(amount, Currency::Hkd).ok();
    money
        .filter(|_| amount > Decimal::ZERO)
        .ok_or_else(|| SettingsError::value(key, &amount.to_string(), "an amount above 0"))
}

fn read_participation(raw: &RawSettings<'_>) -> Result<BasisPoints, SettingsError> {
    let key = "sim.participation_pct";
    let fraction = raw.decimal(key)?;
    BasisPoints::from_fraction(fraction)
        .filter(|share| share.points() > 0)
        .ok_or_else(|| {
            let allowed = "a fraction above 0 up to 1 in steps of 0.0001, so 0.1 for 10 %";
            SettingsError::value(key, &fraction.to_string(), allowed)
        })
}
