//! The order itself: side, lots, ticks, and the order of its three prices.
//! Sources: owner's document 3.1 and 3.4; Second Schedule of the exchange's rules (spreads);
//! exchange page "Trading mechanism" (3,000 board lots an order).

use rust_decimal::Decimal;

use crate::price::Price;
use crate::ratio::BasisPoints;
use crate::risk::case::EntryCase;
use crate::risk::{Breach, Figure, Rule};
use crate::side::Side;
use crate::tick::LimitPrice;

pub(super) fn short_sale(case: &EntryCase<'_>) -> Result<(), Breach> {
    match case.intent.idea.side {
        Side::Buy => Ok(()),
        Side::Sell => Err(Breach::new(
            Rule::ShortSale,
            Figure::Shares(case.view.held(case.intent.idea.symbol)),
            Figure::Shares(case.intent.shares),
        )),
    }
}

pub(super) fn lot_known(case: &EntryCase<'_>) -> Result<(), Breach> {
    match case.view.instrument {
        Some(instrument) if instrument.symbol == case.intent.idea.symbol => Ok(()),
        Some(_) | None => Err(Breach::missing(Rule::LotKnown, "a board lot for this day")),
    }
}

pub(super) fn board_lot(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(instrument) = case.view.instrument else {
        return Ok(());
    };
    match case.intent.shares.in_lots(instrument.lot_size) {
        (Some(_), odd) if odd.is_zero() => Ok(()),
        (Some(_) | None, _) => Err(Breach::new(
            Rule::BoardLot,
            Figure::Count(u64::from(instrument.lot_size.shares())),
            Figure::Shares(case.intent.shares),
        )),
    }
}

pub(super) fn order_size(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(instrument) = case.view.instrument else {
        return Ok(());
    };
    let Some(rules) = case.view.order_rules else {
        return Err(Breach::missing(
            Rule::OrderSize,
            "the exchange's order rules for this day",
        ));
    };
    let lots = case.intent.shares.count() / u64::from(instrument.lot_size.shares());
    let owners = case.limits.max_order_lots();
    let most = u64::from(
        rules
            .max_lots
            .map_or(owners, |exchange| exchange.min(owners)),
    );
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

pub(super) fn tick(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(grid) = case.view.grid else {
        return Err(Breach::missing(Rule::Tick, "a tick table for this day"));
    };
    for price in [
        case.intent.idea.entry,
        case.intent.idea.stop,
        case.intent.idea.target,
    ] {
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

pub(super) fn bracket(case: &EntryCase<'_>) -> Result<(), Breach> {
    let idea = &case.intent.idea;
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

pub(super) fn stop_distance(case: &EntryCase<'_>) -> Result<(), Breach> {
    let worst = case.worst.map_or(case.intent.idea.entry, LimitPrice::price);
    let (entry, stop) = (worst.max(case.intent.idea.entry), case.intent.idea.stop);
    if stop >= entry {
        return Ok(());
    }
    let distance = entry.distance(stop);
    let furthest = entry.value() * case.limits.max_stop_distance().to_fraction();
    if distance > furthest {
        return Err(Breach::new(
            Rule::StopDistance,
            Figure::Share(case.limits.max_stop_distance()),
            share_of(distance, entry),
        ));
    }
    let nearest = case.view.grid.and_then(|grid| grid.tick_at(stop));
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
