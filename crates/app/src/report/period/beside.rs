//! What the market did on the same days.

use std::collections::BTreeMap;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::market::Bar;
use rust_decimal::Decimal;

use super::bars::DayBars;

/// One day of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexDay {
    /// First value.
    pub open: Decimal,
    /// Last value.
    pub close: Decimal,
}

/// The market beside the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// What is compared with, for a person.
    pub name: String,
    /// Its change over the days, as a fraction.
    pub change: Decimal,
    /// Days that the change is made of.
    pub days: usize,
}

/// The index from before the days to their end; without one, equal parts of every name that has bars,
/// bought each morning and sold each evening.
pub(super) fn beside(
    bars: &DayBars,
    index: Option<(String, BTreeMap<TradingDate, IndexDay>)>,
    (from, to): (TradingDate, TradingDate),
) -> Option<Beside> {
    match index {
        Some((name, days)) => of_index(name, &days, from, to),
        None => of_names(bars, from, to),
    }
}

fn of_index(
    name: String,
    days: &BTreeMap<TradingDate, IndexDay>,
    from: TradingDate,
    to: TradingDate,
) -> Option<Beside> {
    let (_, first) = days.range(from..=to).next()?;
    let (_, last) = days.range(from..=to).next_back()?;
    let before = days.range(..from).next_back();
    let base = before.map_or(first.open, |(_, day)| day.close);
    Some(Beside {
        name,
        change: last.close.checked_div(base)? - Decimal::ONE,
        days: days.range(from..=to).count(),
    })
}

fn of_names(bars: &DayBars, from: TradingDate, to: TradingDate) -> Option<Beside> {
    let mut worth = Decimal::ONE;
    let mut names = std::collections::BTreeSet::new();
    let mut count = 0;
    for (_, day) in bars.0.range(from..=to) {
        let changes: Vec<Decimal> = day.values().filter_map(|bars| change_of(bars)).collect();
        let mean = changes
            .iter()
            .sum::<Decimal>()
            .checked_div(Decimal::from(changes.len()));
        if let Some(mean) = mean {
            worth = worth.checked_mul(Decimal::ONE + mean)?.round_dp(12);
            names.extend(day.keys().copied());
            count += 1;
        }
    }
    (count > 0).then(|| Beside {
        name: match names.len() {
            1 => "the one name with bars".to_owned(),
            many => format!("equal parts of the {many} names with bars"),
        },
        change: worth - Decimal::ONE,
        days: count,
    })
}

fn change_of(bars: &[Bar]) -> Option<Decimal> {
    let mut traded = bars.iter().filter(|bar| !bar.volume().is_zero());
    let first = traded.next()?;
    let last = traded.next_back().unwrap_or(first);
    let change = last.close().value().checked_div(first.open().value())?;
    Some(change - Decimal::ONE)
}
