//! Pace: what the month will cost by its end when it goes on as it began.

use rust_decimal::Decimal;

use crate::calendar::{TradingCalendar, TradingDate};
use crate::dated::NotCovered;
use crate::money::{Money, MoneyError};

/// What a month has cost so far, beside its trading days. Days without trading cost nothing.
///
/// ```
/// use catalyst_domain::calendar::TradingCalendar;
/// use catalyst_domain::money::{Currency, Money};
/// use catalyst_domain::pace::MonthPace;
/// let calendar = TradingCalendar::hkex()?;
/// let spent = Money::parse("3", Currency::Usd)?;
/// let pace = MonthPace::of(spent, &calendar, "2026-11-05".parse()?)?;
/// assert_eq!((pace.days_begun, pace.days_left), (4, 17));
/// assert_eq!(pace.month_end()?.map(|cost| cost.to_string()), Some("15.75 USD".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthPace {
    /// Spent in the month up to the day, the day counted.
    pub spent: Money,
    /// Trading days of the month up to the day, the day counted as a whole one.
    pub days_begun: u32,
    /// Trading days of the month after the day.
    pub days_left: u32,
}

/// Whether a cap outlasts its month.
///
/// ```
/// use catalyst_domain::money::{Currency, Money};
/// use catalyst_domain::pace::{MonthPace, Outlook};
/// let usd = |text| Money::parse(text, Currency::Usd);
/// let pace = MonthPace { spent: usd("4")?, days_begun: 4, days_left: 17 };
/// assert_eq!(pace.outlook(usd("5")?)?, Outlook::ShortWithin { days: 1 });
/// # Ok::<(), catalyst_domain::money::MoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// Nothing of it is left.
    Reached,
    /// At this pace it is used up within so many trading days, before the month is over.
    ShortWithin {
        /// Trading days after the day, at least one.
        days: u32,
    },
    /// It lasts to the end of the month, or nothing was spent that tells a pace.
    Lasts,
}

impl MonthPace {
    /// The pace of the month of `today`, in which `spent` was spent so far; refused where the calendar
    /// does not know the whole month.
    pub fn of(
        spent: Money,
        calendar: &TradingCalendar,
        today: TradingDate,
    ) -> Result<Self, NotCovered> {
        let (first, last) = today.month();
        let count = |dates: Vec<TradingDate>| u32::try_from(dates.len()).unwrap_or(u32::MAX);
        Ok(Self {
            spent,
            days_begun: count(calendar.trading_dates(first, today)?),
            days_left: if today == last {
                0
            } else {
                count(calendar.trading_dates(today.next(), last)?)
            },
        })
    }

    /// What the month will have cost at this pace; `None` before its first trading day.
    pub fn month_end(&self) -> Result<Option<Money>, MoneyError> {
        self.after(self.days_left)
    }

    /// What will have been spent `days` trading days from now; `None` where there is no pace.
    fn after(&self, days: u32) -> Result<Option<Money>, MoneyError> {
        if self.days_begun == 0 {
            return Ok(None);
        }
        let ahead = Decimal::from(days) / Decimal::from(self.days_begun);
        self.spent.plus(self.spent.times(ahead)?).map(Some)
    }

    /// How long `cap` lasts. What exactly reaches it uses it up.
    pub fn outlook(&self, cap: Money) -> Result<Outlook, MoneyError> {
        let holds = |spent: Money| cap.minus(spent).map(|left| left.amount() > Decimal::ZERO);
        if !holds(self.spent)? {
            return Ok(Outlook::Reached);
        }
        for days in 1..=self.days_left {
            if let Some(spent) = self.after(days)?
                && !holds(spent)?
            {
                return Ok(Outlook::ShortWithin { days });
            }
        }
        Ok(Outlook::Lasts)
    }
}

#[cfg(test)]
mod tests {
    use super::{MonthPace, Outlook};
    use crate::calendar::TradingCalendar;
    use crate::money::{Currency, Money};

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::Usd).unwrap()
    }

    fn pace(spent: &str, today: &str) -> MonthPace {
        let calendar = TradingCalendar::hkex().unwrap();
        MonthPace::of(usd(spent), &calendar, today.parse().unwrap()).unwrap()
    }

    fn month_end(spent: &str, today: &str) -> Option<String> {
        let cost = pace(spent, today).month_end().unwrap();
        cost.map(|cost| cost.amount().round_dp(2).normalize().to_string())
    }

    #[test]
    fn days_without_trading_cost_nothing() {
        // October 2026 begins with a holiday and has another one on the nineteenth.
        assert_eq!(month_end("0", "2026-10-01"), None);
        assert_eq!(month_end("1", "2026-10-02").as_deref(), Some("20"));
        assert_eq!(month_end("1", "2026-10-04").as_deref(), Some("20"));
        assert_eq!(month_end("2", "2026-10-05").as_deref(), Some("20"));
        assert_eq!(month_end("7.5", "2026-10-31").as_deref(), Some("7.5"));
    }

    #[test]
    fn a_cap_is_used_up_by_what_exactly_reaches_it() {
        // Four trading days begun in November 2026, seventeen left.
        let outlook = |spent, cap| pace(spent, "2026-11-05").outlook(usd(cap)).unwrap();

        assert_eq!(outlook("4", "4"), Outlook::Reached);
        assert_eq!(outlook("4", "5"), Outlook::ShortWithin { days: 1 });
        assert_eq!(outlook("4", "5.01"), Outlook::ShortWithin { days: 2 });
        assert_eq!(outlook("4", "21"), Outlook::ShortWithin { days: 17 });
        assert_eq!(outlook("4", "21.01"), Outlook::Lasts);
        assert_eq!(outlook("0", "0.01"), Outlook::Lasts);
    }

    #[test]
    fn the_last_day_of_a_month_has_no_day_after_it() {
        let last = pace("24", "2026-11-30");

        assert_eq!((last.days_begun, last.days_left), (21, 0));
        assert_eq!(last.outlook(usd("24.01")).unwrap(), Outlook::Lasts);
    }

    #[test]
    fn a_cap_in_another_currency_has_no_outlook() {
        let hkd = Money::parse("100", Currency::Hkd).unwrap();

        pace("1", "2026-11-05").outlook(hkd).unwrap_err();
    }
}
