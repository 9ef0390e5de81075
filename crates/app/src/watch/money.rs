//! Whether there is money to ask the model.

use catalyst_domain::budget::{Budget, Span};
use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::money::MoneyError;
use catalyst_domain::pace::{MonthPace, Outlook};
use catalyst_ports::journal::Spending;
use rust_decimal::Decimal;

use super::{WatchAlarm, WatchPolicy};

/// An alarm when a cap of `budget` is reached by `spending`, which is that of `today`, or the month's will
/// be within the days of `policy`. Where the calendar does not know the month there is no pace, and only
/// caps that are reached are told.
pub fn money_short(
    spending: &Spending,
    budget: &Budget,
    policy: WatchPolicy,
    calendar: &TradingCalendar,
    today: TradingDate,
) -> Result<Option<WatchAlarm>, MoneyError> {
    let caps = [
        (Span::Month, spending.month, budget.most.month),
        (Span::Day, spending.day, budget.most.day),
    ];
    for (span, spent, cap) in caps {
        if cap.minus(spent)?.amount() <= Decimal::ZERO {
            return Ok(Some(WatchAlarm::MoneyShort {
                span,
                spent,
                cap,
                days: 0,
            }));
        }
    }
    let Ok(pace) = MonthPace::of(spending.month, calendar, today) else {
        return Ok(None);
    };
    let days = match pace.outlook(budget.most.month)? {
        Outlook::Lasts => return Ok(None),
        Outlook::Reached => 0,
        Outlook::ShortWithin { days } => days,
    };
    Ok(
        (days <= policy.money_days).then_some(WatchAlarm::MoneyShort {
            span: Span::Month,
            spent: spending.month,
            cap: budget.most.month,
            days,
        }),
    )
}

#[cfg(test)]
mod tests {
    use catalyst_domain::budget::{Budget, BySpan};
    use catalyst_domain::calendar::TradingCalendar;
    use catalyst_ports::journal::Spending;
    use catalyst_testkit::builders::usd;
    use chrono::TimeDelta;

    use super::{WatchAlarm, WatchPolicy, money_short};

    const POLICY: WatchPolicy = WatchPolicy {
        grace: TimeDelta::minutes(10),
        idle_sessions: 2,
        money_days: 3,
    };

    /// With 1.50 for a day and 25 for a month, what is said after this was spent.
    fn alarm(day: &str, month: &str, today: &str) -> Option<WatchAlarm> {
        let spending = Spending {
            day: usd(day),
            month: usd(month),
            ..Spending::nothing()
        };
        let most = BySpan {
            cycle: usd("0.50"),
            day: usd("1.50"),
            month: usd("25"),
        };
        let calendar = TradingCalendar::hkex().unwrap();
        let today = today.parse().unwrap();
        money_short(&spending, &Budget { most }, POLICY, &calendar, today).unwrap()
    }

    fn words(day: &str, month: &str, today: &str) -> String {
        alarm(day, month, today).unwrap().to_string()
    }

    #[test]
    fn a_cap_that_is_reached_is_told_the_month_before_the_day() {
        assert_eq!(
            words("1.50", "8", "2026-11-10"),
            "1.50 USD of 1.50 USD for the day is spent, no question is asked any more"
        );
        assert_eq!(
            words("1.60", "25.01", "2026-11-10"),
            "25.01 USD of 25.00 USD for the month is spent, no question is asked any more"
        );
        assert_eq!(alarm("1.49", "8", "2026-11-10"), None);
    }

    #[test]
    fn a_month_that_runs_out_within_the_days_is_told_and_one_that_lasts_longer_is_not() {
        // Sixteen trading days of November 2026 have begun on the twenty-third, five are left.
        assert_eq!(
            words("0", "21.06", "2026-11-23"),
            "21.06 USD of 25.00 USD for the month is spent, at this pace it is used up in 3 trading days"
        );
        assert_eq!(alarm("0", "21.05", "2026-11-23"), None);
    }

    #[test]
    fn what_would_run_out_after_the_month_is_over_is_no_alarm() {
        assert_eq!(alarm("0", "24.9", "2026-11-30"), None);
        assert!(alarm("0", "24.9", "2026-11-27").is_some());
    }

    #[test]
    fn a_month_without_a_question_has_no_pace() {
        assert_eq!(alarm("0", "0", "2026-11-10"), None);
        assert_eq!(alarm("0", "1", "2026-11-01"), None);
    }
}
