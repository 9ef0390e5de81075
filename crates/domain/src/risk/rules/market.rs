//! The quote: fresh, live, sane, and near the entry. Source: product specification 4.

use chrono::TimeDelta;

use super::shape::share_of;
use crate::market::Feed;
use crate::order::{EntryIntent, EntryKind};
use crate::risk::{Breach, FeedPolicy, Figure, MarketOrders, RiskLimits, RiskView, Rule};
use crate::tick::LimitPrice;

/// Clocks of two machines never agree to the millisecond; beyond this a quote is from the future.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::seconds(2);

pub(super) fn quote_fresh(
    _: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let Some(quote) = view.quote else {
        return Err(Breach::missing(Rule::QuoteFresh, "a quote"));
    };
    if quote.is_crossed() {
        let limit = Figure::Word("a bid below the ask");
        return Err(Breach::new(
            Rule::QuoteFresh,
            limit,
            Figure::Price(quote.bid),
        ));
    }
    let age = quote.age(view.now());
    if age < -CLOCK_TOLERANCE || (quote.feed == Feed::Live && age > limits.max_quote_age()) {
        let limit = Figure::Span(limits.max_quote_age());
        return Err(Breach::new(Rule::QuoteFresh, limit, Figure::Span(age)));
    }
    Ok(())
}

pub(super) fn quote_live(
    _: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    match (view.quote.map(|quote| quote.feed), limits.feed_policy()) {
        (Some(Feed::Delayed), FeedPolicy::LiveOnly) => Err(Breach::new(
            Rule::QuoteLive,
            Figure::Word(Feed::Live.as_str()),
            Figure::Word(Feed::Delayed.as_str()),
        )),
        (Some(Feed::Live | Feed::Delayed) | None, _) => Ok(()),
    }
}

pub(super) fn market_order(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    match intent.idea.kind {
        EntryKind::Limit => return Ok(()),
        EntryKind::Market => {}
    }
    let refused = |found| Breach::new(Rule::MarketOrder, Figure::Word("limit orders"), found);
    if limits.market_orders() == MarketOrders::Refused {
        return Err(refused(Figure::Word("market order")));
    }
    match view.quote.map(|quote| quote.feed) {
        Some(Feed::Delayed) => Err(refused(Figure::Word("market order on delayed quotes"))),
        Some(Feed::Live) | None => within_slippage_cap(intent, view),
    }
}

/// A market entry states what it expects to pay; more than the cap beyond it is another trade.
fn within_slippage_cap(intent: &EntryIntent, view: &RiskView<'_>) -> Result<(), Breach> {
    let Some(worst) = market_cap(view) else {
        return Ok(());
    };
    if intent.idea.entry > worst.price() {
        let found = Figure::Price(intent.idea.entry);
        return Err(Breach::new(
            Rule::MarketOrder,
            Figure::Price(worst.price()),
            found,
        ));
    }
    Ok(())
}

pub(super) fn price_band(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let Some(quote) = view.quote else {
        return Ok(());
    };
    let worst = worst_entry(intent, view).map_or(intent.idea.entry, LimitPrice::price);
    let furthest = quote.last.value() * limits.max_price_deviation().to_fraction();
    for price in [intent.idea.entry, worst] {
        if price.distance(quote.last) > furthest {
            return Err(Breach::new(
                Rule::PriceBand,
                Figure::Share(limits.max_price_deviation()),
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
pub(crate) fn worst_entry(intent: &EntryIntent, view: &RiskView<'_>) -> Option<LimitPrice> {
    match intent.idea.kind {
        EntryKind::Limit => view.grid?.exact(intent.idea.entry).ok(),
        EntryKind::Market => market_cap(view),
    }
}
