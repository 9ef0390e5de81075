//! Execution book: all executions the broker told, each counted once, in whatever order and however
//! often they were told.

use std::collections::{BTreeMap, BTreeSet};

use crate::order::{Execution, ExecutionId, FeesAre, Fill};

/// What a telling added to the book.
///
/// Shown at [`ExecutionBook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kept {
    /// An execution under a name that was not there.
    New,
    /// Other fees of a known one, or the same fees from a better source.
    FeesChanged,
    /// Nothing.
    Known,
}

/// Executions by name. Of an execution and its corrections one counts: the one that nothing
/// replaces, and where several are left, that of the last name.
///
/// A purchase is told twice, its fees come late, and the broker corrects its price:
///
/// ```
/// use catalyst_domain::account::{ExecutionBook, Kept};
/// use catalyst_domain::money::{Currency, Money};
/// use catalyst_domain::order::{Execution, ExecutionId, FeesAre, Fill};
/// use catalyst_domain::{quantity::Shares, side::Side};
/// let fill = Fill {
///     execution: ExecutionId::new("0001.01"),
///     order: "20260914-1000.1-01e".parse()?,
///     symbol: "700".parse()?,
///     side: Side::Buy,
///     shares: Shares::new(200)?,
///     price: "500".parse()?,
///     fees: Money::parse("82", Currency::Hkd)?,
///     at: "2026-09-14T02:00:00Z".parse()?,
/// };
/// let told = Execution { fill, fees: FeesAre::Estimated, replaces: None };
/// let mut book = ExecutionBook::empty();
/// assert_eq!(book.keep(told.clone()), Kept::New);
/// assert_eq!(book.keep(told.clone()), Kept::Known);
/// assert!(!book.are_fees_reported());
/// let reported = Execution { fees: FeesAre::Reported, ..told.clone() };
/// assert_eq!(book.keep(reported.clone()), Kept::FeesChanged);
/// assert!(book.are_fees_reported());
///
/// let mut correction = reported;
/// correction.replaces = Some(told.fill.execution.clone());
/// correction.fill.execution = ExecutionId::new("0001.02");
/// correction.fill.price = "499.8".parse()?;
/// assert_eq!(book.keep(correction.clone()), Kept::New);
/// assert_eq!(book.fills(), [correction.fill]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecutionBook {
    told: BTreeMap<ExecutionId, Execution>,
}

impl ExecutionBook {
    /// Nothing told yet.
    pub const fn empty() -> Self {
        Self {
            told: BTreeMap::new(),
        }
    }

    /// Takes one telling in. Of a known name only the fees can change, by the rule of
    /// [`Execution::with_fees`]; all else is as it was first told, because a broker corrects under
    /// another name.
    pub fn keep(&mut self, told: Execution) -> Kept {
        let Some(known) = self.told.get_mut(&told.fill.execution) else {
            self.told.insert(told.fill.execution.clone(), told);
            return Kept::New;
        };
        let settled = known.clone().with_fees(told.fill.fees, told.fees);
        if settled == *known {
            return Kept::Known;
        }
        *known = settled;
        Kept::FeesChanged
    }

    /// The fills that count, by moment and then by name; what was corrected to no shares is none.
    pub fn fills(&self) -> Vec<Fill> {
        let mut fills: Vec<Fill> = self.counting().map(|one| one.fill.clone()).collect();
        fills.sort_by(|one, other| (one.at, &one.execution).cmp(&(other.at, &other.execution)));
        fills
    }

    /// True when the fees of all fills that count are the broker's own figures.
    pub fn are_fees_reported(&self) -> bool {
        self.counting().all(|one| one.fees == FeesAre::Reported)
    }

    /// One of each family of corrections; the last name comes last and stays.
    fn counting(&self) -> impl Iterator<Item = &Execution> {
        let replaced: BTreeSet<&ExecutionId> = self
            .told
            .values()
            .filter_map(|told| told.replaces.as_ref())
            .collect();
        let mut by_origin: BTreeMap<&ExecutionId, &Execution> = BTreeMap::new();
        for (name, told) in &self.told {
            if !replaced.contains(name) {
                by_origin.insert(self.origin(name), told);
            }
        }
        by_origin
            .into_values()
            .filter(|told| !told.fill.shares.is_zero())
    }

    /// The first execution of a chain of corrections, told or only named. A circle, which no broker
    /// means, has its first name for an origin, so that two corrections of it stay one execution.
    fn origin<'a>(&'a self, name: &'a ExecutionId) -> &'a ExecutionId {
        let mut chain = vec![name];
        let mut at = name;
        while let Some(before) = self.told.get(at).and_then(|told| told.replaces.as_ref()) {
            if let Some(start) = chain.iter().position(|seen| *seen == before) {
                let circle = chain.iter().skip(start).copied();
                return circle.min().unwrap_or(before);
            }
            chain.push(before);
            at = before;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Currency, Money};
    use crate::quantity::Shares;
    use crate::side::Side;

    fn an_execution(name: &str, replaces: Option<&str>) -> Execution {
        let fill = Fill {
            execution: ExecutionId::new(name),
            order: "20260914-1000.1-01e".parse().unwrap(),
            symbol: "700".parse().unwrap(),
            side: Side::Buy,
            shares: Shares::new(200).unwrap(),
            price: "500".parse().unwrap(),
            fees: Money::parse("80", Currency::Hkd).unwrap(),
            at: "2026-09-14T02:00:00Z".parse().unwrap(),
        };
        Execution {
            fill,
            fees: FeesAre::Reported,
            replaces: replaces.map(ExecutionId::new),
        }
    }

    fn counted(told: &[(&str, Option<&str>)]) -> Vec<String> {
        let mut book = ExecutionBook::empty();
        for (name, replaces) in told {
            book.keep(an_execution(name, *replaces));
        }
        let names = book.fills().into_iter();
        names.map(|fill| fill.execution.to_string()).collect()
    }

    #[test]
    fn the_end_of_a_chain_of_corrections_counts_whichever_link_is_told_first() {
        let (first, second, third) = (("1", None), ("2", Some("1")), ("3", Some("2")));

        assert_eq!(counted(&[first, second, third]), ["3"]);
        assert_eq!(counted(&[third, second, first]), ["3"]);
        assert_eq!(counted(&[second, first]), ["2"]);
    }

    #[test]
    fn two_corrections_of_one_execution_are_one_and_the_last_name_counts() {
        let (first, one, other) = (("1", None), ("2", Some("1")), ("3", Some("1")));

        assert_eq!(counted(&[first, other, one]), ["3"]);
        assert_eq!(counted(&[one, other]), ["3"]);
        assert_eq!(counted(&[first, one, other, ("4", Some("2"))]), ["4"]);
    }

    #[test]
    fn a_circle_of_corrections_is_at_most_one_execution() {
        let (one, other) = (("1", Some("2")), ("2", Some("1")));

        assert_eq!(counted(&[one, other]), Vec::<String>::new());
        assert_eq!(
            counted(&[one, other, ("3", Some("1")), ("4", Some("2"))]),
            ["4"]
        );
        assert_eq!(counted(&[("1", Some("1")), ("5", None)]), ["5"]);
    }

    #[test]
    fn what_is_corrected_to_no_shares_did_not_happen() {
        let mut taken_back = an_execution("2", Some("1"));
        taken_back.fill.shares = Shares::ZERO;
        taken_back.fees = FeesAre::Estimated;
        let mut book = ExecutionBook::empty();

        book.keep(an_execution("1", None));
        book.keep(taken_back);

        assert_eq!(book.fills(), []);
        assert!(book.are_fees_reported());
    }

    #[test]
    fn of_two_reported_fees_the_later_counts_and_of_two_estimates_the_higher() {
        let with = |fees: &str, are| {
            let mut told = an_execution("1", None);
            told.fill.fees = Money::parse(fees, Currency::Hkd).unwrap();
            told.fees = are;
            told
        };
        let mut book = ExecutionBook::empty();

        let kept = [
            with("80", FeesAre::Estimated),
            with("79", FeesAre::Estimated),
            with("81", FeesAre::Estimated),
            with("70", FeesAre::Reported),
            with("99", FeesAre::Estimated),
            with("60", FeesAre::Reported),
        ]
        .map(|told| book.keep(told));

        let (new, changed, known) = (Kept::New, Kept::FeesChanged, Kept::Known);
        assert_eq!(kept, [new, known, changed, changed, known, changed]);
        assert_eq!(
            book.fills()[0].fees,
            Money::parse("60", Currency::Hkd).unwrap()
        );
    }
}
