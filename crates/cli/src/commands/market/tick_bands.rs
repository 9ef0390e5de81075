//! The tick table of one date as its reader knows it: bands of prices with one tick each.

use catalyst_domain::tick::{LimitPrice, TickGrid};
use rust_decimal::Decimal;
use serde::Serialize;

/// All legal prices of one kind of instrument on one date.
#[derive(Debug, Serialize)]
pub(crate) struct LegalPrices {
    bands: Vec<Band>,
    lowest: String,
    highest: String,
}

/// Prices over one edge and up to the next. An edge is legal in both its bands.
#[derive(Debug, Serialize)]
struct Band {
    /// 0 for the first band, which begins at the lowest price.
    over: Decimal,
    up_to: Decimal,
    tick: Decimal,
}

/// Finds the bands by their edges, at which the way to the next legal price changes.
pub(super) fn bands_of(grid: TickGrid<'_>) -> LegalPrices {
    let mut bands = Vec::new();
    let mut over = Decimal::ZERO;
    let mut from = grid.lowest();
    while let Some(next) = grid.up(from) {
        let tick = (next.value() - from.value()).normalize();
        let up_to = last_in_band(grid, from, tick);
        bands.push(Band {
            over,
            up_to: up_to.value(),
            tick,
        });
        over = up_to.value();
        from = up_to;
    }
    LegalPrices {
        bands,
        lowest: grid.lowest().to_string(),
        highest: grid.highest().to_string(),
    }
}

/// The last legal price that whole ticks lead to from `from` without leaving one out: halved in on
/// between one that does and one that does not.
fn last_in_band(grid: TickGrid<'_>, from: LimitPrice, tick: Decimal) -> LimitPrice {
    let mut last = from;
    let (mut inside, mut outside) = (0, i32::MAX);
    while outside - inside > 1 {
        let steps = inside + (outside - inside) / 2;
        let reached = grid.step(from.price(), steps);
        let in_band = reached.filter(|to| to.value() - from.value() == tick * Decimal::from(steps));
        match in_band {
            Some(price) => (last, inside) = (price, steps),
            None => outside = steps,
        }
    }
    last
}
