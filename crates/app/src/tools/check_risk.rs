//! `check_risk`: asks the gate, grants a clearance, sends nothing.

use catalyst_domain::order::{EntryIdea, EntryIntent, EntryKind};
use catalyst_ports::journal::{JournalEntry, VerdictRecord};
use catalyst_ports::tool::{CheckRiskInput, RiskReport, ToolReply, TradeCosts};
use rust_decimal::Decimal;

use super::Cited;
use crate::CycleError;
use crate::observe::Picture;
use crate::running::Running;

pub(super) async fn run(
    run: &mut Running<'_>,
    input: CheckRiskInput,
) -> Result<ToolReply, CycleError> {
    let intent = EntryIntent {
        idea: EntryIdea {
            symbol: input.symbol,
            side: input.side,
            kind: EntryKind::Limit,
            entry: input.entry_price,
            stop: input.stop_loss,
            target: input.take_profit,
        },
        shares: input.quantity,
    };
    let cited = Cited {
        id: input.news_id,
        reading: input.news_reading,
    };
    let headline = run.seen_news.named(input.symbol, cited);
    run.place(input.symbol).await;
    let picture = Picture::take(run).await?;
    let facts = picture.facts(run, input.symbol).await.citing(headline);
    let view = facts.view(&picture, run.rules, run.policy, input.symbol);
    let found = run.policy.gate.assess(&intent, &view);
    run.clearances.settle(input, found.passes());
    run.count_refusal(&found.breaches);
    let verdict = VerdictRecord {
        symbol: input.symbol,
        side: input.side,
        shares: input.quantity,
        breaches: found.breaches.clone(),
        notes: found.notes.clone(),
        at: run.now(),
    };
    run.note(JournalEntry::Verdict(verdict));
    Ok(ToolReply::Risk(RiskReport {
        approved: found.passes(),
        max_quantity: found.max_quantity,
        costs: found.costs.map(|costs| TradeCosts {
            entry: costs.entry,
            exit_at_target: costs.exit_at_target,
            exit_at_stop: costs.exit_at_stop,
        }),
        net_reward_risk: found
            .costs
            .and_then(|costs| costs.net_reward_risk())
            .map(places(2)),
        break_even_pct: found
            .costs
            .and_then(|costs| costs.break_even())
            .map(|share| places(3)(share * Decimal::from(100))),
        breaches: found.breaches,
        notes: found.notes,
        warnings: found.warnings,
        news_missing: run.seen_news.missing().to_vec(),
    }))
}

fn places(count: u32) -> impl Fn(Decimal) -> Decimal {
    move |value| value.round_dp(count).normalize()
}
