//! Laws that hold for any number, symbol and text.

use catalyst_domain::grounding::{Claim, Grounds, ungrounded};
use catalyst_domain::symbol::Symbol;
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};

fn seen(number: Decimal) -> Grounds {
    let mut grounds = Grounds::none();
    grounds.see_number(number);
    grounds
}

fn with_separators(whole: i64) -> String {
    let digits = whole.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn full_width(text: &str) -> String {
    let wide = |letter: char| match letter {
        '0'..='9' | '.' => char::from_u32(u32::from(letter) + 0xfee0).unwrap(),
        other => other,
    };
    text.chars().map(wide).collect()
}

proptest! {
    #[test]
    fn a_seen_number_is_found_however_it_is_rounded(mantissa in 1_i64..10_000_000_000, scale in 0_u32..5, places in 0_u32..5) {
        let number = Decimal::new(mantissa, scale);
        for how in [RoundingStrategy::ToZero, RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::MidpointNearestEven] {
            let text = number.round_dp_with_strategy(places, how).to_string();
            prop_assert_eq!(ungrounded(&text, &seen(number)), []);
            prop_assert_eq!(ungrounded(&full_width(&text), &seen(-number)), []);
        }
    }

    #[test]
    fn separators_and_scales_change_nothing(whole in 1_000_i64..1_000_000_000_000) {
        let grounds = seen(whole.into());
        prop_assert_eq!(ungrounded(&with_separators(whole), &grounds), []);
        for (word, zeros) in [("K", 3_u32), ("M", 6), ("B", 9), ("萬", 4), ("亿", 8)] {
            let mantissa = Decimal::from(whole) / Decimal::from(10_i64.pow(zeros));
            let text = format!("{:.2}{word}", mantissa.round_dp(2));
            prop_assert_eq!(ungrounded(&text, &grounds), [], "{}", text);
        }
    }

    #[test]
    fn a_number_more_than_a_step_away_is_named(cents in 2_000_i64..9_000_000, steps in 2_i64..1_000) {
        let said = Decimal::new(cents + steps, 2);
        let claims = ungrounded(&format!("{said:.2}"), &seen(Decimal::new(cents, 2)));
        prop_assert_eq!(claims, [Claim::Number(said)]);
    }

    #[test]
    fn a_symbol_is_found_exactly_if_it_was_seen(code in 1_u32..100_000, other in 1_u32..100_000) {
        let symbol: Symbol = code.to_string().parse().unwrap();
        let mut grounds = Grounds::none();
        grounds.see_symbol(symbol);
        for text in [format!("{code:05}.HK"), format!("HK.{code:05}"), format!("{code:04}.hk")] {
            prop_assert_eq!(ungrounded(&text, &grounds), []);
        }
        let unseen = ungrounded(&format!("{other:05}.HK"), &grounds);
        prop_assert_eq!(unseen.is_empty(), other == code);
    }

    #[test]
    fn any_text_is_read_and_grounds_itself_but_for_its_symbols(text in "\\PC{0,200}") {
        let mut grounds = Grounds::none();
        let before = ungrounded(&text, &grounds);
        grounds.see_text(&text);

        let after = ungrounded(&text, &grounds);

        prop_assert!(before.len() <= 20);
        let only_symbols = after.iter().all(|claim| matches!(claim, Claim::Symbol(_)));
        prop_assert!(only_symbols, "{:?}", after);
    }
}
