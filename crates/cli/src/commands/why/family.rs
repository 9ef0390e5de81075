//! An order family on the page: what it came to, what it was to do, and what became of it.

use std::io::{self, Write};

use catalyst_domain::order::{
    ClientOrderId, EntryPrice, Execution, ExitPrice, FeesAre, Leg, OrderPlan,
};
use catalyst_domain::side::Side;
use catalyst_ports::journal::{FamilyEnding, FamilyResult, StoryCycle, StoryEvent, StoryFamily};

use super::page::Page;
use super::verdict::is_pass;

/// A block of a few lines: what it came to and why it was sent.
pub(super) fn write_short(page: &mut Page<'_, impl Write>, family: &StoryFamily) -> io::Result<()> {
    page.head(&format!("order {}: {}", family.id, aim(&family.plan)))?;
    page.line("result", &result(family))?;
    page.line("reason", &family.reason)?;
    page.line("sent", &page.moment(family.at))?;
    for execution in &family.executions {
        page.line("fill", &fill(page, execution))?;
    }
    write_others(page, family)
}

/// All of it; `run` is the one that sent it, for the gate's word.
pub(super) fn write_whole(
    page: &mut Page<'_, impl Write>,
    family: &StoryFamily,
    run: Option<&StoryCycle>,
) -> io::Result<()> {
    page.head(&format!("order {}: {}", family.id, aim(&family.plan)))?;
    page.line("result", &result(family))?;
    page.line("ending", ending(family.ending))?;
    page.line("reason", &family.reason)?;
    page.line("plan", &prices(&family.plan))?;
    if let Some(run) = run {
        write_gate(page, family, run)?;
    }
    page.line("sent", &page.moment(family.at))?;
    let mut last: Option<&StoryEvent> = None;
    for event in &family.events {
        if last.is_none_or(|last| is_news(last, event)) {
            page.line("broker", &report(page, event))?;
        }
        last = Some(event);
    }
    for execution in &family.executions {
        page.line("fill", &fill(page, execution))?;
    }
    write_others(page, family)
}

/// The refusals that came before in the same run, then the verdict that let it pass.
fn write_gate(
    page: &mut Page<'_, impl Write>,
    family: &StoryFamily,
    run: &StoryCycle,
) -> io::Result<()> {
    let (symbol, side) = (family.plan.symbol(), family.plan.side());
    let before: Vec<_> = run
        .verdicts
        .iter()
        .filter(|one| one.symbol == symbol && one.side == side && one.row < family.row)
        .collect();
    for refused in before.iter().filter(|one| !is_pass(one)) {
        page.line("gate", &super::verdict::words(page, refused)?)?;
    }
    match before.iter().rev().find(|one| is_pass(one)) {
        Some(passed) => page.line("gate", &super::verdict::words(page, passed)?),
        None if side == Side::Buy => page.line("gate", "NO VERDICT OF THIS RUN LETS IT PASS"),
        None => page.line("gate", "not asked: sales of the harness need no verdict"),
    }
}

fn write_others(page: &mut Page<'_, impl Write>, family: &StoryFamily) -> io::Result<()> {
    let named = |leg: fn(Leg) -> bool| -> Vec<String> {
        let others = family.others.iter().filter(|id| leg(id.leg()));
        others.map(ClientOrderId::to_string).collect()
    };
    let bought = named(|leg| leg == Leg::Entry);
    let sold = named(|leg| leg != Leg::Entry);
    if !bought.is_empty() {
        page.line("bought by", &bought.join(", "))?;
    }
    if !sold.is_empty() {
        page.line("left by", &sold.join(", "))?;
    }
    Ok(())
}

fn aim(plan: &OrderPlan) -> String {
    let (shares, symbol) = (plan.shares(), plan.symbol());
    match plan {
        OrderPlan::Bracket(_) => format!("buy {shares} shares of {symbol}"),
        OrderPlan::Exit(_) => format!("sell {shares} shares of {symbol}"),
        OrderPlan::Protect(_) => format!("guard {shares} shares of {symbol}"),
    }
}

fn prices(plan: &OrderPlan) -> String {
    match plan {
        OrderPlan::Bracket(plan) => {
            let bracket = &plan.bracket;
            let how = match plan.entry {
                EntryPrice::Limit(_) => "limit",
                EntryPrice::Marketable(_) => "at the market, at most",
            };
            format!(
                "{how} {}, entry {}, stop {}, target {}, in {}",
                plan.entry.worst(),
                bracket.entry(),
                bracket.stop(),
                bracket.target(),
                plan.instrument.currency
            )
        }
        OrderPlan::Exit(plan) => match plan.price {
            ExitPrice::Limit(limit) => format!("at {limit} or better"),
            ExitPrice::Auction => "at the price of the auction".to_owned(),
        },
        OrderPlan::Protect(plan) => match plan.target {
            Some(target) => format!("stop {}, target {target}", plan.stop),
            None => format!("stop {}, no target", plan.stop),
        },
    }
}

fn result(family: &StoryFamily) -> String {
    match family.result {
        FamilyResult::Nothing => "nothing was filled".to_owned(),
        FamilyResult::OfAnother => "told where the shares were bought".to_owned(),
        FamilyResult::Open => "open: what it bought is still held, in part or whole".to_owned(),
        FamilyResult::Closed { gross, fees, net } => {
            let shared = family.others.iter().any(|id| id.leg() == Leg::Entry);
            let whose = if shared { " of the whole position" } else { "" };
            format!("net {net}{whose}: gross {gross}, fees {fees}")
        }
        FamilyResult::Unknown => {
            "NOT KNOWN: shares left the account and nobody reported how".to_owned()
        }
    }
}

const fn ending(ending: Option<FamilyEnding>) -> &'static str {
    match ending {
        None => "none yet: it may still fill",
        Some(FamilyEnding::Done) => "done: nothing of it is at work any more",
        Some(FamilyEnding::Unfilled) => "sent, and ended without a fill",
        Some(FamilyEnding::Rejected) => "REJECTED by the broker or the exchange",
        Some(FamilyEnding::NotSent) => "never sent",
    }
}

fn is_news(last: &StoryEvent, event: &StoryEvent) -> bool {
    (last.order, &last.status, last.filled) != (event.order, &event.status, event.filled)
}

fn report(page: &Page<'_, impl Write>, event: &StoryEvent) -> String {
    let price = event.price.map_or_else(
        || "in the auction".to_owned(),
        |price| format!("at {price}"),
    );
    format!(
        "{}  {} {} {} {} {price}: {}, {} filled",
        page.moment(event.at),
        event.order.leg().as_str(),
        event.order,
        event.side,
        event.shares,
        event.status,
        event.filled
    )
}

fn fill(page: &Page<'_, impl Write>, execution: &Execution) -> String {
    let fill = &execution.fill;
    let did = match fill.side {
        Side::Buy => "bought",
        Side::Sell => "sold",
    };
    let fees = match execution.fees {
        FeesAre::Reported => "reported",
        FeesAre::Estimated => "ESTIMATED",
    };
    format!(
        "{}  {did} {} at {} {}, fees {} ({fees})",
        page.moment(fill.at),
        fill.shares,
        fill.price,
        fill.fees.currency(),
        fill.fees
    )
}
