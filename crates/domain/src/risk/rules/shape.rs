//! The order itself: side, lots, ticks, and the order of its three prices.
//! Sources: owner's document 3.1 and 3.4; Second Schedule of the exchange's rules (spreads);
//! exchange page "Trading mechanism" (3,000 board lots an order).

use rust_decimal::Decimal;

use super::worst_entry;
use crate::order::EntryIntent;
use crate::price::Price;
use crate::ratio::BasisPoints;
use crate::risk::{Breach, Figure, RiskLimits, RiskView, Rule};
use crate::side::Side;
use crate::tick::LimitPrice;

pub(super) fn short_sale(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    _: &RiskLimits,
) -> Result<(), Breach> {
    match intent.idea.side {
        Side::Buy => Ok(()),
        Side::Sell => Err(Breach::new(
            Rule::ShortSale,
            Figure::Shares(view.held(intent.idea.symbol)),
            Figure::Shares(intent.shares),
        )),
    }
}

pub(super) fn lot_known(
    _: &EntryIntent,
    view: &RiskView<'_>,
    _: &RiskLimits,
) -> Result<(), Breach> {
    match view.instrument {
        Some(_) => Ok(()),
        None => Err(Breach::missing(Rule::LotKnown, "a board lot for this day")),
    }
}

pub(super) fn board_lot(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    _: &RiskLimits,
) -> Result<(), Breach> {
    let Some(instrument) = view.instrument else {
        return Ok(());
    };
    match intent.shares.in_lots(instrument.lot_size) {
        (Some(_), odd) if odd.is_zero() => Ok(()),
        (Some(_) | None, _) => Err(Breach::new(
            Rule::BoardLot,
            Figure::Count(u64::from(instrument.lot_size.shares())),
            Figure::Shares(intent.shares),
        )),
    }
}

pub(super) fn order_size(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let Some(instrument) = view.instrument else {
        return Ok(());
    };
    let lots = intent.shares.count() / u64::from(instrument.lot_size.shares());
    let most = u64::from(limits.max_order_lots());
    if lots <= most {
        Ok(())
    } else {
        Err(Breach::new(
            Rule::OrderSize,
            Figure::Count(most),
            Figure::Count(lots),
        ))
    }
}

pub(super) fn tick(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    _: &RiskLimits,
) -> Result<(), Breach> {
    let Some(grid) = view.grid else {
        return Err(Breach::missing(Rule::Tick, "a tick table for this day"));
    };
    for price in [intent.idea.entry, intent.idea.stop, intent.idea.target] {
        if grid.exact(price).is_err() {
            let limit = grid.tick_at(price).map_or(
                Figure::Word("a price on the exchange's table"),
                Figure::Number,
            );
            return Err(Breach::new(Rule::Tick, limit, Figure::Price(price)));
        }
    }
    Ok(())
}

pub(super) fn bracket(
    intent: &EntryIntent,
    _: &RiskView<'_>,
    _: &RiskLimits,
) -> Result<(), Breach> {
    let idea = &intent.idea;
    if idea.stop >= idea.entry {
        return Err(Breach::new(
            Rule::Bracket,
            Figure::Word("a stop below the entry"),
            Figure::Price(idea.stop),
        ));
    }
    if idea.target <= idea.entry {
        return Err(Breach::new(
            Rule::Bracket,
            Figure::Word("a target above the entry"),
            Figure::Price(idea.target),
        ));
    }
    Ok(())
}

pub(super) fn stop_distance(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let worst = worst_entry(intent, view).map_or(intent.idea.entry, LimitPrice::price);
    let (entry, stop) = (worst.max(intent.idea.entry), intent.idea.stop);
    if stop >= entry {
        return Ok(());
    }
    let distance = entry.distance(stop);
    let furthest = entry.value() * limits.max_stop_distance().to_fraction();
    if distance > furthest {
        return Err(Breach::new(
            Rule::StopDistance,
            Figure::Share(limits.max_stop_distance()),
            share_of(distance, entry),
        ));
    }
    let nearest = view.grid.and_then(|grid| grid.tick_at(stop));
    match nearest {
        Some(tick) if distance < tick => Err(Breach::new(
            Rule::StopDistance,
            Figure::Number(tick),
            Figure::Number(distance),
        )),
        Some(_) | None => Ok(()),
    }
}

/// `distance` as a share of `price`, to the basis point, rounded up so that it never looks legal.
pub(super) fn share_of(distance: Decimal, price: Price) -> Figure {
    let points = (distance / price.value() * Decimal::from(10_000)).ceil();
    u32::try_from(points).map_or(Figure::Number(distance), |points| {
        Figure::Share(BasisPoints::new(points))
    })
}
