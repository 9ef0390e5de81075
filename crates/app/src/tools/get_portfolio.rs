//! `get_portfolio`: the account as it stands, with the protection of each position.

use std::collections::BTreeSet;

use catalyst_domain::order::{Leg, OrderTicket, TicketStatus};
use catalyst_domain::reconcile::guarded_shares;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::{LimitsUsed, PortfolioView, PositionLine, ToolReply, WorkingLine};
use rust_decimal::Decimal;

use crate::CycleError;
use crate::observe::Picture;
use crate::running::Running;

pub(super) async fn run(run: &Running<'_>) -> Result<ToolReply, CycleError> {
    let picture = Picture::take(run).await?;
    Ok(ToolReply::Portfolio(portfolio_view(run, &picture)))
}

/// The picture as advisors see it.
pub(crate) fn portfolio_view(run: &Running<'_>, picture: &Picture) -> PortfolioView {
    PortfolioView {
        cash: picture.account.cash,
        equity: picture.account.equity,
        day_pnl: picture.pnl,
        state: picture.state(run.policy),
        positions: picture
            .account
            .positions
            .iter()
            .map(|position| position_line(picture, position.symbol))
            .collect(),
        working: picture.working.iter().map(working_line).collect(),
        limits: limits_used(run, picture),
    }
}

fn position_line(picture: &Picture, symbol: Symbol) -> PositionLine {
    let held = picture.day.holdings.position(symbol);
    let last = picture.marks.get(&symbol).copied();
    let price_of = |leg: Leg| {
        let mut tickets = picture
            .working
            .iter()
            .filter(|ticket| ticket.symbol == symbol);
        tickets
            .find(|ticket| ticket.id.leg() == leg && ticket.status == TicketStatus::Working)
            .and_then(|ticket| ticket.price)
    };
    PositionLine {
        symbol,
        shares: picture.held(symbol),
        average_price: held.map_or(Decimal::ZERO, |position| {
            position.average_price().round_dp(6).normalize()
        }),
        last,
        unrealised: held
            .zip(last)
            .and_then(|(position, last)| position.unrealised_at(last).ok()),
        stop: price_of(Leg::Stop),
        target: price_of(Leg::Target),
        protected_shares: guarded_shares(symbol, &picture.working),
    }
}

fn working_line(ticket: &OrderTicket) -> WorkingLine {
    WorkingLine {
        id: ticket.id,
        symbol: ticket.symbol,
        side: ticket.side,
        remaining: ticket.remaining(),
        price: ticket.price,
        status: ticket.status,
    }
}

fn limits_used(run: &Running<'_>, picture: &Picture) -> LimitsUsed {
    let limits = run.policy.gate.limits();
    let held = picture
        .account
        .positions
        .iter()
        .map(|position| position.symbol);
    let buying = picture
        .working
        .iter()
        .filter(|ticket| ticket.id.leg() == Leg::Entry);
    let names: BTreeSet<Symbol> = held.chain(buying.map(|ticket| ticket.symbol)).collect();
    let hundred = Decimal::from(100);
    let loss = picture
        .pnl
        .zip(picture.day.equity_at_open)
        .and_then(|(pnl, base)| {
            let lost = (-pnl.amount()).max(Decimal::ZERO) * hundred;
            lost.checked_div(base.amount())
                .map(|pct| pct.round_dp(2).normalize())
        });
    LimitsUsed {
        names: u32::try_from(names.len()).unwrap_or(u32::MAX),
        names_max: limits.max_positions(),
        entries: picture.entries_sent(None),
        entries_max: limits.max_daily_trades(),
        daily_loss_pct: loss,
        daily_loss_max_pct: (limits.max_daily_loss().to_fraction() * hundred).normalize(),
        findings_open: u32::try_from(picture.day.findings.len()).unwrap_or(u32::MAX),
    }
}
