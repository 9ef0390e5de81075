//! What a trade costs before it happens, and whether it is worth it after costs.
//! Sources: owner's document 3.1 (reward at least twice the risk); product specification 4 (net).

use rust_decimal::Decimal;

use super::exposure::adds;
use crate::fees::TradeTerms;
use crate::money::{Currency, Money, MoneyError};
use crate::order::EntryIntent;
use crate::price::Price;
use crate::risk::case::EntryCase;
use crate::risk::{Breach, EntryCosts, Figure, RiskView, Rule};
use crate::side::Side;
use crate::tick::LimitPrice;

pub(super) fn costs_known(case: &EntryCase<'_>) -> Result<(), Breach> {
    if case.view.instrument.is_none() || case.costs.is_some() {
        return Ok(());
    }
    Err(Breach::missing(
        Rule::CostsKnown,
        "a fee table for this day",
    ))
}

pub(super) fn cash(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(available) = case.view.account.cash else {
        return Err(Breach::missing(Rule::Cash, "the account's cash"));
    };
    let Some(costs) = case.costs else {
        return Ok(());
    };
    let needed = costs
        .value
        .plus(costs.entry)
        .and_then(|cost| cost.plus(bought_already(case, cost.currency())?));
    match needed {
        Ok(needed)
            if needed.currency() == available.currency()
                && needed.amount() <= available.amount() =>
        {
            Ok(())
        }
        Ok(needed) => Err(Breach::new(
            Rule::Cash,
            Figure::Money(available),
            Figure::Money(needed),
        )),
        Err(_) => Err(Breach::new(
            Rule::Cash,
            Figure::Money(available),
            Figure::Missing,
        )),
    }
}

/// What purchases at work may take from the same cash, each at its own limit.
fn bought_already(case: &EntryCase<'_>, currency: Currency) -> Result<Money, MoneyError> {
    let orders = case.view.working.iter();
    let values = orders
        .filter(|order| adds(order.role))
        .filter_map(|order| Some(order.price?.times(order.shares, currency)));
    Money::sum(currency, values)
}

pub(super) fn reward_risk(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(costs) = case.costs else {
        return Ok(());
    };
    let Some(ratio) = costs.net_reward_risk() else {
        return Ok(());
    };
    let least = case.limits.min_reward_risk();
    if ratio >= least {
        return Ok(());
    }
    Err(Breach::new(
        Rule::RewardRisk,
        Figure::Number(least),
        Figure::Number(ratio),
    ))
}

/// The costs of `intent` at the worst price it may pay; `None` while lot or fees are not known.
pub(in crate::risk) fn entry_costs(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    worst: Option<LimitPrice>,
) -> Option<EntryCosts> {
    let instrument = view.instrument?;
    let entry = worst.map_or(intent.idea.entry, LimitPrice::price);
    let fee = |side: Side, price: Price| charged(view, side, price, intent);
    let costs = EntryCosts {
        value: entry.times(intent.shares, instrument.currency),
        entry: fee(Side::Buy, entry)?.ok()?,
        exit_at_target: fee(Side::Sell, intent.idea.target)?.ok()?,
        exit_at_stop: fee(Side::Sell, intent.idea.stop)?.ok()?,
        reward: reach(entry, intent.idea.target, intent),
        risk: reach(intent.idea.stop, entry, intent),
    };
    Some(costs)
}

fn charged(
    view: &RiskView<'_>,
    side: Side,
    price: Price,
    intent: &EntryIntent,
) -> Option<Result<Money, MoneyError>> {
    let instrument = view.instrument?;
    let terms = TradeTerms {
        side,
        kind: instrument.kind,
        shares: intent.shares,
        price,
    };
    Some(view.fees?.total(&terms, view.plan))
}

fn reach(from: Price, to: Price, intent: &EntryIntent) -> Decimal {
    (to.value() - from.value()) * Decimal::from(intent.shares.count())
}
