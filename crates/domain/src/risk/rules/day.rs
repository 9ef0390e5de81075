//! The day so far: loss, trades, entries per symbol, cool-down, and what is still unsettled.
//! Sources: owner's document 3.1 and 3.4 (2 % and 1.5 %, 10 trades), product specification 4.

use crate::order::EntryIntent;
use crate::risk::{Breach, DayStage, Figure, RiskLimits, RiskView, Rule, WorkingRole};

pub(super) fn daily_loss(
    _: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let Some(base) = view.day.equity_at_open else {
        return Err(Breach::missing(
            Rule::DailyLoss,
            "the equity the day began with",
        ));
    };
    let Some(pnl) = view.day.pnl else {
        return Err(Breach::missing(
            Rule::DailyLoss,
            "the day's profit and loss",
        ));
    };
    match DayStage::after(pnl, base, limits) {
        DayStage::Normal | DayStage::Conservative => Ok(()),
        DayStage::Stopped => Err(Breach::new(
            Rule::DailyLoss,
            Figure::Share(limits.max_daily_loss()),
            Figure::Money(pnl),
        )),
    }
}

pub(super) fn daily_trades(
    _: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let most = limits.max_daily_trades();
    match view.day.entries {
        None => Err(Breach::missing(
            Rule::DailyTrades,
            "the day's count of entries",
        )),
        Some(sent) if sent < most => Ok(()),
        Some(sent) => Err(counted(Rule::DailyTrades, most, sent)),
    }
}

pub(super) fn entries_per_symbol(
    _: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let most = limits.max_entries_per_symbol();
    match view.day.entries_in_symbol {
        None => Err(Breach::missing(
            Rule::EntriesPerSymbol,
            "the symbol's count of entries",
        )),
        Some(sent) if sent < most => Ok(()),
        Some(sent) => Err(counted(Rule::EntriesPerSymbol, most, sent)),
    }
}

pub(super) fn cool_down(
    _: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Result<(), Breach> {
    let Some(stopped) = view.day.last_stop_out else {
        return Ok(());
    };
    let since = view.now() - stopped;
    if since >= limits.cooldown() {
        return Ok(());
    }
    Err(Breach::new(
        Rule::CoolDown,
        Figure::Span(limits.cooldown()),
        Figure::Span(since),
    ))
}

/// One order of a symbol at a time: a working entry, exit or unknown order must be settled first.
pub(super) fn unresolved_order(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    _: &RiskLimits,
) -> Result<(), Breach> {
    let standing = [
        WorkingRole::Entry,
        WorkingRole::Exit,
        WorkingRole::Unresolved,
    ]
    .into_iter()
    .any(|role| view.working_in(intent.idea.symbol, role).next().is_some());
    if standing {
        let found = Figure::Word("an order of the symbol is at work or unresolved");
        return Err(Breach::new(
            Rule::UnresolvedOrder,
            Figure::Word("none"),
            found,
        ));
    }
    Ok(())
}

pub(super) fn findings_open(
    _: &EntryIntent,
    view: &RiskView<'_>,
    _: &RiskLimits,
) -> Result<(), Breach> {
    if view.findings_open == 0 {
        Ok(())
    } else {
        Err(counted(Rule::FindingsOpen, 0, view.findings_open))
    }
}

fn counted(rule: Rule, limit: u32, found: u32) -> Breach {
    Breach::new(
        rule,
        Figure::Count(u64::from(limit)),
        Figure::Count(u64::from(found)),
    )
}
