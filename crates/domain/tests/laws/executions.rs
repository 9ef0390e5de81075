//! Executions told in any order, however often, with fees that come late and corrections under other
//! names, are the fills of the clean list.

use catalyst_domain::account::{ExecutionBook, Holdings, Kept};
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{Execution, ExecutionId, FeesAre, Fill};
use catalyst_domain::quantity::Shares;
use catalyst_testkit::strategies::{any_purchase, thousands};
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, proptest};
use rust_decimal::Decimal;

/// A day's executions: what counts in the end, and all that is told about it.
#[derive(Debug, Clone)]
struct Told {
    clean: Vec<Fill>,
    all_reported: bool,
    tellings: Vec<Execution>,
}

/// How one execution is told: how many corrections follow it, whether each names the one before it
/// or the first, whether fees are reported, and whether all is taken back at the end.
type Manner = (u32, bool, bool, bool);

fn told_as(number: usize, bought: &Fill, manner: Manner) -> (Option<Fill>, Vec<Execution>) {
    let (corrections, names_first, is_reported, is_taken_back) = manner;
    let name = |link: u32| ExecutionId::new(format!("{number}.{link}"));
    let mut tellings = Vec::new();
    let mut last = bought.clone();
    for link in 0..=corrections {
        let before = if names_first {
            0
        } else {
            link.saturating_sub(1)
        };
        last.execution = name(link);
        last.fees = cents(link + 10);
        last.shares = Shares::new(bought.shares.count() + u64::from(link)).unwrap();
        if is_taken_back && link == corrections && link > 0 {
            last.shares = Shares::ZERO;
        }
        let reported = Execution {
            fill: last.clone(),
            fees: FeesAre::Reported,
            replaces: (link > 0).then(|| name(before)),
        };
        let mut estimated = reported.clone();
        estimated.fees = FeesAre::Estimated;
        estimated.fill.fees = cents(link + 90);
        if is_reported {
            tellings.push(reported);
        } else {
            last.fees = estimated.fill.fees;
        }
        tellings.push(estimated);
    }
    ((!last.shares.is_zero()).then_some(last), tellings)
}

fn cents(count: u32) -> Money {
    Money::new(Decimal::new(i64::from(count), 2), Currency::Hkd).unwrap()
}

fn told() -> impl Strategy<Value = Told> {
    let manner = (0_u32..4, any::<bool>(), any::<bool>(), any::<bool>());
    let one = (any_purchase(0), manner, 0_usize..3);
    proptest::collection::vec(one, 0..6)
        .prop_map(|drawn| {
            let mut told = Told {
                clean: Vec::new(),
                all_reported: true,
                tellings: Vec::new(),
            };
            for (number, (fill, manner, again)) in drawn.into_iter().enumerate() {
                let (last, tellings) = told_as(number, &fill, manner);
                told.all_reported &= manner.2 || last.is_none();
                told.clean.extend(last);
                let again = tellings.iter().cycle().take(again).cloned();
                told.tellings.extend(again.collect::<Vec<_>>());
                told.tellings.extend(tellings);
            }
            let place = |fill: &Fill| (fill.at, fill.execution.clone());
            told.clean.sort_by_key(place);
            told
        })
        .prop_flat_map(|told| {
            (Just(told.clone()), Just(told.tellings).prop_shuffle())
                .prop_map(|(told, tellings)| Told { tellings, ..told })
        })
}

fn book(tellings: &[Execution]) -> ExecutionBook {
    let mut book = ExecutionBook::empty();
    for told in tellings {
        book.keep(told.clone());
    }
    book
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn however_executions_are_told_their_fills_and_holdings_are_those_of_the_clean_list(told in told()) {
        let book = book(&told.tellings);
        let fills = book.fills();

        prop_assert_eq!(&fills, &told.clean);
        prop_assert_eq!(book.are_fees_reported(), told.all_reported);
        prop_assert_eq!(
            Holdings::from_fills(Currency::Hkd, &fills),
            Holdings::from_fills(Currency::Hkd, &told.clean)
        );
    }

    #[test]
    fn what_was_told_before_adds_nothing_unless_its_fees_are_newer(told in told()) {
        let before = book(&told.tellings);
        let mut after = before.clone();

        for again in &told.tellings {
            prop_assert_eq!(after.keep(again.clone()), Kept::Known);
        }
        prop_assert_eq!(before, after);
    }

    #[test]
    fn a_later_report_changes_the_fees_and_nothing_else(told in told(), fees in 200_u32..300) {
        let mut book = book(&told.tellings);
        let before = book.fills();

        for one in &told.tellings {
            let mut later = one.clone();
            later.fees = FeesAre::Reported;
            later.fill.fees = cents(fees);
            prop_assert!(book.keep(later) != Kept::New);
        }
        let expected: Vec<Fill> = before
            .into_iter()
            .map(|fill| Fill { fees: cents(fees), ..fill })
            .collect();
        prop_assert_eq!(book.fills(), expected);
        prop_assert!(book.are_fees_reported());
    }
}
