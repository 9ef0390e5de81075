//! Days of the ledger as a report reads them.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use catalyst_domain::account::ExecutionBook;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::{Execution, Leg};
use catalyst_domain::side::Side;
use catalyst_ports::journal::{
    AlertEnding, Annals, AskedPrices, BrokenRule, Chronicle, Family, GoneShares, JournalEntry,
    JournalError, ModelCost, ProtectionCheck, Reading, RefusedEntry, RunLine, StoryEvent,
    VerdictRecord,
};
use catalyst_ports::notifier::Alert;
use catalyst_ports::tool::ToolRequest;

use super::MemoryJournal;
use super::ledger::{CyclePages, Ledger};

#[async_trait]
impl Annals for MemoryJournal {
    /// Everything before the days is told too where orders and positions are concerned: a rehearsal
    /// is short.
    async fn chronicle(
        &self,
        from: TradingDate,
        to: TradingDate,
    ) -> Result<Chronicle, JournalError> {
        Ok(chronicle_of(&self.lock(), from, to))
    }
}

fn chronicle_of(ledger: &Ledger, from: TradingDate, to: TradingDate) -> Chronicle {
    let mut told = Chronicle::empty();
    let mut executions = Vec::new();
    for pages in ledger.cycles() {
        let date = pages.start.slot.date();
        if date > to {
            continue;
        }
        for entry in &pages.entries {
            take_orders(&mut told, &mut executions, entry);
        }
        if date >= from {
            take_run(&mut told, pages);
        }
    }
    let day_of = |one: &Execution| ledger.date_of(one.fill.at) <= to;
    told.executions = counting(executions.into_iter().filter(day_of));
    for family in &mut told.families {
        family.ending = ledger.family(family.intent.id).and_then(|kept| kept.ending);
    }
    told.readings.sort_by_key(|reading| reading.at);
    told.alerts = alerts_of(ledger, from, to);
    told
}

/// The alerts of the days, each with whether it was delivered, at once or later.
fn alerts_of(ledger: &Ledger, from: TradingDate, to: TradingDate) -> Vec<(Alert, bool)> {
    let (mut alerts, mut later) = (Vec::new(), BTreeSet::new());
    for pages in ledger.cycles() {
        for entry in &pages.entries {
            if let JournalEntry::AlertEnded { number, ending, .. } = entry {
                if *ending == AlertEnding::Delivered {
                    later.insert(number.0);
                }
            } else if let JournalEntry::Alert { alert, delivered } = entry {
                alerts.push((pages.start.slot.date(), alert, *delivered));
            }
        }
    }
    (0..)
        .zip(alerts)
        .filter(|(_, (date, ..))| (from..=to).contains(date))
        .map(|(number, (_, alert, delivered))| {
            (alert.clone(), delivered || later.contains(&number))
        })
        .collect()
}

/// What orders and positions are made of.
fn take_orders(told: &mut Chronicle, executions: &mut Vec<Execution>, entry: &JournalEntry) {
    match entry {
        JournalEntry::Execution(execution) => executions.push(execution.clone()),
        JournalEntry::Intent(intent) => told.families.push(Family {
            intent: intent.clone(),
            ending: None,
        }),
        JournalEntry::Ticket { ticket, at } if ticket.id.leg() == Leg::Stop => {
            told.stops.push(StoryEvent {
                order: ticket.id,
                side: ticket.side,
                price: ticket.price,
                shares: ticket.shares,
                filled: ticket.filled,
                status: ticket.status.as_str().to_owned(),
                at: *at,
            });
        }
        JournalEntry::Findings { findings, at } => {
            let findings = findings.iter().map(|one| &one.finding);
            told.checks.push(ProtectionCheck::of(*at, findings));
        }
        JournalEntry::WriteOff { symbol, to, at, .. } => told.gone.push(GoneShares {
            at: *at,
            symbol: *symbol,
            to: *to,
        }),
        JournalEntry::Ticket { .. }
        | JournalEntry::Tool(_)
        | JournalEntry::Verdict(_)
        | JournalEntry::Settled { .. }
        | JournalEntry::Reading { .. }
        | JournalEntry::State { .. }
        | JournalEntry::Limits { .. }
        | JournalEntry::Usage(_)
        | JournalEntry::Decision(_)
        | JournalEntry::Alert { .. }
        | JournalEntry::AlertEnded { .. } => {}
    }
}

/// What a run of the days said and read.
fn take_run(told: &mut Chronicle, pages: &CyclePages) {
    let id = pages.start.slot;
    told.runs.push(RunLine {
        id,
        at: pages.start.at,
        ending: pages.end.as_ref().map(|end| end.ending.as_str().to_owned()),
    });
    let mut costs: Vec<ModelCost> = Vec::new();
    for entry in &pages.entries {
        match entry {
            JournalEntry::Reading { equity, cash, at } => told.readings.push(Reading {
                at: *at,
                equity: *equity,
                cash: *cash,
            }),
            JournalEntry::Verdict(verdict) if is_refused_entry(verdict) => {
                told.refused.push(refused_of(verdict, &pages.entries));
            }
            JournalEntry::Usage(usage) => {
                let same = |sum: &&mut ModelCost| sum.cost.currency() == usage.cost.currency();
                match costs.iter_mut().find(same) {
                    Some(sum) => {
                        sum.cost = sum.cost.plus(usage.cost).unwrap_or(sum.cost);
                        sum.questions += 1;
                    }
                    None => costs.push(ModelCost {
                        date: id.date(),
                        cost: usage.cost,
                        questions: 1,
                    }),
                }
            }
            JournalEntry::Decision(note) => told.decisions.push(note.clone()),
            JournalEntry::Verdict(_)
            | JournalEntry::Execution(_)
            | JournalEntry::Intent(_)
            | JournalEntry::Ticket { .. }
            | JournalEntry::Findings { .. }
            | JournalEntry::WriteOff { .. }
            | JournalEntry::Tool(_)
            | JournalEntry::Alert { .. }
            | JournalEntry::AlertEnded { .. }
            | JournalEntry::Settled { .. }
            | JournalEntry::State { .. }
            | JournalEntry::Limits { .. } => {}
        }
    }
    told.model.extend(costs);
}

fn is_refused_entry(verdict: &VerdictRecord) -> bool {
    verdict.side == Side::Buy && !verdict.breaches.is_empty()
}

fn refused_of(verdict: &VerdictRecord, entries: &[JournalEntry]) -> RefusedEntry {
    let same = |entry: &JournalEntry| {
        let JournalEntry::Tool(tool) = entry else {
            return None;
        };
        prices_of(tool.request.as_ref()?, verdict)
    };
    RefusedEntry {
        at: verdict.at,
        symbol: verdict.symbol,
        shares: verdict.shares,
        rules: verdict
            .breaches
            .iter()
            .map(|breach| BrokenRule {
                rule: breach.rule.as_str().to_owned(),
                text: breach.to_string(),
            })
            .collect(),
        prices: entries.iter().rev().find_map(same),
    }
}

fn prices_of(request: &ToolRequest, verdict: &VerdictRecord) -> Option<AskedPrices> {
    let (symbol, shares, prices) = if let ToolRequest::CheckRisk(asked) = request {
        let prices = AskedPrices {
            entry: asked.entry_price,
            stop: asked.stop_loss,
            target: asked.take_profit,
        };
        (asked.symbol, asked.quantity, prices)
    } else if let ToolRequest::ExecuteTrade(asked) = request {
        let prices = AskedPrices {
            entry: asked.limit_price?,
            stop: asked.stop_loss,
            target: asked.take_profit,
        };
        (asked.symbol, asked.quantity, prices)
    } else {
        return None;
    };
    ((symbol, shares) == (verdict.symbol, verdict.shares)).then_some(prices)
}

/// Those that count, in the order they happened.
fn counting(executions: impl Iterator<Item = Execution>) -> Vec<Execution> {
    let mut book = ExecutionBook::empty();
    let mut last: BTreeMap<_, Execution> = BTreeMap::new();
    for one in executions {
        let merged = match last.remove(&one.fill.execution) {
            Some(before) => before.with_fees(one.fill.fees, one.fees),
            None => one.clone(),
        };
        last.insert(merged.fill.execution.clone(), merged);
        book.keep(one);
    }
    let fills = book.fills().into_iter();
    fills
        .filter_map(|fill| last.remove(&fill.execution))
        .collect()
}
