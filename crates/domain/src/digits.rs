//! The digits of a decimal as a 64-bit integer, in which a program counts many times faster.

use rust_decimal::Decimal;

/// `digits`, the last `places` of them behind the point, without zeros at the end of these.
pub(crate) const fn trimmed(mut digits: u64, mut places: u32) -> (u64, u32) {
    while places > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        places -= 1;
    }
    (digits, places)
}

/// What [`Decimal::normalize`] says: the number without zeros at the end of its places.
pub(crate) fn normalized(number: Decimal) -> Decimal {
    match u64::try_from(number.mantissa()) {
        Ok(digits) => {
            let (digits, places) = trimmed(digits, number.scale());
            Decimal::from_i128_with_scale(i128::from(digits), places)
        }
        Err(_negative_or_longer) => number.normalize(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop_assert_eq, prop_oneof, proptest};

    use super::*;

    /// Mantissas of every length and sign, many with zeros at the end.
    fn numbers() -> impl Strategy<Value = Decimal> {
        let digits = prop_oneof![
            any::<i8>().prop_map(i128::from),
            any::<u64>().prop_map(i128::from),
            any::<i64>().prop_map(i128::from),
            -79_228_162_514_264_337_593_543_950_335..=79_228_162_514_264_337_593_543_950_335_i128,
        ];
        (digits, 0..=28_u32, 0..=28_u32).prop_map(|(digits, zeros, places)| {
            let power = 10_i128.pow(zeros);
            Decimal::from_i128_with_scale(digits / power * power, places)
        })
    }

    proptest! {
        #[test]
        fn a_number_is_normalized_as_decimals_are(number in numbers()) {
            let expected = number.normalize();
            let found = normalized(number);

            prop_assert_eq!(found.unpack(), expected.unpack());
        }
    }

    #[test]
    fn zero_has_no_places_and_no_sign() {
        let mut zero = Decimal::new(0, 28);
        zero.set_sign_negative(true);

        assert_eq!(normalized(zero).unpack(), Decimal::ZERO.unpack());
    }
}
