//! Values hold what their bounds say, whatever is asked of them, and nothing else.

use catalyst_domain::money::{Currency, Money, MoneyError, plain_decimal};
use catalyst_domain::price::{Price, PriceError};
use catalyst_domain::quantity::{LotSize, QuantityError, Shares};
use catalyst_domain::ratio::BasisPoints;
use catalyst_testkit::strategies::thousands;
use proptest::num::f64::ANY as ANY_FLOAT;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use rust_decimal::Decimal;

/// Any decimal there is, many of them around the bounds.
fn numbers() -> impl Strategy<Value = Decimal> {
    let parts = (
        any::<u32>(),
        any::<u32>(),
        any::<u32>(),
        any::<bool>(),
        0_u32..=28,
    );
    let around = |bound: i128| {
        (-2_i128..=2, 0_u32..=9).prop_map(move |(off, places)| {
            let whole = bound * 10_i128.pow(places) + off;
            Decimal::from_i128_with_scale(whole, places)
        })
    };
    prop_oneof![
        4 => parts.prop_map(|(lo, mid, hi, below, scale)| Decimal::from_parts(lo, mid, hi, below, scale)),
        1 => around(0),
        1 => around(10_000_000),
        1 => around(1_000_000_000_000_000_000),
        1 => around(-1_000_000_000_000_000_000),
    ]
}

fn sums() -> impl Strategy<Value = Money> {
    let sums = (
        -1_000_000_000_000_000_000_i64..=1_000_000_000_000_000_000_i64,
        0_u32..=9,
    )
        .prop_map(|(digits, places)| Decimal::new(digits, places));
    let currencies = prop_oneof![Just(Currency::Hkd), Just(Currency::Usd)];
    (sums, currencies).prop_map(|(sum, currency)| Money::new(sum, currency).unwrap())
}

/// Numbers that are prices, of few places and of all eight, near one another and far apart.
fn price_numbers() -> impl Strategy<Value = Decimal> {
    let of =
        |places: u32, most: i64| (1..=most).prop_map(move |digits| Decimal::new(digits, places));
    prop_oneof![
        of(0, 10_000_000),
        of(0, 3),
        of(1, 30),
        of(3, 3_000),
        of(8, 300_000_000),
        of(8, 1_000_000_000_000_000),
    ]
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn a_price_is_above_zero_up_to_ten_million_with_eight_places(number in numbers()) {
        let plain = number.normalize();
        let in_range = plain > Decimal::ZERO && plain <= Decimal::from(10_000_000);

        match Price::new(number) {
            Ok(price) => {
                prop_assert!(in_range && plain.scale() <= 8);
                prop_assert_eq!(price.value(), number);
            }
            Err(PriceError::TooFine { found }) => {
                prop_assert!(in_range && plain.scale() > 8);
                prop_assert_eq!(found, plain);
            }
            Err(error) => {
                prop_assert!(!in_range);
                prop_assert_eq!(error, PriceError::OutOfRange { found: plain });
            }
        }
    }

    #[test]
    fn prices_stand_in_the_order_of_their_numbers(one in price_numbers(), other in price_numbers()) {
        let price = |number| Price::new(number).unwrap();

        prop_assert_eq!(price(one).cmp(&price(other)), one.cmp(&other));
        prop_assert_eq!(price(one) == price(other), one == other);
    }

    #[test]
    fn money_is_at_most_ten_to_the_eighteenth_either_way(number in numbers()) {
        let most = Decimal::from(1_000_000_000_000_000_000_u64);

        match Money::new(number, Currency::Hkd) {
            Ok(money) => prop_assert!(number.abs() <= most && money.amount() == number),
            Err(error) => {
                prop_assert!(number.abs() > most);
                prop_assert_eq!(error, MoneyError::TooLarge);
            }
        }
    }

    #[test]
    fn sums_stay_in_one_currency_and_inside_the_bound(one in sums(), other in sums()) {
        let most = Decimal::from(1_000_000_000_000_000_000_u64);
        let same = one.currency() == other.currency();
        let sum = one.amount() + other.amount();

        match one.plus(other) {
            Ok(found) => {
                prop_assert!(same && found.amount() == sum);
                prop_assert_eq!(found.minus(other), Ok(one));
            }
            Err(MoneyError::TooLarge) => prop_assert!(same && sum.abs() > most),
            Err(error) => prop_assert_eq!(
                (same, error),
                (
                    false,
                    MoneyError::CurrencyMismatch {
                        left: one.currency(),
                        right: other.currency(),
                    }
                )
            ),
        }
    }

    #[test]
    fn no_product_of_price_and_shares_is_beyond_money(number in numbers(), count in any::<u64>()) {
        let (Ok(price), Ok(count)) = (Price::new(number), Shares::new(count % 10_000_000_001)) else {
            return Ok(());
        };

        let value = price.times(count, Currency::Hkd);

        prop_assert_eq!(value.amount(), price.value() * Decimal::from(count.count()));
        prop_assert_eq!(Money::new(value.amount(), Currency::Hkd), Ok(value));
    }

    #[test]
    fn shares_are_at_most_ten_thousand_million(count in any::<u64>()) {
        match Shares::new(count) {
            Ok(shares) => prop_assert!(count <= 10_000_000_000 && shares.count() == count),
            Err(error) => {
                prop_assert!(count > 10_000_000_000);
                prop_assert_eq!(error, QuantityError::TooMany { found: count });
            }
        }
    }

    #[test]
    fn lots_and_odd_shares_make_up_the_whole(count in 0_u64..=10_000_000_000, lot in 1_u32..) {
        let (shares, lot) = (Shares::new(count).unwrap(), LotSize::new(lot).unwrap());

        let (lots, odd) = shares.in_lots(lot);

        let whole = lots.map_or(0, |lots| lots.shares(lot).unwrap().count());
        prop_assert_eq!(whole + odd.count(), count);
        let fits_a_count = u32::try_from(count / u64::from(lot.shares())).is_ok();
        prop_assert!(!fits_a_count || odd.count() < u64::from(lot.shares()));
    }

    #[test]
    fn a_share_is_whole_basis_points_up_to_the_whole(number in numbers()) {
        let found = BasisPoints::from_fraction(number);

        let sound = Decimal::ZERO <= number
            && number <= Decimal::ONE
            && number.normalize().scale() <= 4;
        prop_assert_eq!(found.map(BasisPoints::to_fraction), sound.then_some(number));
    }

    #[test]
    fn a_number_is_read_as_it_is_printed(number in numbers()) {
        prop_assert_eq!(plain_decimal(&number.to_string()), Some(number));
    }

    #[test]
    fn a_float_enters_only_as_plain_digits_within_the_bounds(float in ANY_FLOAT) {
        for text in [format!("{float}"), format!("{float:?}"), format!("{float:e}")] {
            let is_plain = !text.is_empty()
                && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && text.len() <= 16;
            let read = text.parse::<Price>();
            prop_assert!(read.is_err() || is_plain && float > 0.0, "{} is {:?}", text, read);
            let sum = Money::parse(&text, Currency::Hkd);
            prop_assert!(sum.is_err() || float.abs() <= 1e18, "{} is {:?}", text, sum);
        }
    }
}

#[test]
fn no_word_for_what_is_no_number_is_one() {
    for text in [
        "NaN",
        "nan",
        "inf",
        "-inf",
        "infinity",
        "1e309",
        "1E5",
        "0x10",
        "1_000",
        "1,000",
        "\u{ff11}\u{ff12}",
        "-0",
        "-1",
        "0",
        "",
        " 1",
        "1 ",
        "+1",
        "10000000.00000001",
        "0.000000001",
    ] {
        assert!(text.parse::<Price>().is_err(), "{text:?}");
    }
}
