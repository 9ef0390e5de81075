//! Breach and refusal: one broken limit with its numbers, and the gate's "no".

use std::fmt;

use chrono::TimeDelta;
use rust_decimal::Decimal;

use crate::money::{Money, Rounding};
use crate::price::Price;
use crate::quantity::Shares;
use crate::ratio::BasisPoints;
use crate::risk::{LimitValue, Rule};
use crate::symbol::Symbol;

/// Rules whose limit is the least that is allowed.
const LEAST: [Rule; 4] = [
    Rule::RewardRisk,
    Rule::SessionEdge,
    Rule::CoolDown,
    Rule::StopMovedAway,
];
/// Rules with a bound on either side: what was found tells which of them it broke.
const TWO_SIDED: [Rule; 3] = [Rule::RsiRange, Rule::QuotationRange, Rule::StopDistance];
/// Rules that count what came before and leave room for one more.
const BEFORE_THIS_ONE: [Rule; 3] = [Rule::DailyTrades, Rule::EntriesPerSymbol, Rule::DayTrades];
/// Rules whose limit is a step.
const STEPS: [Rule; 2] = [Rule::BoardLot, Rule::Tick];

/// A number in a breach, with its unit.
///
/// ```
/// use catalyst_domain::ratio::BasisPoints;
/// use catalyst_domain::risk::Figure;
/// use chrono::TimeDelta;
/// assert_eq!(Figure::Share(BasisPoints::new(150)).to_string(), "1.5 %");
/// assert_eq!(Figure::Span(TimeDelta::minutes(30)).to_string(), "1800 s");
/// assert_eq!(Figure::Missing.to_string(), "not known");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// An amount of money.
    Money(Money),
    /// A price per share.
    Price(Price),
    /// Single shares.
    Shares(Shares),
    /// A plain count.
    Count(u64),
    /// A share of something.
    Share(BasisPoints),
    /// A plain number such as a ratio.
    Number(Decimal),
    /// A span of time.
    Span(TimeDelta),
    /// A symbol.
    Symbol(Symbol),
    /// A word, where the limit is not a number.
    Word(&'static str),
    /// A setting by its name, and a value of it.
    Setting(&'static str, LimitValue),
    /// What the rule needed and nobody knew.
    Missing,
}

impl Figure {
    /// A plain number or a price, which compare.
    fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Price(price) => Some(price.value()),
            Self::Money(_)
            | Self::Shares(_)
            | Self::Count(_)
            | Self::Share(_)
            | Self::Span(_)
            | Self::Symbol(_)
            | Self::Word(_)
            | Self::Setting(..)
            | Self::Missing => None,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(money) => money.fmt(f),
            Self::Price(price) => price.fmt(f),
            Self::Shares(shares) => write!(f, "{shares} shares"),
            Self::Count(count) => count.fmt(f),
            Self::Share(share) => share.fmt(f),
            Self::Number(number) => Rounding::HalfUp.settle(*number, 4).normalize().fmt(f),
            Self::Span(span) => write!(f, "{} s", span.num_seconds()),
            Self::Symbol(symbol) => symbol.fmt(f),
            Self::Word(word) => f.write_str(word),
            Self::Setting(name, value) => write!(f, "{name} {value}"),
            Self::Missing => f.write_str("not known"),
        }
    }
}

/// One broken limit. A number in its text is the most that is allowed unless the text says otherwise.
///
/// ```
/// use catalyst_domain::risk::{Breach, Figure, Rule};
/// let breach = Breach::new(Rule::MaxPositions, Figure::Count(5), Figure::Count(6));
/// assert_eq!(breach.to_string(), "max_positions: 5 allowed, 6 found");
/// let low = Breach::new(Rule::RewardRisk, Figure::Count(2), Figure::Count(1));
/// assert_eq!(low.to_string(), "reward_risk: at least 2 allowed, 1 found");
/// let unjudged = Breach::missing(Rule::Cash, "the account's cash");
/// assert_eq!(unjudged.found, Figure::Missing);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breach {
    /// Which rule.
    pub rule: Rule,
    /// What it allows.
    pub limit: Figure,
    /// What it found.
    pub found: Figure,
}

impl Breach {
    /// A broken limit.
    pub const fn new(rule: Rule, limit: Figure, found: Figure) -> Self {
        Self { rule, limit, found }
    }

    /// A rule that could not be judged because what it needs is not known.
    pub const fn missing(rule: Rule, needed: &'static str) -> Self {
        Self {
            rule,
            limit: Figure::Word(needed),
            found: Figure::Missing,
        }
    }

    /// The words before the limit, where a bare number would not be the most that is allowed.
    fn direction(&self) -> &'static str {
        if matches!(self.limit, Figure::Word(_) | Figure::Missing) {
            return "";
        }
        let is = |rules: &[Rule]| rules.contains(&self.rule);
        let too_little = match (self.limit.number(), self.found.number()) {
            (Some(limit), Some(found)) => found < limit,
            (Some(_) | None, Some(_) | None) => self.found == Figure::Missing,
        };
        if is(&[Rule::RelativeVolume]) {
            "above "
        } else if is(&LEAST) || (is(&TWO_SIDED) && too_little) {
            "at least "
        } else if is(&TWO_SIDED) {
            "at most "
        } else if is(&BEFORE_THIS_ONE) {
            "fewer than "
        } else if is(&STEPS) {
            "whole multiples of "
        } else {
            ""
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}{} allowed, {} found",
            self.rule,
            self.direction(),
            self.limit,
            self.found
        )
    }
}

/// The gate's "no": at least one breach, in the order of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    first: Breach,
    rest: Vec<Breach>,
}

impl Refusal {
    /// A refusal over `breaches`; `None` when there are none.
    ///
    /// ```
    /// use catalyst_domain::risk::{Breach, Figure, Refusal, Rule};
    /// let size = Breach::new(Rule::BoardLot, Figure::Count(100), Figure::Count(150));
    /// let cash = Breach::missing(Rule::Cash, "the account's cash");
    /// let refusal = Refusal::over(&[size, cash]).map(|refusal| refusal.to_string());
    /// assert_eq!(
    ///     refusal.as_deref(),
    ///     Some("board_lot: whole multiples of 100 allowed, 150 found; cash: the account's cash allowed, not known found")
    /// );
    /// assert_eq!(Refusal::over(&[]), None);
    /// ```
    pub fn over(breaches: &[Breach]) -> Option<Self> {
        let (first, rest) = breaches.split_first()?;
        Some(Self {
            first: *first,
            rest: rest.to_vec(),
        })
    }

    /// A refusal over one breach.
    pub const fn single(breach: Breach) -> Self {
        Self {
            first: breach,
            rest: Vec::new(),
        }
    }

    /// All breaches.
    pub fn breaches(&self) -> impl Iterator<Item = &Breach> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        self.rest
            .iter()
            .try_for_each(|breach| write!(f, "; {breach}"))
    }
}
