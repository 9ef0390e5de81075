//! Size against the account: names, the 20 % rule, risk per trade, the absolute fuses.
//! Sources: owner's document 3.1 (5 positions, 20 %) and product specification 4.

use rust_decimal::Decimal;

use crate::money::{Currency, Money};
use crate::price::Price;
use crate::ratio::BasisPoints;
use crate::risk::case::EntryCase;
use crate::risk::{Breach, DayStage, Figure, RiskView, Rule, WorkingRole};
use crate::symbol::Symbol;

/// Shares of an equity that is missing, gone, or counted in another currency bound nothing.
pub(super) fn equity_known(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(equity) = case.view.account.equity else {
        return Err(Breach::missing(Rule::EquityKnown, "the account's equity"));
    };
    let broken = |limit| {
        Err(Breach::new(
            Rule::EquityKnown,
            Figure::Word(limit),
            Figure::Money(equity),
        ))
    };
    match case.view.instrument.map(|instrument| instrument.currency) {
        Some(currency) if currency != equity.currency() => {
            broken("equity in the currency of the instrument")
        }
        Some(_) | None if equity.amount() <= Decimal::ZERO => broken("equity above zero"),
        Some(_) | None => Ok(()),
    }
}

/// Percent limits scale with equity, so an equity that is misread widens all of them at once.
pub(super) fn equity_jump(case: &EntryCase<'_>) -> Result<(), Breach> {
    let (Some(equity), Some(expected)) =
        (case.view.account.equity, case.view.account.equity_expected)
    else {
        return Ok(());
    };
    let tolerated = expected.amount().abs() * case.limits.max_equity_jump().to_fraction();
    let same_currency = equity.currency() == expected.currency();
    if same_currency && (equity.amount() - expected.amount()).abs() <= tolerated {
        return Ok(());
    }
    Err(Breach::new(
        Rule::EquityJump,
        Figure::Money(expected),
        Figure::Money(equity),
    ))
}

pub(super) fn max_positions(case: &EntryCase<'_>) -> Result<(), Breach> {
    let mut names: Vec<Symbol> = case
        .view
        .holdings
        .iter()
        .filter(|held| !held.shares.is_zero())
        .map(|held| held.symbol)
        .chain(
            case.view
                .working
                .iter()
                .filter(|order| adds(order.role))
                .map(|order| order.symbol),
        )
        .chain([case.intent.idea.symbol])
        .collect();
    names.sort_unstable();
    names.dedup();
    let found = u64::try_from(names.len()).unwrap_or(u64::MAX);
    let most = u64::from(case.limits.max_positions());
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

/// True for orders that may still add to a position.
pub(super) const fn adds(role: WorkingRole) -> bool {
    match role {
        WorkingRole::Entry | WorkingRole::Unresolved => true,
        WorkingRole::Exit | WorkingRole::Stop | WorkingRole::Target => false,
    }
}

/// The owner's 20 % rule: holding, working entries and this order together, at the worst price.
pub(super) fn position_share(case: &EntryCase<'_>) -> Result<(), Breach> {
    let price = worst_price(case);
    let Some(standing) = case.view.exposure(case.intent.idea.symbol, price) else {
        return Err(Breach::missing(
            Rule::PositionShare,
            "a price for what is held",
        ));
    };
    let value = standing + price.value() * Decimal::from(case.intent.shares.count());
    within_share(Rule::PositionShare, value, case.limits.max_position(), case)
}

pub(super) fn risk_per_trade(case: &EntryCase<'_>) -> Result<(), Breach> {
    let price = worst_price(case);
    if case.intent.idea.stop >= price {
        return Ok(());
    }
    let at_risk = price.distance(case.intent.idea.stop) * Decimal::from(case.intent.shares.count());
    within_share(
        Rule::RiskPerTrade,
        at_risk,
        case.limits.max_risk_per_trade(),
        case,
    )
}

/// Breaks `rule` when `value` is more than `share` of equity, halved on a day past its warning.
fn within_share(
    rule: Rule,
    value: Decimal,
    share: BasisPoints,
    case: &EntryCase<'_>,
) -> Result<(), Breach> {
    let Some(equity) = case.view.account.equity else {
        return Ok(());
    };
    let most = equity.amount() * sized_for_day(share, case);
    if value <= most {
        return Ok(());
    }
    let currency = currency_of(case.view);
    Err(Breach::new(
        rule,
        money(most, currency),
        money(value, currency),
    ))
}

pub(super) fn max_order_value(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(fuse) = case.limits.max_order_value() else {
        return Ok(());
    };
    fuse_fits(Rule::MaxOrderValue, fuse, case)?;
    let value = worst_price(case).times(case.intent.shares, fuse.currency());
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

pub(super) fn max_gross_value(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(fuse) = case.limits.max_gross_value() else {
        return Ok(());
    };
    fuse_fits(Rule::MaxGrossValue, fuse, case)?;
    let mut total = worst_price(case).value() * Decimal::from(case.intent.shares.count());
    for held in case.view.holdings {
        let Some(mark) = held.mark else {
            return Err(Breach::missing(
                Rule::MaxGrossValue,
                "a price for what is held",
            ));
        };
        total += mark.value() * Decimal::from(held.shares.count());
    }
    for order in case.view.working.iter().filter(|order| adds(order.role)) {
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

/// A fuse in another currency than the instrument's bounds nothing.
fn fuse_fits(rule: Rule, fuse: Money, case: &EntryCase<'_>) -> Result<(), Breach> {
    if currency_of(case.view) == fuse.currency() {
        return Ok(());
    }
    let found = Figure::Word("an instrument in another currency");
    Err(Breach::new(rule, Figure::Money(fuse), found))
}

/// The share that counts today: halved once the day's warning is reached.
fn sized_for_day(share: BasisPoints, case: &EntryCase<'_>) -> Decimal {
    let stage = match (case.view.day.pnl, case.view.day.equity_at_open) {
        (Some(pnl), Some(base)) => DayStage::after(pnl, base, case.limits),
        (None, _) | (_, None) => DayStage::Conservative,
    };
    match stage {
        DayStage::Normal => share.to_fraction(),
        DayStage::Conservative | DayStage::Stopped => share.to_fraction() / Decimal::TWO,
    }
}

fn worst_price(case: &EntryCase<'_>) -> Price {
    let stated = case.intent.idea.entry;
    case.worst.map_or(stated, |worst| worst.price().max(stated))
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
