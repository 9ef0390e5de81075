//! The digits of a decimal as a 64-bit integer, in which a program counts many times faster.

use rust_decimal::Decimal;

/// `digits`, the last `places` of them behind the point, without zeros at the end of these.
pub(crate) const fn trimmed(mut digits: u64, mut places: u32) -> (u64, u32) {
    if places >= 4 && digits.is_multiple_of(10_000) {
        digits /= 10_000;
        places -= 4;
    }
    while places > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        places -= 1;
    }
    (digits, places)
}

/// The number of these digits, the last `places` of them behind the point, as [`Decimal::normalize`]
/// leaves it: without zeros at the end of its places.
pub(crate) fn decimal_of(digits: u64, places: u32) -> Decimal {
    let (digits, places) = trimmed(digits, places);
    Decimal::from_i128_with_scale(i128::from(digits), places)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::*;

    proptest! {
        #[test]
        fn a_number_is_normalized_as_decimals_are(
            digits in any::<u64>(),
            zeros in 0..=19_u32,
            places in 0..=28_u32,
        ) {
            let power = 10_u64.pow(zeros);
            let digits = digits / power * power;
            let expected = Decimal::from_i128_with_scale(i128::from(digits), places).normalize();

            prop_assert_eq!(decimal_of(digits, places).unpack(), expected.unpack());
        }
    }
}
