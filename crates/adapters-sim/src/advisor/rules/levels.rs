//! Levels of a trade: entry a tick through the ask, stop under the pattern, or by the average range,
//! but far enough to pay for the costs, target far enough for the reward the gate asks for after them.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::price::Price;
use catalyst_domain::tick::TickTable;
use rust_decimal::Decimal;

use super::candidate::{Dossier, Levels};

/// Nearest stop, as a share of the entry: costs of about 0.4 % eat a nearer one.
const STOP_NEAREST: Decimal = Decimal::from_parts(16, 0, 0, false, 3);
/// Furthest stop, as a share of the entry.
const STOP_FURTHEST: Decimal = Decimal::from_parts(40, 0, 0, false, 3);
/// Reward over risk before costs, and what is added for them as a share of the entry.
const REWARD: Decimal = Decimal::from_parts(21, 0, 0, false, 1);
const COSTS: Decimal = Decimal::from_parts(14, 0, 0, false, 3);

/// The dossier with its levels; `None` when the pattern's stop is too far or a price has no tick.
pub(super) fn priced(
    mut dossier: Dossier,
    ticks: &TickTable,
    date: TradingDate,
) -> Option<Dossier> {
    let grid = ticks.on(date, InstrumentKind::Equity).ok()?;
    let entry = grid.up(grid.snap_up(dossier.ask)?)?;
    let drawn = drawn_stop(&dossier, entry.price())?;
    let nearest = share_of(entry.price(), Decimal::ONE - STOP_NEAREST)?;
    let furthest = share_of(entry.price(), Decimal::ONE - STOP_FURTHEST)?;
    let stop = grid.snap_down(drawn.min(nearest))?;
    if stop.price() < furthest {
        return None;
    }
    let risk = entry.value() - stop.value();
    let reward = risk * REWARD + entry.value() * COSTS;
    let target = grid.snap_up(Price::new((entry.value() + reward).round_dp(4)).ok()?)?;
    dossier.levels = Some(Levels {
        entry: entry.price(),
        stop: stop.price(),
        target: target.price(),
    });
    Some(dossier)
}

/// Under the pattern; without one, two average ranges under the entry.
fn drawn_stop(dossier: &Dossier, entry: Price) -> Option<Price> {
    match (&dossier.pattern, dossier.atr) {
        (Some(pattern), _) => Some(pattern.stop),
        (None, Some(range)) => Price::new((entry.value() - range * Decimal::TWO).round_dp(4)).ok(),
        (None, None) => None,
    }
}

fn share_of(price: Price, share: Decimal) -> Option<Price> {
    Price::new((price.value() * share).round_dp(4)).ok()
}
