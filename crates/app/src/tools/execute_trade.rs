//! `execute_trade`: a cleared trade, judged again on fresh prices, sent, followed, protected.

use catalyst_domain::grounding::GroundingRule;
use catalyst_domain::order::{EntryIdea, EntryIntent, EntryKind};
use catalyst_domain::price::Price;
use catalyst_domain::risk::{Breach, Figure, Rule};
use catalyst_ports::journal::{JournalEntry, VerdictRecord};
use catalyst_ports::tool::{
    ExecuteTradeInput, ExecutionReport, OrderType, ToolInputError, ToolName, ToolProblem, ToolReply,
};

use super::{Cited, kept};
use crate::CycleError;
use crate::grounds::{in_words, ungrounded};
use crate::observe::Picture;
use crate::orders::{Argued, Entered, enter};
use crate::running::Running;

pub(super) async fn run(
    run: &mut Running<'_>,
    input: &ExecuteTradeInput,
) -> Result<ToolReply, CycleError> {
    if let Some(problem) = misfit(input) {
        return Ok(ToolReply::Problem(problem));
    }
    let entry = input.limit_price.or_else(|| run.clearances.entry_of(input));
    let ungrounded = ungrounded(&run.grounds, input, entry);
    if !ungrounded.is_empty() {
        let line = format!("{}: {}", input.symbol, in_words(&ungrounded));
        run.tally.ungrounded.push(line);
        if run.policy.grounding == GroundingRule::Require {
            return refused(run, input, ungrounded).await;
        }
    }
    let Some(clearance) = run.clearances.take(input) else {
        return refused(run, input, Vec::new()).await;
    };
    let intent = intent_of(input, clearance.entry());
    let cited = Cited {
        id: input.news_id,
        reading: input.news_reading.or(clearance.reading()),
    };
    let argued = Argued {
        cited,
        reason: &kept(&input.reason),
        ungrounded,
    };
    Ok(match enter(run, intent, argued).await? {
        Entered::Refused(refusal) => {
            let breaches = refusal.breaches().copied().collect();
            ToolReply::Problem(ToolProblem::Refused { breaches })
        }
        Entered::Rejected(what) => ToolReply::Problem(ToolProblem::Broker { what }),
        Entered::Sent {
            id,
            outcome,
            filled,
            average_price,
        } => {
            let symbol = input.symbol;
            let report = ExecutionReport {
                order: id,
                symbol,
                outcome,
                filled,
                average_price,
            };
            ToolReply::Execution(report)
        }
    })
}

/// What the input lacks or has too much of.
fn misfit(input: &ExecuteTradeInput) -> Option<ToolProblem> {
    let bad = |field: &str, problem: &str| {
        Some(ToolProblem::Input(ToolInputError::BadInput {
            tool: ToolName::ExecuteTrade,
            field: field.to_owned(),
            problem: problem.to_owned(),
        }))
    };
    match (input.order_type, input.limit_price) {
        (OrderType::Limit, None) => bad(
            "limit_price",
            "missing; a limit order needs the entry_price that check_risk passed",
        ),
        (OrderType::Market, Some(_)) => bad(
            "limit_price",
            "given; a market order has none, leave it out",
        ),
        (OrderType::Limit, Some(_)) | (OrderType::Market, None) => match input.reason.trim() {
            "" => bad("reason", "empty; say in a sentence why, for the record"),
            _ => None,
        },
    }
}

/// Refuses for want of a check, and over what is ungrounded, and names every rule the trade would have
/// broken besides. A clearance stays, so that a reason can be mended.
async fn refused(
    run: &mut Running<'_>,
    input: &ExecuteTradeInput,
    ungrounded: Vec<Breach>,
) -> Result<ToolReply, CycleError> {
    let limit = "a check_risk of the very same trade that passed in this cycle";
    let unchecked = Breach::new(Rule::CheckRiskFirst, Figure::Word(limit), Figure::Missing);
    let is_checked = run.clearances.entry_of(input).is_some();
    let mut breaches: Vec<Breach> = (!is_checked).then_some(unchecked).into_iter().collect();
    breaches.extend(ungrounded);
    run.place(input.symbol).await;
    let picture = Picture::take(run).await?;
    let cited = Cited {
        id: input.news_id,
        reading: input.news_reading,
    };
    let headline = run.seen_news.named(input.symbol, cited);
    let facts = picture.facts(run, input.symbol).await.citing(headline);
    let entry = input
        .limit_price
        .or_else(|| facts.quote.map(|quote| quote.ask));
    if let Some(entry) = entry {
        let view = facts.view(&picture, run.rules, run.policy, input.symbol);
        breaches.extend(
            run.policy
                .gate
                .assess(&intent_of(input, entry), &view)
                .breaches,
        );
    }
    run.count_refusal(&breaches);
    let refused = VerdictRecord {
        symbol: input.symbol,
        side: input.side,
        shares: input.quantity,
        breaches: breaches.clone(),
        notes: Vec::new(),
        at: run.now(),
    };
    run.note(JournalEntry::Verdict(refused));
    Ok(ToolReply::Problem(ToolProblem::Refused { breaches }))
}

fn intent_of(input: &ExecuteTradeInput, entry: Price) -> EntryIntent {
    let kind = match input.order_type {
        OrderType::Limit => EntryKind::Limit,
        OrderType::Market => EntryKind::Market,
    };
    EntryIntent {
        idea: EntryIdea {
            symbol: input.symbol,
            side: input.side,
            kind,
            entry,
            stop: input.stop_loss,
            target: input.take_profit,
        },
        shares: input.quantity,
    }
}
