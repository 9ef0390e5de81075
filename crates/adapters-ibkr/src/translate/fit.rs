//! Fit: a plan that leaves or guards what is held, at prices that table and gateway both call legal. A
//! disagreement about ticks may keep the agent from buying; it never keeps a position without exit or stop.

use catalyst_domain::order::{ExitPlan, ExitPrice, OrderPlan, ProtectPlan};
use catalyst_domain::tick::{LimitPrice, TickGrid};
use rust_decimal::Decimal;

use super::listing::Increment;

/// Ticks of the table that a price is moved at most; no two bands of one exchange are further apart.
const STEPS_MAX: u32 = 200;

/// Which way a price may move.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// A stop is never further away than was agreed.
    Up,
    /// A sale at a limit fills rather more than less.
    Down,
}

/// The same plan with each price moved to the next one that the gateway's `bands` take as well; a purchase
/// as it is. A price for which there is none stays, and the broker has the last word.
pub(crate) fn fitted(plan: &OrderPlan, bands: &[Increment], grid: TickGrid<'_>) -> OrderPlan {
    let fit = |price, way| fit(price, way, bands, grid).unwrap_or(price);
    match plan {
        OrderPlan::Bracket(_) => *plan,
        OrderPlan::Exit(plan) => OrderPlan::Exit(ExitPlan {
            price: match plan.price {
                ExitPrice::Limit(price) => ExitPrice::Limit(fit(price, Way::Down)),
                ExitPrice::Auction => ExitPrice::Auction,
            },
            ..*plan
        }),
        OrderPlan::Protect(plan) => OrderPlan::Protect(ProtectPlan {
            stop: fit(plan.stop, Way::Up),
            target: plan.target.map(|price| fit(price, Way::Down)),
            ..*plan
        }),
    }
}

fn fit(
    mut price: LimitPrice,
    way: Way,
    bands: &[Increment],
    grid: TickGrid<'_>,
) -> Option<LimitPrice> {
    for _ in 0..STEPS_MAX {
        let band = bands.iter().rev().find(|band| band.from <= price.value())?;
        if price.value().checked_rem(band.step) == Some(Decimal::ZERO) {
            return Some(price);
        }
        price = match way {
            Way::Up => grid.up(price),
            Way::Down => grid.down(price),
        }?;
    }
    None
}

#[cfg(test)]
mod tests {
    use catalyst_domain::instrument::InstrumentKind;
    use catalyst_domain::order::{ExitCause, ExitPlan, ExitPrice, OrderPlan, ProtectPlan};
    use catalyst_domain::quantity::Shares;
    use catalyst_domain::tick::TickTable;
    use ibapi::contracts::PriceIncrement;

    use super::{Increment, fitted};

    /// The prices of a pair at 300.2 and 330.4 and of an exit at 299.2, at a gateway with this tick.
    fn prices(tick: f64) -> [String; 3] {
        let ticks = TickTable::hkex().unwrap();
        let date = "2026-11-23".parse().unwrap();
        let grid = ticks.on(date, InstrumentKind::Equity).unwrap();
        let at = |price: &str| grid.exact(price.parse().unwrap()).unwrap();
        let row = PriceIncrement {
            low_edge: 0.0,
            increment: tick,
        };
        let bands = [Increment::of(&row).unwrap()];
        let (symbol, shares) = ("700".parse().unwrap(), Shares::new(100).unwrap());
        let pair = OrderPlan::Protect(ProtectPlan {
            symbol,
            shares,
            stop: at("300.2"),
            target: Some(at("330.4")),
        });
        let exit = OrderPlan::Exit(ExitPlan {
            symbol,
            shares,
            price: ExitPrice::Limit(at("299.2")),
            cause: ExitCause::EndOfDay,
        });
        let OrderPlan::Protect(pair) = fitted(&pair, &bands, grid) else {
            panic!("a pair stays a pair");
        };
        let OrderPlan::Exit(ExitPlan {
            price: ExitPrice::Limit(exit),
            ..
        }) = fitted(&exit, &bands, grid)
        else {
            panic!("an exit stays an exit");
        };
        [pair.stop, pair.target.unwrap(), exit].map(|price| price.value().normalize().to_string())
    }

    #[test]
    fn a_stop_comes_nearer_and_a_sale_goes_lower_until_the_gateway_takes_both() {
        assert_eq!(prices(0.2), ["300.2", "330.4", "299.2"]);
        assert_eq!(prices(0.05), ["300.2", "330.4", "299.2"]);
        assert_eq!(prices(0.5), ["301", "330", "299"]);
    }

    #[test]
    fn where_no_price_is_legal_for_both_the_plan_stays() {
        assert_eq!(prices(1_000_000.0), ["300.2", "330.4", "299.2"]);
    }
}
