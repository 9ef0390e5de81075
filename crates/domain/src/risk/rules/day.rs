//! The day so far: loss, trades, entries per symbol, cool-down, and what is still unsettled.
//! Sources: owner's document 3.1 and 3.4 (2 % and 1.5 %, 10 trades), product specification 4.

use rust_decimal::Decimal;

use crate::day_trading::DayTradeRule;
use crate::risk::case::EntryCase;
use crate::risk::{Breach, DayStage, Figure, Rule, WorkingRole};

pub(super) fn daily_loss(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(base) = case.view.day.equity_at_open else {
        return Err(Breach::missing(
            Rule::DailyLoss,
            "the equity the day began with",
        ));
    };
    let Some(pnl) = case.view.day.pnl else {
        return Err(Breach::missing(
            Rule::DailyLoss,
            "the day's profit and loss",
        ));
    };
    if pnl.currency() != base.currency() {
        return Err(Breach::missing(
            Rule::DailyLoss,
            "profit and loss in the currency of the equity",
        ));
    }
    if base.amount() <= Decimal::ZERO {
        return Err(Breach::new(
            Rule::DailyLoss,
            Figure::Word("an equity above zero to begin the day with"),
            Figure::Money(base),
        ));
    }
    match DayStage::after(pnl, base, case.limits) {
        DayStage::Normal | DayStage::Conservative => Ok(()),
        DayStage::Stopped => Err(Breach::new(
            Rule::DailyLoss,
            Figure::Share(case.limits.max_daily_loss()),
            Figure::Money(pnl),
        )),
    }
}

pub(super) fn daily_trades(case: &EntryCase<'_>) -> Result<(), Breach> {
    let most = case.limits.max_daily_trades();
    match case.view.day.entries {
        None => Err(Breach::missing(
            Rule::DailyTrades,
            "the day's count of entries",
        )),
        Some(sent) if sent < most => Ok(()),
        Some(sent) => Err(counted(Rule::DailyTrades, most, sent)),
    }
}

pub(super) fn entries_per_symbol(case: &EntryCase<'_>) -> Result<(), Breach> {
    let most = case.limits.max_entries_per_symbol();
    match case.view.day.entries_in_symbol {
        None => Err(Breach::missing(
            Rule::EntriesPerSymbol,
            "the symbol's count of entries",
        )),
        Some(sent) if sent < most => Ok(()),
        Some(sent) => Err(counted(Rule::EntriesPerSymbol, most, sent)),
    }
}

pub(super) fn cool_down(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(stopped) = case.view.day.last_stop_out else {
        return Ok(());
    };
    let since = case.view.now() - stopped;
    if since >= case.limits.cooldown() {
        return Ok(());
    }
    Err(Breach::new(
        Rule::CoolDown,
        Figure::Span(case.limits.cooldown()),
        Figure::Span(since),
    ))
}

/// Where a rule bounds the day trades of small accounts, an entry may become one too many.
pub(super) fn day_trades(case: &EntryCase<'_>) -> Result<(), Breach> {
    let limit = match case.view.day_trading {
        Some(DayTradeRule::Free) => return Ok(()),
        Some(DayTradeRule::Pattern(limit)) => limit,
        None => {
            let needed = "the day-trade rule of this day";
            return Err(Breach::missing(Rule::DayTrades, needed));
        }
    };
    if case
        .view
        .account
        .equity
        .is_some_and(|equity| limit.is_lifted_by(equity))
    {
        return Ok(());
    }
    match case.view.day.day_trades {
        None => Err(Breach::missing(
            Rule::DayTrades,
            "the count of day trades of the last sessions",
        )),
        Some(made) if made < limit.day_trades_max => Ok(()),
        Some(made) => Err(counted(Rule::DayTrades, limit.day_trades_max, made)),
    }
}

/// One order of a symbol at a time: a working entry, exit or unknown order must be settled first.
pub(super) fn unresolved_order(case: &EntryCase<'_>) -> Result<(), Breach> {
    let standing = [
        WorkingRole::Entry,
        WorkingRole::Exit,
        WorkingRole::Unresolved,
    ]
    .into_iter()
    .any(|role| {
        case.view
            .working_in(case.intent.idea.symbol, role)
            .next()
            .is_some()
    });
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

pub(super) fn findings_open(case: &EntryCase<'_>) -> Result<(), Breach> {
    if case.view.findings_open == 0 {
        Ok(())
    } else {
        Err(counted(Rule::FindingsOpen, 0, case.view.findings_open))
    }
}

/// A limit that was loosened by hand or by mistake counts only once the owner has said so.
pub(super) fn limits_not_accepted(case: &EntryCase<'_>) -> Result<(), Breach> {
    let Some(change) = case.view.looser_limit else {
        return Ok(());
    };
    let figure = |value| Figure::Setting(change.name, value);
    Err(Breach::new(
        Rule::LimitsNotAccepted,
        change.from.map_or(Figure::Missing, figure),
        figure(change.to),
    ))
}

fn counted(rule: Rule, limit: u32, found: u32) -> Breach {
    Breach::new(
        rule,
        Figure::Count(u64::from(limit)),
        Figure::Count(u64::from(found)),
    )
}
