//! The day's result, open positions included. A sum over cash and marks, so the order of fills does
//! not matter and no fill can be counted into nothing.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::money::{Currency, Money, MoneyError};
use crate::order::Fill;
use crate::price::Price;
use crate::quantity::Shares;
use crate::side::Side;
use crate::symbol::Symbol;

/// A position carried into the day, with the price it was carried at.
///
/// Shown at [`day_result`](day_result()).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpeningPosition {
    /// What was held.
    pub symbol: Symbol,
    /// How many shares.
    pub shares: Shares,
    /// The previous close.
    pub mark: Price,
}

/// What the day came to.
///
/// Shown at [`day_result`](day_result()).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayResult {
    /// Gain before fees, realised and not.
    pub gross: Money,
    /// Fees of the day's fills.
    pub fees: Money,
}

/// Why a day has no figure. A missing figure refuses entries; it is never taken for zero.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DayError {
    /// A held symbol has no price.
    #[error("no price for {symbol}, of which {shares} shares are held")]
    Unmarked {
        /// What is held.
        symbol: Symbol,
        /// How many shares.
        shares: Shares,
    },
    /// More was sold than there was.
    #[error("{symbol} was sold beyond what was held")]
    Oversold {
        /// What was sold.
        symbol: Symbol,
    },
    /// The sums left the range of money.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl DayResult {
    /// Gain after fees.
    pub fn net(&self) -> Result<Money, MoneyError> {
        self.gross.minus(self.fees)
    }
}

/// The result of a day that opened with `opening`, saw `fills`, and is marked at `marks` now.
///
/// A price that is missing is an error, not a position worth nothing.
///
/// ```
/// use catalyst_domain::account::{OpeningPosition, day_result};
/// use catalyst_domain::{money::Currency, quantity::Shares};
/// use std::collections::BTreeMap;
/// let held = OpeningPosition {
///     symbol: "700".parse()?,
///     shares: Shares::new(100)?,
///     mark: "500".parse()?,
/// };
/// let marks = BTreeMap::from([(held.symbol, "503".parse()?)]);
/// let day = day_result(Currency::Hkd, &[held], &[], &marks)?;
/// assert_eq!(day.net()?.to_string(), "300.00 HKD");
/// assert_eq!(
///     day_result(Currency::Hkd, &[held], &[], &BTreeMap::new()).unwrap_err().to_string(),
///     "no price for 00700, of which 100 shares are held"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn day_result(
    currency: Currency,
    opening: &[OpeningPosition],
    fills: &[Fill],
    marks: &BTreeMap<Symbol, Price>,
) -> Result<DayResult, DayError> {
    let mut gross = Money::zero(currency);
    let mut fees = Money::zero(currency);
    let mut flow: BTreeMap<Symbol, (Shares, Shares)> = BTreeMap::new();
    for held in opening {
        let (bought, _) = flow
            .entry(held.symbol)
            .or_insert((Shares::ZERO, Shares::ZERO));
        *bought = bought.plus(held.shares);
        gross = gross.minus(held.mark.times(held.shares, currency))?;
    }
    for fill in fills {
        let (bought, sold) = flow
            .entry(fill.symbol)
            .or_insert((Shares::ZERO, Shares::ZERO));
        match fill.side {
            Side::Buy => *bought = bought.plus(fill.shares),
            Side::Sell => *sold = sold.plus(fill.shares),
        }
        gross = gross.plus(fill.cash_effect()?)?.plus(fill.fees)?;
        fees = fees.plus(fill.fees)?;
    }
    for (symbol, (bought, sold)) in flow {
        let held = bought.minus(sold).ok_or(DayError::Oversold { symbol })?;
        if !held.is_zero() {
            let mark = marks.get(&symbol).ok_or(DayError::Unmarked {
                symbol,
                shares: held,
            })?;
            gross = gross.plus(mark.times(held, currency))?;
        }
    }
    Ok(DayResult { gross, fees })
}
