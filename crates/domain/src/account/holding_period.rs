//! Holding periods of one symbol one after the other: each with its fills, from its first share to its last or to
//! now.

use chrono::{DateTime, Utc};

use crate::calendar::TradingCalendar;
use crate::order::{ClientOrderId, Fill};
use crate::quantity::Shares;
use crate::side::Side;
use crate::symbol::Symbol;

/// Shares that were gone, and nobody reported how.
///
/// Shown at [`holding_periods`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOff {
    /// When it was found.
    pub at: DateTime<Utc>,
    /// The shares that were left.
    pub to: Shares,
}

/// A symbol held without a break.
///
/// Shown at [`holding_periods`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldingPeriod {
    /// What.
    pub symbol: Symbol,
    /// The order of its first fill.
    pub order: ClientOrderId,
    /// Its fills in the order they happened; at least one.
    pub fills: Vec<Fill>,
    /// Shares held now.
    pub held: Shares,
    /// When its first share was bought.
    pub opened: DateTime<Utc>,
    /// When nothing was left; `None` while something is.
    pub over: Option<DateTime<Utc>>,
    /// Shares left it and nobody reported how.
    pub is_written_off: bool,
}

/// The holding periods that `fills` of one symbol, in the order they happened, and its write-offs made. What is
/// written off on a day was gone before the day began; a sale of what is not held makes none.
///
/// ```
/// use catalyst_domain::account::{WriteOff, holding_periods};
/// use catalyst_domain::calendar::TradingCalendar;
/// use catalyst_domain::money::{Currency, Money};
/// use catalyst_domain::order::{ExecutionId, Fill};
/// use catalyst_domain::{quantity::Shares, side::Side};
/// let bought = Fill {
///     execution: ExecutionId::new("0001"),
///     order: "20260914-1000.1-01e".parse()?,
///     symbol: "700".parse()?,
///     side: Side::Buy,
///     shares: Shares::new(200)?,
///     price: "500".parse()?,
///     fees: Money::zero(Currency::Hkd),
///     at: "2026-09-14T02:00:00Z".parse()?,
/// };
/// let missing = WriteOff { at: "2026-09-15T02:00:00Z".parse()?, to: Shares::ZERO };
/// let periods = holding_periods(vec![bought], vec![missing], &TradingCalendar::hkex()?);
/// assert_eq!(periods[0].over, Some(missing.at));
/// assert!(periods[0].is_written_off && periods[0].was_held_at(missing.at));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn holding_periods(
    fills: Vec<Fill>,
    written_off: Vec<WriteOff>,
    calendar: &TradingCalendar,
) -> Vec<HoldingPeriod> {
    let mut periods: Vec<HoldingPeriod> = Vec::new();
    let mut gone = written_off.into_iter().peekable();
    for fill in fills {
        let day = calendar.date_of(fill.at);
        while let Some(one) = gone.next_if(|one| calendar.date_of(one.at) <= day) {
            write_off(&mut periods, one);
        }
        match (periods.last_mut(), fill.side) {
            (Some(running), Side::Buy | Side::Sell) if running.over.is_none() => running.take(fill),
            (Some(_) | None, Side::Buy) => periods.push(HoldingPeriod::begun_by(fill)),
            (Some(_) | None, Side::Sell) => {}
        }
    }
    for one in gone {
        write_off(&mut periods, one);
    }
    periods
}

fn write_off(periods: &mut [HoldingPeriod], one: WriteOff) {
    if let Some(running) = periods.last_mut().filter(|last| last.over.is_none())
        && one.to < running.held
    {
        running.held = one.to;
        running.is_written_off = true;
        running.over = one.to.is_zero().then_some(one.at);
    }
}

impl HoldingPeriod {
    fn begun_by(fill: Fill) -> Self {
        Self {
            symbol: fill.symbol,
            order: fill.order,
            held: fill.shares,
            opened: fill.at,
            over: None,
            is_written_off: false,
            fills: vec![fill],
        }
    }

    fn take(&mut self, fill: Fill) {
        self.held = match fill.side {
            Side::Buy => self.held.plus(fill.shares),
            Side::Sell => self.held.minus(fill.shares).unwrap_or(Shares::ZERO),
        };
        self.over = self.held.is_zero().then_some(fill.at);
        self.fills.push(fill);
    }

    /// True when a fill of the family `id` is part of it.
    pub fn has(&self, id: ClientOrderId) -> bool {
        self.fills.iter().any(|fill| fill.order.is_family_of(id))
    }

    /// True when it was held at `moment`, its first and its last included.
    pub fn was_held_at(&self, moment: DateTime<Utc>) -> bool {
        self.opened <= moment && self.over.is_none_or(|over| moment <= over)
    }
}
