//! An order family on the page: what it came to, what it was to do, and what became of it.

use std::io::{self, Write};

use catalyst_domain::order::{
    ClientOrderId, EntryPrice, Execution, ExitPrice, FeesAre, Leg, OrderPlan,
};
use catalyst_domain::side::Side;
use catalyst_ports::journal::{FamilyEnding, FamilyResult, StoryCycle, StoryEvent, StoryFamily};

use super::page::Page;
use super::verdict::{is_pass, words};

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
    if let (Some(run), Side::Buy) = (run, family.plan.side()) {
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

/// Of a purchase the refusals that came before in the same run, then the verdict that let it pass. Of
/// sales no verdict is kept.
fn write_gate(
    page: &mut Page<'_, impl Write>,
    family: &StoryFamily,
    run: &StoryCycle,
) -> io::Result<()> {
    let symbol = family.plan.symbol();
    let before = run
        .verdicts
        .iter()
        .filter(|one| one.symbol == symbol && one.row < family.row);
    let (passed, refused): (Vec<_>, Vec<_>) = before.partition(|one| is_pass(one));
    for one in refused {
        page.line("gate", &words(page, one)?)?;
    }
    match passed.last() {
        Some(one) => page.line("gate", &words(page, one)?),
        None => page.line("gate", "NO VERDICT OF THIS RUN LETS IT PASS"),
    }
}

/// Which orders left again what was bought, and who else bought.
fn write_others(page: &mut Page<'_, impl Write>, family: &StoryFamily) -> io::Result<()> {
    if family.plan.side() == Side::Sell {
        return Ok(());
    }
    let (bought, sold): (Vec<_>, Vec<_>) =
        family.others.iter().partition(|id| id.leg() == Leg::Entry);
    if !bought.is_empty() {
        page.line("with", &listed(bought))?;
    }
    if !sold.is_empty() {
        page.line("left by", &listed(sold))?;
    }
    Ok(())
}

fn listed(ids: Vec<&ClientOrderId>) -> String {
    let names: Vec<String> = ids.into_iter().map(ClientOrderId::to_string).collect();
    names.join(", ")
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
        FamilyResult::OfAnother => {
            let bought = family.others.iter().filter(|id| id.leg() == Leg::Entry);
            match listed(bought.collect()) {
                none if none.is_empty() => "what it sold was bought by no order kept".to_owned(),
                names => format!("counted with the purchase {names}"),
            }
        }
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
        Some(FamilyEnding::Lost) => {
            "LOST: not at work any more, and nobody can say what became of it"
        }
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
        "{} {}, {} {} {price}: {}, {} filled",
        page.moment(event.at),
        event.order.leg().as_str(),
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
        "{} {}, {did} {} at {} {}, fees {} ({fees})",
        page.moment(fill.at),
        fill.order.leg().as_str(),
        fill.shares,
        fill.price,
        fill.fees.currency(),
        fill.fees
    )
}
