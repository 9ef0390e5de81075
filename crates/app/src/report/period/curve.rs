//! The account's equity as it was read, and how far it fell from its best.

use catalyst_domain::money::Money;
use catalyst_ports::journal::Reading;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// One reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurvePoint {
    /// When.
    pub at: DateTime<Utc>,
    /// Cash and positions at market.
    pub equity: Money,
    /// How far below the best reading before it, as a fraction of that, never negative.
    pub drawdown: Decimal,
}

/// The deepest fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawdown {
    /// Best reading less worst after it.
    pub amount: Money,
    /// The same as a fraction of the best.
    pub fraction: Decimal,
    /// When the best was read.
    pub peak_at: DateTime<Utc>,
    /// When the worst was.
    pub low_at: DateTime<Utc>,
}

/// Equity over the days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Curve {
    /// Every reading, oldest first.
    pub points: Vec<CurvePoint>,
    /// The deepest fall; `None` where equity never fell.
    pub deepest: Option<Drawdown>,
}

impl Curve {
    /// The first and the last equity; `None` without readings.
    pub fn ends(&self) -> Option<(Money, Money)> {
        let (first, last) = (self.points.first()?, self.points.last()?);
        Some((first.equity, last.equity))
    }
}

/// Readings in another currency than the first are left out.
pub(super) fn curve(readings: &[Reading]) -> Curve {
    let mut curve = Curve::default();
    let mut peak: Option<(Money, DateTime<Utc>)> = None;
    for Reading { at, equity, .. } in readings {
        let (best, peak_at) = *peak.get_or_insert((*equity, *at));
        let Ok(fall) = best.minus(*equity) else {
            continue;
        };
        if fall.amount() <= Decimal::ZERO {
            peak = Some((*equity, *at));
        }
        let fall_amount = fall.amount().max(Decimal::ZERO);
        let drawdown = fall_amount
            .checked_div(best.amount())
            .unwrap_or(Decimal::ZERO);
        curve.points.push(CurvePoint {
            at: *at,
            equity: *equity,
            drawdown,
        });
        let is_deeper = curve
            .deepest
            .is_none_or(|deepest| drawdown > deepest.fraction);
        if drawdown > Decimal::ZERO && is_deeper {
            curve.deepest = Some(Drawdown {
                amount: fall,
                fraction: drawdown,
                peak_at,
                low_at: *at,
            });
        }
    }
    curve
}
