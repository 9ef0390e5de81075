//! Floats of the wire as decimals, and back. "Unset" and what is no number end here.

use catalyst_domain::price::{Price, PriceError};
use catalyst_domain::quantity::{QuantityError, Shares};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use thiserror::Error;

/// Finer than any tick of the exchange: what lies behind it is dust of the float.
const DUST_PLACES: u32 = 6;

/// A float that is no figure of the kind wanted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum BadNumber {
    /// NaN, infinite, unset, or beyond any decimal.
    #[error("`{found}` is no figure")]
    NoFigure { found: String },
    /// No price.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// Negative or a part of a share.
    #[error("`{found}` is no count of shares")]
    NotWhole { found: Decimal },
    /// Too many.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
}

/// The decimal that the float stands for: its shortest text.
pub(crate) fn decimal(value: f64) -> Result<Decimal, BadNumber> {
    let no_figure = || BadNumber::NoFigure {
        found: format!("{value:e}"),
    };
    if !value.is_finite() {
        return Err(no_figure());
    }
    if let Some(short) = short(value) {
        return Ok(short);
    }
    let found: Result<Decimal, _> = format!("{value}").parse();
    found
        .map(|found| found.round_dp(DUST_PLACES).normalize())
        .map_err(|_beyond| no_figure())
}

/// What `decimal` finds for a float that stands for a number of few places, without its text. The float
/// nearest to such a number is this float, so no shorter text than that number stands for it.
fn short(value: f64) -> Option<Decimal> {
    const UNITS: [(u32, f64); 4] = [(0, 1.0), (2, 100.0), (4, 10_000.0), (6, 1_000_000.0)];
    const MOST: f64 = 1_000_000_000.0;
    if value.abs() > MOST {
        return None;
    }
    UNITS.into_iter().find_map(|(places, unit)| {
        let whole = (value * unit).round();
        let is_exact = (whole / unit).to_bits() == value.to_bits();
        let units = is_exact.then(|| whole.to_i64()).flatten()?;
        Some(Decimal::new(units, places).normalize())
    })
}

/// A price per share.
pub(crate) fn price(value: f64) -> Result<Price, BadNumber> {
    Ok(Price::new(decimal(value)?)?)
}

/// A count of whole shares, not below zero.
pub(crate) fn shares(value: f64) -> Result<Shares, BadNumber> {
    let found = decimal(value)?;
    let whole = if found.is_integer() {
        found.to_u64()
    } else {
        None
    };
    let count = whole.ok_or(BadNumber::NotWhole { found })?;
    Ok(Shares::new(count)?)
}

/// The float that prints as this decimal, for the wire.
pub(crate) fn to_f64(value: Decimal) -> Result<f64, BadNumber> {
    let text = value.to_string();
    match text.parse::<f64>() {
        Ok(found) if found.is_finite() => Ok(found),
        Ok(_) | Err(_) => Err(BadNumber::NoFigure { found: text }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use rust_decimal::prelude::ToPrimitive as _;

    use super::{DUST_PLACES, decimal, price, shares, short, to_f64};

    #[test]
    fn a_price_is_its_shortest_text() {
        for (value, text) in [
            (512.5, "512.5"),
            (0.0005, "0.0005"),
            (0.1 + 0.2, "0.3"),
            (9_995.0, "9995"),
            (1e7, "10000000"),
        ] {
            assert_eq!(price(value).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_figure_is_refused_by_its_look() {
        for value in [f64::NAN, f64::INFINITY, -f64::INFINITY, f64::MAX, 1e40] {
            assert!(decimal(value).is_err(), "{value}");
        }
        for value in [0.0, -1.0, 1e8] {
            assert!(price(value).is_err(), "{value}");
        }
        for value in [-100.0, 0.5, 1e12] {
            assert!(shares(value).is_err(), "{value}");
        }
        assert_eq!(shares(400.0).unwrap().count(), 400);
        assert_eq!(shares(0.0).unwrap().count(), 0);
    }

    proptest! {
        #[test]
        fn a_float_is_the_same_with_and_without_its_text(value in prop_oneof![
            -2e9..2e9,
            (-2_000_000_000_i64..2_000_000_000).prop_map(|units| rust_decimal::Decimal::new(units, 5)
                .to_f64()
                .unwrap()),
            any::<f64>(),
        ]) {
            if let Some(found) = short(value) {
                let text: rust_decimal::Decimal = format!("{value}").parse().unwrap();
                prop_assert_eq!(found, text.round_dp(DUST_PLACES).normalize());
                prop_assert_eq!(found.to_string(), text.round_dp(DUST_PLACES).normalize().to_string());
            }
        }

        #[test]
        fn no_float_panics_and_a_grid_price_comes_back(bits in any::<u64>(), units in 1_u32..100_000_000) {
            let any = f64::from_bits(bits);
            prop_assert_eq!(decimal(any).is_ok(), any.is_finite() && any.abs() < 7.9e28);
            let on_grid = rust_decimal::Decimal::new(i64::from(units), 4).normalize();
            prop_assert_eq!(decimal(to_f64(on_grid).unwrap()).unwrap(), on_grid);
        }
    }
}
