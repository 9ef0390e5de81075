//! Size against the account: names, the 20 % rule, risk per trade, the absolute fuses.
//! Sources: owner's document 3.1 (5 positions, 20 %) and product specification 4.

use rust_decimal::Decimal;

use super::worst_entry;
use crate::money::{Currency, Money};
use crate::order::EntryIntent;
use crate::price::Price;
use crate::ratio::BasisPoints;
use crate::risk::{Breach, DayStage, Figure, RiskLimits, RiskView, Rule, WorkingRole};
use crate::symbol::Symbol;
use crate::tick::LimitPrice;

pub(super) fn equity_known(
    _: &EntryIntent,
    view: &RiskView<'_>,
    _: &RiskLimits,
) -> Result<(), Breach> {
    match view.account.equity {
        Some(equity) if equity.amount() > Decimal::ZERO => Ok(()),
        Some(equity) => Err(Breach::new(
            Rule::EquityKnown,
            Figure::Word("equity above zero"),
            Figure::Money(equity),
        )),
        None => Err(Breach::missing(Rule::EquityKnown, "the account's equity")),
    }
}

/// Percent limits scale with equity, so an equity that is misread widens all of them at once.
pub(super) fn equity_jump(
    _: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let (Some(equity), Some(expected)) = (view.account.equity, view.account.equity_expected) else {
        return Ok(());
    };
    let tolerated = expected.amount().abs() * limits.max_equity_jump().to_fraction();
    if (equity.amount() - expected.amount()).abs() <= tolerated {
        return Ok(());
    }
    Err(Breach::new(
        Rule::EquityJump,
        Figure::Money(expected),
        Figure::Money(equity),
    ))
}

pub(super) fn max_positions(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let mut names: Vec<Symbol> = view
        .holdings
        .iter()
        .filter(|held| !held.shares.is_zero())
        .map(|held| held.symbol)
        .chain(
            view.working
                .iter()
                .filter(|order| adds(order.role))
                .map(|order| order.symbol),
        )
        .chain([intent.idea.symbol])
        .collect();
    names.sort_unstable();
    names.dedup();
    let found = u64::try_from(names.len()).unwrap_or(u64::MAX);
    let most = u64::from(limits.max_positions());
    if found <= most {
        Ok(())
    } else {
        Err(Breach::new(
            Rule::MaxPositions,
            Figure::Count(most),
            Figure::Count(found),
        ))
    }
}

const fn adds(role: WorkingRole) -> bool {
    match role {
        WorkingRole::Entry | WorkingRole::Unresolved => true,
        WorkingRole::Exit | WorkingRole::Stop | WorkingRole::Target => false,
    }
}

/// The owner's 20 % rule: holding, working entries and this order together, at the worst price.
pub(super) fn position_share(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let price = worst_price(intent, view);
    let Some(standing) = view.exposure(intent.idea.symbol, price) else {
        return Err(Breach::missing(
            Rule::PositionShare,
            "a price for what is held",
        ));
    };
    let value = standing + price.value() * Decimal::from(intent.shares.count());
    within_share(
        Rule::PositionShare,
        value,
        limits.max_position(),
        view,
        limits,
    )
}

pub(super) fn risk_per_trade(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let price = worst_price(intent, view);
    if intent.idea.stop >= price {
        return Ok(());
    }
    let at_risk = price.distance(intent.idea.stop) * Decimal::from(intent.shares.count());
    within_share(
        Rule::RiskPerTrade,
        at_risk,
        limits.max_risk_per_trade(),
        view,
        limits,
    )
}

/// Breaks `rule` when `value` is more than `share` of equity, halved on a day past its warning.
fn within_share(
    rule: Rule,
    value: Decimal,
    share: BasisPoints,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let Some(equity) = view.account.equity else {
        return Ok(());
    };
    let most = equity.amount() * sized_for_day(share, view, limits).to_fraction();
    if value <= most {
        return Ok(());
    }
    let currency = currency_of(view);
    Err(Breach::new(
        rule,
        money(most, currency),
        money(value, currency),
    ))
}

pub(super) fn max_order_value(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let Some(fuse) = limits.max_order_value() else {
        return Ok(());
    };
    let value = worst_price(intent, view).times(intent.shares, fuse.currency());
    if value.amount() <= fuse.amount() {
        Ok(())
    } else {
        Err(Breach::new(
            Rule::MaxOrderValue,
            Figure::Money(fuse),
            Figure::Money(value),
        ))
    }
}

pub(super) fn max_gross_value(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let Some(fuse) = limits.max_gross_value() else {
        return Ok(());
    };
    let mut total = worst_price(intent, view).value() * Decimal::from(intent.shares.count());
    for held in view.holdings {
        let Some(mark) = held.mark else {
            return Err(Breach::missing(
                Rule::MaxGrossValue,
                "a price for what is held",
            ));
        };
        total += mark.value() * Decimal::from(held.shares.count());
    }
    for order in view.working.iter().filter(|order| adds(order.role)) {
        let Some(price) = order.price else {
            return Err(Breach::missing(
                Rule::MaxGrossValue,
                "a price for what is at work",
            ));
        };
        total += price.value() * Decimal::from(order.shares.count());
    }
    if total <= fuse.amount() {
        return Ok(());
    }
    Err(Breach::new(
        Rule::MaxGrossValue,
        Figure::Money(fuse),
        money(total, fuse.currency()),
    ))
}

/// The share that counts today: halved once the day's warning is reached.
fn sized_for_day(share: BasisPoints, view: &RiskView<'_>, limits: &RiskLimits) -> BasisPoints {
    let stage = match (view.day.pnl, view.day.equity_at_open) {
        (Some(pnl), Some(base)) => DayStage::after(pnl, base, limits),
        (None, _) | (_, None) => DayStage::Conservative,
    };
    match stage {
        DayStage::Normal => share,
        DayStage::Conservative | DayStage::Stopped => share.halved(),
    }
}

fn worst_price(intent: &EntryIntent, view: &RiskView<'_>) -> Price {
    worst_entry(intent, view)
        .map_or(intent.idea.entry, LimitPrice::price)
        .max(intent.idea.entry)
}

fn currency_of(view: &RiskView<'_>) -> Currency {
    match (view.instrument, view.account.equity) {
        (Some(instrument), _) => instrument.currency,
        (None, Some(equity)) => equity.currency(),
        (None, None) => Currency::Hkd,
    }
}

fn money(amount: Decimal, currency: Currency) -> Figure {
    Money::new(amount, currency).map_or(Figure::Number(amount), Figure::Money)
}
