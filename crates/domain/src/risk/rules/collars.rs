//! Price collars of the exchange: how far from the market an order may be priced at all.
//! Sources: SEHK Rules 505A, 506A, 507A and its order types, as the order rules of the day have them.

use rust_decimal::Decimal;

use crate::instrument::InstrumentKind;
use crate::order::EntryKind;
use crate::price::Price;
use crate::risk::case::EntryCase;
use crate::risk::{Breach, Figure, Rule};
use crate::tick::LimitPrice;

/// A buy far below the bid or a sale at the target far above the ask: the exchange takes neither.
pub(super) fn quotation_range(case: &EntryCase<'_>) -> Result<(), Breach> {
    let (Some(rules), Some(quote), Some(grid)) =
        (case.view.order_rules, case.view.quote, case.view.grid)
    else {
        return Ok(());
    };
    let Some(range) = rules.quotation else {
        return Ok(());
    };
    let steps = i32::try_from(range.steps).unwrap_or(i32::MAX);
    let share = match case.view.instrument.map(|instrument| instrument.kind) {
        Some(InstrumentKind::Etf) => range.share_etf,
        Some(InstrumentKind::Equity | InstrumentKind::Reit) | None => range.share,
    };
    let away =
        |price: Price| share.map_or(Decimal::ZERO, |share| price.value() * share.to_fraction());
    let by_steps = |price: Price, steps| grid.step(price, steps).map(LimitPrice::value);
    let lowest =
        by_steps(quote.bid, -steps).map(|low| low.min(quote.bid.value() - away(quote.bid)));
    let highest =
        by_steps(quote.ask, steps).map(|high| high.max(quote.ask.value() + away(quote.ask)));
    let idea = &case.intent.idea;
    let beyond = |limit: Decimal, found| {
        Err(Breach::new(
            Rule::QuotationRange,
            Figure::Number(limit),
            Figure::Price(found),
        ))
    };
    match (lowest, highest) {
        (Some(low), _) if idea.kind == EntryKind::Limit && idea.entry.value() < low => {
            beyond(low, idea.entry)
        }
        (_, Some(high)) if idea.target.value() > high => beyond(high, idea.target),
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

/// A limit too far through the ask: beyond this many steps an enhanced limit order is not taken.
pub(super) fn enhanced_limit(case: &EntryCase<'_>) -> Result<(), Breach> {
    let (Some(rules), Some(quote), Some(grid), Some(worst)) = (
        case.view.order_rules,
        case.view.quote,
        case.view.grid,
        case.worst,
    ) else {
        return Ok(());
    };
    let Some(most) = rules.enhanced_steps else {
        return Ok(());
    };
    match grid.steps_between(quote.ask, worst.price().max(quote.ask)) {
        Some(steps) if steps > most => Err(Breach::new(
            Rule::EnhancedLimit,
            Figure::Count(u64::from(most)),
            Figure::Count(u64::from(steps)),
        )),
        Some(_) | None => Ok(()),
    }
}

/// A price so many times the nominal price, or that fraction of it, is refused outright.
pub(super) fn nominal_range(case: &EntryCase<'_>) -> Result<(), Breach> {
    let (Some(rules), Some(quote)) = (case.view.order_rules, case.view.quote) else {
        return Ok(());
    };
    let Some(multiple) = rules.nominal_multiple.map(Decimal::from) else {
        return Ok(());
    };
    let nominal = quote.last.value();
    let idea = &case.intent.idea;
    for price in [idea.entry, idea.stop, idea.target] {
        if price.value() >= nominal * multiple || price.value() * multiple <= nominal {
            return Err(Breach::new(
                Rule::NominalRange,
                Figure::Price(quote.last),
                Figure::Price(price),
            ));
        }
    }
    Ok(())
}
