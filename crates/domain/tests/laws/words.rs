//! Whatever is read is printed as it is known and read again as the same; nothing else is read.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use catalyst_domain::calendar::{Phase, TradingDate};
use catalyst_domain::fees::{CommissionPlan, FeeItem};
use catalyst_domain::index::IndexName;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::market::Timeframe;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::news::NewsKind;
use catalyst_domain::order::{ClientOrderId, CycleId, Leg, RunKind};
use catalyst_domain::price::Price;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_testkit::strategies::thousands;
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;

/// Each value prints as the one word that reads as it.
fn assert_words<T>(words: &[(T, &str)])
where
    T: FromStr + Display + PartialEq + Debug,
    T::Err: Debug,
{
    for (value, word) in words {
        assert_eq!(&value.to_string(), word);
        assert_eq!(&word.parse::<T>().unwrap(), value);
        assert!(
            format!("{word} ").parse::<T>().is_err(),
            "{word} and a blank"
        );
        assert!(
            format!("{word}s").parse::<T>().is_err(),
            "{word} and a letter"
        );
    }
}

#[test]
fn sides_kinds_currencies_plans_and_spans_have_one_word_each() {
    assert_words(&[(Side::Buy, "buy"), (Side::Sell, "sell")]);
    assert_words(&[
        (InstrumentKind::Equity, "equity"),
        (InstrumentKind::Etf, "etf"),
        (InstrumentKind::Reit, "reit"),
    ]);
    assert_words(&[
        (Currency::Hkd, "HKD"),
        (Currency::Usd, "USD"),
        (Currency::Aud, "AUD"),
        (Currency::Cnh, "CNH"),
    ]);
    assert_words(&[
        (CommissionPlan::None, "none"),
        (CommissionPlan::IbkrFixed, "ibkr-fixed"),
        (CommissionPlan::IbkrTiered, "ibkr-tiered"),
    ]);
    assert_words(&[
        (Timeframe::FiveMinutes, "5m"),
        (Timeframe::FifteenMinutes, "15m"),
        (Timeframe::Hour, "1h"),
        (Timeframe::Day, "1d"),
    ]);
    assert_words(&[
        (IndexName::Hsi, "HSI"),
        (IndexName::Hscei, "HSCEI"),
        (IndexName::Hstech, "HSTECH"),
    ]);
}

#[test]
fn every_phase_charge_and_kind_of_news_has_one_word() {
    let words = Phase::ALL.map(|phase| (phase, phase.as_str()));
    assert_words(&words);
    let words = FeeItem::ALL.map(|item| (item, item.as_str()));
    assert_words(&words);
    let words = NewsKind::ALL.map(|kind| (kind, kind.as_str()));
    assert_words(&words);
}

#[test]
fn a_name_keeps_its_column_when_it_is_printed_wide() {
    assert_eq!(format!("{:>12}|", FeeItem::SfcLevy), "    sfc_levy|");
    assert_eq!(
        format!("{:<12}|", CommissionPlan::IbkrFixed),
        "ibkr-fixed  |"
    );
    assert_eq!(
        format!("{:<8}|", "700".parse::<Symbol>().unwrap()),
        "00700   |"
    );
}

#[test]
fn a_date_is_four_two_and_two_digits_and_nothing_else() {
    for text in [
        "-001-01-01",
        "2026-1-001",
        "20260-1-01",
        "2026-11-31",
        "2026/11/24",
        "2026-11-24 ",
        "2026-11-2",
    ] {
        assert!(text.parse::<TradingDate>().is_err(), "{text:?}");
    }
}

fn cycles() -> impl Strategy<Value = CycleId> {
    let kinds = select(vec![RunKind::Cycle, RunKind::Guard]);
    (kinds, 0_u64..=4_747, 0_i64..24 * 60, any::<u16>()).prop_map(
        |(kind, days, minute, attempt)| {
            let first = NaiveDate::from_ymd_opt(2015, 1, 1).unwrap();
            let date = TradingDate::new(first + Days::new(days));
            let slot = NaiveTime::MIN + TimeDelta::minutes(minute);
            CycleId::new(kind, date, slot, attempt)
        },
    )
}

/// Texts that some type reads.
fn sound_texts() -> impl Strategy<Value = String> {
    let words = Phase::ALL
        .map(Phase::as_str)
        .into_iter()
        .chain(FeeItem::ALL.map(FeeItem::as_str))
        .chain(NewsKind::ALL.map(NewsKind::as_str))
        .chain(["buy", "SELL", "long", "Short", "equity", "etf", "reit"])
        .chain(["HKD", "USD", "AUD", "CNH", "HSI", "hscei", "HSTECH"])
        .chain(["none", "ibkr-fixed", "ibkr-tiered", "5m", "15m", "1h", "1d"])
        .chain(["AAPL", "BRK.B", "brk.b", "HK.00700", "0700.HK"]);
    let words: Vec<_> = words.map(str::to_owned).collect();
    let legs = select(vec![Leg::Entry, Leg::Stop, Leg::Target, Leg::Exit]);
    let orders = (cycles(), any::<u16>(), legs);
    prop_oneof![
        4 => select(words),
        1 => "[0-9]{1,5}",
        1 => "0{0,3}[0-9]{1,7}(\\.[0-9]{1,8}0{0,3})?",
        1 => "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
        1 => cycles().prop_map(|cycle| cycle.to_string()),
        1 => orders.prop_map(|(cycle, number, leg)| {
            ClientOrderId::derive(cycle, number, leg).to_string()
        }),
    ]
}

/// Sound texts, texts with one letter gone or another in its place, and noise.
fn texts() -> impl Strategy<Value = String> {
    let edit = (0_usize..20, proptest::option::of("[0-9a-zA-Z._-]"));
    let edited = (sound_texts(), edit).prop_map(|(text, (at, letter))| {
        let mut letters: Vec<String> = text.chars().map(String::from).collect();
        let at = at % letters.len();
        letters.splice(at..=at, letter);
        letters.concat()
    });
    prop_oneof![2 => sound_texts(), 2 => edited, 1 => ".{0,20}"]
}

/// What `text` reads as, printed and read again.
fn reads_back<T: FromStr + Display + PartialEq>(text: &str) -> bool {
    text.parse::<T>().is_ok_and(|value| {
        value
            .to_string()
            .parse::<T>()
            .is_ok_and(|again| again == value)
    })
}

fn reads<T: FromStr>(text: &str) -> bool {
    text.parse::<T>().is_ok()
}

type Reading = (fn(&str) -> bool, fn(&str) -> bool);

/// Every type that reads a text: whether it does, and whether it reads its own print as the same.
const READINGS: [Reading; 14] = [
    (reads::<Symbol>, reads_back::<Symbol>),
    (reads::<Side>, reads_back::<Side>),
    (reads::<Price>, reads_back::<Price>),
    (reads::<Currency>, reads_back::<Currency>),
    (reads::<TradingDate>, reads_back::<TradingDate>),
    (reads::<CycleId>, reads_back::<CycleId>),
    (reads::<ClientOrderId>, reads_back::<ClientOrderId>),
    (reads::<Phase>, reads_back::<Phase>),
    (reads::<FeeItem>, reads_back::<FeeItem>),
    (reads::<CommissionPlan>, reads_back::<CommissionPlan>),
    (reads::<InstrumentKind>, reads_back::<InstrumentKind>),
    (reads::<Timeframe>, reads_back::<Timeframe>),
    (reads::<NewsKind>, reads_back::<NewsKind>),
    (reads::<IndexName>, reads_back::<IndexName>),
];

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn what_is_read_is_printed_as_something_that_reads_the_same(text in texts()) {
        for (number, (reads, reads_back)) in READINGS.iter().enumerate() {
            prop_assert_eq!(reads(&text), reads_back(&text), "type {}", number);
        }
    }

    #[test]
    fn a_letter_of_another_script_or_none_at_all_is_never_overlooked(
        text in texts(),
        at in 0_usize..20,
        strange in select(vec!['\u{200b}', '\u{feff}', '\u{ff17}', '\u{430}', '\u{0}', '\n', '\t', ' ']),
    ) {
        let mut letters: Vec<char> = text.chars().collect();
        letters.insert(at.min(letters.len()), strange);
        let spoiled: String = letters.into_iter().collect();

        for (number, (reads, _)) in READINGS.iter().enumerate() {
            prop_assert!(!reads(&spoiled), "type {} reads {:?}", number, spoiled);
        }
    }

    #[test]
    fn prices_dates_and_sums_are_read_as_they_are_printed(
        digits in 1_i64..=1_000_000_000_000_000,
        days in 0_u64..=4_747,
    ) {
        let price = Price::new(Decimal::new(digits, 8)).unwrap();
        let date = TradingDate::new(NaiveDate::from_ymd_opt(2015, 1, 1).unwrap() + Days::new(days));
        let sum = Money::new(Decimal::new(digits, 2), Currency::Hkd).unwrap();

        prop_assert_eq!(price.to_string().parse(), Ok(price));
        prop_assert_eq!(date.to_string().parse(), Ok(date));
        let printed = sum.to_string();
        let (amount, code) = printed.split_once(' ').unwrap();
        prop_assert_eq!(Money::parse(amount, code.parse().unwrap()), Ok(sum));
    }

    #[test]
    fn names_of_runs_and_orders_are_read_as_they_are_printed(
        cycle in cycles(),
        number in any::<u16>(),
        leg in select(vec![Leg::Entry, Leg::Stop, Leg::Target, Leg::Exit]),
    ) {
        let order = ClientOrderId::derive(cycle, number, leg);

        prop_assert_eq!(cycle.to_string().parse(), Ok(cycle));
        prop_assert_eq!(order.to_string().parse(), Ok(order));
    }

    #[test]
    fn a_code_has_one_spelling_however_it_is_written(code in 1_u32..=99_999) {
        let symbol: Symbol = format!("{code:05}").parse().unwrap();

        prop_assert_eq!(symbol.to_string(), format!("{code:05}"));
        prop_assert_eq!(symbol.without_zeros(), code.to_string());
        for spelling in [
            format!("{code}"),
            format!("{code:04}"),
            format!("HK.{code:05}"),
            format!("{code:04}.HK"),
            format!("{code}.hk"),
        ] {
            prop_assert_eq!(spelling.parse(), Ok(symbol));
        }
    }
}
