//! What a trade costs before it happens, and whether it is worth it after costs.
//! Sources: owner's document 3.1 (reward at least twice the risk); product specification 4 (net).

use rust_decimal::Decimal;

use super::worst_entry;
use crate::fees::TradeTerms;
use crate::money::{Money, MoneyError};
use crate::order::EntryIntent;
use crate::price::Price;
use crate::risk::{Breach, EntryCosts, Figure, RiskLimits, RiskView, Rule};
use crate::side::Side;
use crate::tick::LimitPrice;

pub(super) fn costs_known(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    _: &RiskLimits,
) -> Result<(), Breach> {
    if view.instrument.is_none() || entry_costs(intent, view).is_some() {
        return Ok(());
    }
    Err(Breach::missing(
        Rule::CostsKnown,
        "a fee table for this day",
    ))
}

pub(super) fn cash(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    _: &RiskLimits,
) -> Result<(), Breach> {
    let Some(cash) = view.account.cash else {
        return Err(Breach::missing(Rule::Cash, "the account's cash"));
    };
    let Some(costs) = entry_costs(intent, view) else {
        return Ok(());
    };
    let needed = costs.value.plus(costs.entry);
    match needed {
        Ok(needed) if needed.currency() == cash.currency() && needed.amount() <= cash.amount() => {
            Ok(())
        }
        Ok(needed) => Err(Breach::new(
            Rule::Cash,
            Figure::Money(cash),
            Figure::Money(needed),
        )),
        Err(_) => Err(Breach::new(
            Rule::Cash,
            Figure::Money(cash),
            Figure::Missing,
        )),
    }
}

pub(super) fn reward_risk(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let Some(costs) = entry_costs(intent, view) else {
        return Ok(());
    };
    let Some(ratio) = costs.net_reward_risk() else {
        return Ok(());
    };
    let least = limits.min_reward_risk();
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
pub(crate) fn entry_costs(intent: &EntryIntent, view: &RiskView<'_>) -> Option<EntryCosts> {
    let instrument = view.instrument?;
    let entry = worst_entry(intent, view).map_or(intent.idea.entry, LimitPrice::price);
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
