//! The quote: fresh, live, sane, and near the entry. Source: product specification 4.

use chrono::TimeDelta;

use super::shape::share_of;
use crate::market::Feed;
use crate::order::{EntryIntent, EntryKind};
use crate::risk::case::EntryCase;
use crate::risk::{Breach, FeedPolicy, Figure, MarketOrders, RiskView, Rule};
use crate::tick::LimitPrice;

/// Clocks of two machines never agree to the millisecond; beyond this a quote is from the future.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::seconds(2);
/// How far a delayed feed runs behind: fifteen minutes at the exchange's licensed vendors, with room.
const FEED_DELAY_MAX: TimeDelta = TimeDelta::minutes(20);

pub(super) fn quote_fresh(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(quote) = case.view.quote else {
        return Err(Breach::missing(Rule::QuoteFresh, "a quote"));
    };
    if quote.symbol != case.intent.idea.symbol {
        return Err(Breach::missing(Rule::QuoteFresh, "a quote of the symbol"));
    }
    if quote.is_crossed() {
        let limit = Figure::Word("a bid below the ask");
        return Err(Breach::new(
            Rule::QuoteFresh,
            limit,
            Figure::Price(quote.bid),
        ));
    }
    let age = quote.age(case.view.now());
    let oldest = match quote.feed {
        Feed::Live => case.limits.max_quote_age(),
        Feed::Delayed => case.limits.max_quote_age() + FEED_DELAY_MAX,
    };
    if age < -CLOCK_TOLERANCE || age > oldest {
        let limit = Figure::Span(oldest);
        return Err(Breach::new(Rule::QuoteFresh, limit, Figure::Span(age)));
    }
    Ok(())
}

pub(super) fn quote_live(case: &EntryCase<'_>) -> Result<(), Breach> {
    match (
        case.view.quote.map(|quote| quote.feed),
        case.limits.feed_policy(),
    ) {
        (Some(Feed::Delayed), FeedPolicy::LiveOnly) => Err(Breach::new(
            Rule::QuoteLive,
            Figure::Word(Feed::Live.as_str()),
            Figure::Word(Feed::Delayed.as_str()),
        )),
        (Some(Feed::Live | Feed::Delayed) | None, _) => Ok(()),
    }
}

/// A name that a sentinel caught is not entered, whatever the settings make of the entry criteria.
pub(super) fn data_doubted(case: &EntryCase<'_>) -> Result<(), Breach> {
    match case.view.evidence.doubt {
        None => Ok(()),
        Some(doubt) => Err(Breach::new(
            Rule::DataDoubted,
            Figure::Word("believed data"),
            Figure::Word(doubt.as_str()),
        )),
    }
}

pub(super) fn market_order(case: &EntryCase<'_>) -> Result<(), Breach> {
    match case.intent.idea.kind {
        EntryKind::Limit => return Ok(()),
        EntryKind::Market => {}
    }
    let refused = |found| Breach::new(Rule::MarketOrder, Figure::Word("limit orders"), found);
    if case.limits.market_orders() == MarketOrders::Refused {
        return Err(refused(Figure::Word("market order")));
    }
    match case.view.quote.map(|quote| quote.feed) {
        Some(Feed::Delayed) => Err(refused(Figure::Word("market order on delayed quotes"))),
        Some(Feed::Live) | None => within_slippage_cap(case),
    }
}

/// A market entry states what it expects to pay; more than the cap beyond it is another trade.
fn within_slippage_cap(case: &EntryCase<'_>) -> Result<(), Breach> {
    let stated = case.intent.idea.entry;
    match case.worst {
        None if case.view.quote.is_some() && case.view.grid.is_some() => Err(Breach::missing(
            Rule::MarketOrder,
            "a legal price as far through the ask as the cap",
        )),
        Some(worst) if stated > worst.price() => Err(Breach::new(
            Rule::MarketOrder,
            Figure::Price(worst.price()),
            Figure::Price(stated),
        )),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn price_band(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(quote) = case.view.quote else {
        return Ok(());
    };
    let worst = case.worst.map_or(case.intent.idea.entry, LimitPrice::price);
    let furthest = quote.last.value() * case.limits.max_price_deviation().to_fraction();
    for price in [case.intent.idea.entry, worst] {
        if price.distance(quote.last) > furthest {
            return Err(Breach::new(
                Rule::PriceBand,
                Figure::Share(case.limits.max_price_deviation()),
                share_of(price.distance(quote.last), quote.last),
            ));
        }
    }
    Ok(())
}

/// The best ask plus the slippage cap: the worst price of a market entry.
fn market_cap(view: &RiskView<'_>) -> Option<LimitPrice> {
    let grid = view.grid?;
    let ask = grid.snap_up(view.quote?.ask)?;
    (0..view.market_slippage_ticks).try_fold(ask, |price, _| grid.up(price))
}

/// The worst price `intent` may pay; `None` when it is off the grid or nothing is known.
pub(in crate::risk) fn worst_entry(
    intent: &EntryIntent,
    view: &RiskView<'_>,
) -> Option<LimitPrice> {
    match intent.idea.kind {
        EntryKind::Limit => view.grid?.exact(intent.idea.entry).ok(),
        EntryKind::Market => market_cap(view),
    }
}
