//! Charge: one row of a fee table, and the exact integer arithmetic behind it.

use std::num::TryFromIntError;

use rust_decimal::Decimal;

use super::item::FeeItem;
use crate::csv::{CsvError, CsvRow};
use crate::instrument::InstrumentKind;
use crate::money::{MoneyError, Rounding, plain_decimal};
use crate::price::Price;
use crate::quantity::Shares;
use crate::side::Side;

/// Charges are sums of 1/10,000 of a currency unit until they leave as money.
pub(super) const UNIT_PLACES: u32 = 4;
/// The finest rate in use is 0.0000015; ten places leave room.
const RATE_PLACES: u32 = 10;

/// What a rate multiplies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// Shares times price.
    Value,
    /// Shares.
    Share,
    /// Nothing: the fixed sum is all.
    Trade,
}

impl Basis {
    /// Reads the cell of the column `basis`.
    pub(super) fn of_row(row: CsvRow<'_>) -> Result<Self, CsvError> {
        row.read("basis", "value, share or trade", |cell| match cell {
            "value" => Some(Self::Value),
            "share" => Some(Self::Share),
            "trade" => Some(Self::Trade),
            _ => None,
        })
    }
}

/// Who pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Payer {
    Both,
    Only(Side),
}

/// How and to which step a charge is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Settling {
    rounding: Rounding,
    step_units: u64,
}

/// One charge while one row holds.
#[derive(Debug, Clone)]
pub(super) struct Charge {
    pub(super) item: FeeItem,
    pub(super) payer: Payer,
    pub(super) exempt: Vec<InstrumentKind>,
    rate: u64,
    basis: Basis,
    fixed: u64,
    min: u64,
    max: Option<u64>,
    max_rate: Option<u64>,
    settling: Settling,
}

impl Charge {
    /// Reads `rate,fixed,min,max,max_rate,rounding` of a row; absent columns are no such term.
    pub(super) fn parse(row: CsvRow<'_>, item: FeeItem, basis: Basis) -> Result<Self, CsvError> {
        let sum = |column| row.read_optional(column, "a sum in steps of 0.0001", units);
        let rate_of =
            |cell: &str| scaled(cell, RATE_PLACES).filter(|rate| *rate <= ten_to(RATE_PLACES));
        let rate = match basis {
            Basis::Value | Basis::Share => row.read("rate", RATE_WORDS, rate_of)?,
            Basis::Trade => row.read("rate", "nothing, as the basis is trade", |cell| {
                cell.is_empty().then_some(0)
            })?,
        };
        let min = sum("min")?.unwrap_or(0);
        let max = sum("max")?;
        if max.is_some_and(|max| max < min) {
            return Err(row.refusal("max", "a sum not below min"));
        }
        Ok(Self {
            item,
            payer: Payer::Both,
            exempt: Vec::new(),
            rate,
            basis,
            fixed: sum("fixed")?.unwrap_or(0),
            min,
            max,
            max_rate: row.read_optional("max_rate", RATE_WORDS, rate_of)?,
            settling: row.read("rounding", ROUNDING_WORDS, settling)?,
        })
    }

    /// True when a trade of `kind` on `side` pays this.
    pub(super) fn falls_on(&self, side: Side, kind: InstrumentKind) -> bool {
        let pays = match self.payer {
            Payer::Both => true,
            Payer::Only(payer) => payer == side,
        };
        pays && !self.exempt.contains(&kind)
    }

    /// The charge on `shares` at `price`, in units; settled first, then held between min and max,
    /// and last under the part of the value that it may not exceed.
    pub(super) fn units(&self, shares: Shares, price: Price) -> Result<u64, MoneyError> {
        let sum = self
            .settled(self.rate, self.basis, shares, price)?
            .checked_add(self.fixed)
            .ok_or(MoneyError::TooLarge)?;
        let held = self.max.map_or(sum, |max| sum.min(max)).max(self.min);
        match self.max_rate {
            None => Ok(held),
            Some(rate) => Ok(held.min(self.settled(rate, Basis::Value, shares, price)?)),
        }
    }

    /// `rate` of the basis, settled to a whole step, in units.
    fn settled(
        &self,
        rate: u64,
        basis: Basis,
        shares: Shares,
        price: Price,
    ) -> Result<u64, MoneyError> {
        let count = u128::from(shares.count());
        let (base, base_places) = match basis {
            // The product of both bounds is 10^25, so that times a rate up to 10^10 it fits.
            Basis::Value => (
                count * price.value().mantissa().unsigned_abs(),
                price.value().scale(),
            ),
            Basis::Share => (count, 0),
            Basis::Trade => (0, 0),
        };
        let Settling {
            rounding,
            step_units,
        } = self.settling;
        let step = u128::from(step_units);
        let divisor = 10_u128.pow(base_places + RATE_PLACES - UNIT_PLACES) * step;
        let steps = divided(base * u128::from(rate), divisor, rounding);
        u64::try_from(steps * step).map_err(|_beyond: TryFromIntError| MoneyError::TooLarge)
    }
}

const RATE_WORDS: &str = "0 to 1, with ten places";
const ROUNDING_WORDS: &str = "nearest cent, up to cent, down to cent, up to unit";

fn settling(cell: &str) -> Option<Settling> {
    let (rounding, step_units) = match cell {
        "nearest cent" => (Rounding::HalfUp, 100),
        "up to cent" => (Rounding::Up, 100),
        "down to cent" => (Rounding::Down, 100),
        "up to unit" => (Rounding::Up, 10_000),
        _ => return None,
    };
    Some(Settling {
        rounding,
        step_units,
    })
}

/// A quotient of wide integers; nearly always both fit the narrow ones, which divide far faster.
fn divided(dividend: u128, divisor: u128, rounding: Rounding) -> u128 {
    if let (Ok(dividend), Ok(divisor)) = (u64::try_from(dividend), u64::try_from(divisor)) {
        let (whole, rest) = (dividend / divisor, dividend % divisor);
        return u128::from(whole + u64::from(rounds_up(rest.into(), divisor.into(), rounding)));
    }
    let (whole, rest) = (dividend / divisor, dividend % divisor);
    whole + u128::from(rounds_up(rest, divisor, rounding))
}

const fn rounds_up(rest: u128, divisor: u128, rounding: Rounding) -> bool {
    match rounding {
        Rounding::HalfUp => rest >= divisor - rest,
        Rounding::Up => rest > 0,
        Rounding::Down => false,
    }
}

fn units(cell: &str) -> Option<u64> {
    scaled(cell, UNIT_PLACES)
}

/// The whole number of 10^-`places` that a cell stands for; `None` when it is finer or negative.
fn scaled(cell: &str, places: u32) -> Option<u64> {
    let number = plain_decimal(cell)?.checked_mul(Decimal::from(ten_to(places)))?;
    let number = number.normalize();
    (number.scale() == 0).then(|| u64::try_from(number).ok())?
}

const fn ten_to(places: u32) -> u64 {
    10_u64.saturating_pow(places)
}
