//! Budget: what asking a model may cost, and whether one more question fits.

use std::fmt;

use thiserror::Error;

use crate::money::{Money, MoneyError};

/// The stretch of time that an amount is about. Days and months are those of the exchange.
///
/// Shown at [`Budget`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Span {
    /// One run.
    Cycle,
    /// One exchange day.
    Day,
    /// One calendar month.
    Month,
}

impl Span {
    /// All three, the shortest first.
    pub const ALL: [Self; 3] = [Self::Cycle, Self::Day, Self::Month];

    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cycle => "cycle",
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One amount for each span.
///
/// Shown at [`Budget`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BySpan {
    /// Of the cycle.
    pub cycle: Money,
    /// Of the day, this cycle counted.
    pub day: Money,
    /// Of the month, this day counted.
    pub month: Money,
}

impl BySpan {
    /// The amount of `span`.
    pub const fn of(&self, span: Span) -> Money {
        match span {
            Span::Cycle => self.cycle,
            Span::Day => self.day,
            Span::Month => self.month,
        }
    }

    /// The same with `cost` more in each.
    pub fn plus(self, cost: Money) -> Result<Self, MoneyError> {
        Ok(Self {
            cycle: self.cycle.plus(cost)?,
            day: self.day.plus(cost)?,
            month: self.month.plus(cost)?,
        })
    }
}

/// The most that asking may cost in each span.
///
/// ```
/// use catalyst_domain::budget::{Budget, BySpan};
/// use catalyst_domain::money::{Currency, Money};
/// let usd = |text| Money::parse(text, Currency::Usd);
/// let budget = Budget {
///     most: BySpan { cycle: usd("0.50")?, day: usd("1.50")?, month: usd("25")? },
/// };
/// let spent = BySpan { cycle: usd("0.10")?, day: usd("1.41")?, month: usd("9")? };
/// assert_eq!(budget.room_for(usd("0.09")?, spent), Ok(()));
/// assert_eq!(
///     budget.room_for(usd("0.10")?, spent).unwrap_err().to_string(),
///     "of 1.50 USD for the day 1.41 USD is spent, the next question may cost 0.10 USD"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// The caps, each above zero.
    pub most: BySpan,
}

/// Why one more question is not asked.
///
/// Shown at [`Budget`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoRoom {
    /// It may break a cap.
    #[error("of {cap} for the {span} {spent} is spent, the next question may cost {reserve}")]
    Over {
        /// Which cap.
        span: Span,
        /// What may be spent.
        cap: Money,
        /// What is.
        spent: Money,
        /// The most that the question may cost.
        reserve: Money,
    },
    /// The amounts do not add up to one.
    #[error("the costs do not add: the amounts are beyond all bounds or of two currencies")]
    Unaddable,
}

impl Budget {
    /// Whether a question that costs at most `reserve` fits into every cap after what is `spent`; else
    /// the first cap that it may break. What exactly fills a cap fits.
    pub fn room_for(&self, reserve: Money, spent: BySpan) -> Result<(), NoRoom> {
        let left = self.left(spent).map_err(|_unaddable| NoRoom::Unaddable)?;
        for span in Span::ALL {
            let rest = left.of(span).minus(reserve);
            if rest.map_err(|_unaddable| NoRoom::Unaddable)?.is_negative() {
                return Err(NoRoom::Over {
                    span,
                    cap: self.most.of(span),
                    spent: spent.of(span),
                    reserve,
                });
            }
        }
        Ok(())
    }

    /// What is left of each cap after what is `spent`; negative where it is broken.
    pub fn left(&self, spent: BySpan) -> Result<BySpan, MoneyError> {
        Ok(BySpan {
            cycle: self.most.cycle.minus(spent.cycle)?,
            day: self.most.day.minus(spent.day)?,
            month: self.most.month.minus(spent.month)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, BySpan, NoRoom, Span};
    use crate::money::{Currency, Money};

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::Usd).unwrap()
    }

    fn by_span(cycle: &str, day: &str, month: &str) -> BySpan {
        BySpan {
            cycle: usd(cycle),
            day: usd(day),
            month: usd(month),
        }
    }

    fn budget() -> Budget {
        Budget {
            most: by_span("0.50", "1.50", "25"),
        }
    }

    #[test]
    fn what_exactly_fills_a_cap_fits_and_a_millionth_more_does_not() {
        for (spent, fits) in [
            (by_span("0.40", "0.40", "0.40"), "0.10"),
            (by_span("0", "1.30", "1.30"), "0.20"),
            (by_span("0", "0", "24.95"), "0.05"),
        ] {
            assert_eq!(budget().room_for(usd(fits), spent), Ok(()));
            let more = usd(fits).plus(usd("0.000001")).unwrap();
            assert!(budget().room_for(more, spent).is_err(), "{spent:?}");
        }
    }

    #[test]
    fn the_broken_cap_is_named_the_shortest_first() {
        let named = |spent| match budget().room_for(usd("0.10"), spent) {
            Err(NoRoom::Over { span, .. }) => Some(span),
            Err(NoRoom::Unaddable) | Ok(()) => None,
        };

        assert_eq!(named(by_span("0.41", "1.41", "24.91")), Some(Span::Cycle));
        assert_eq!(named(by_span("0.1", "1.41", "24.91")), Some(Span::Day));
        assert_eq!(named(by_span("0.1", "0.1", "24.91")), Some(Span::Month));
    }

    #[test]
    fn another_currency_never_fits() {
        let hkd = Money::parse("0.01", Currency::Hkd).unwrap();

        let refused = budget().room_for(hkd, by_span("0", "0", "0"));

        assert_eq!(refused, Err(NoRoom::Unaddable));
    }
}
