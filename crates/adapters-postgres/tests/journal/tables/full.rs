//! A journal with rows of every kind in every table, all of them different.

use catalyst_adapters_postgres::SqlJournal;
use catalyst_domain::order::{CycleId, Execution, FeesAre, Leg, OrderTicket, TicketStatus};
use catalyst_domain::reconcile::{Discrepancy, Finding, Remedy};
use catalyst_domain::risk::{Breach, Figure, Rule, TradingState};
use catalyst_domain::side::Side;
use catalyst_ports::journal::{
    AlertEnding, AlertQueue as _, CycleEnding, CycleRecord, DecisionNote, FamilyEnding,
    Journal as _, JournalEntry, LimitRecord, ModelUsage, StateScope, ToolRecord, VerdictRecord,
};
use catalyst_ports::notifier::Alert;
use catalyst_ports::tool::{
    Decision, DecisionReceipt, GetPortfolioInput, Severity, ToolReply, ToolRequest,
};
use catalyst_testkit::builders::{
    a_cycle_start, a_fill, a_moment, an_auction_exit, an_intent_of, an_order, hkd, price, shares,
    symbol,
};
use chrono::{DateTime, TimeDelta, Utc};

/// Order families of one run.
const FAMILIES: u16 = 7;

/// Writes `runs` runs of about 85 rows each, one a minute, into a journal that has none.
pub(crate) async fn fill(journal: &SqlJournal, runs: i64) {
    let begin = a_moment("2026-09-14T02:00:00Z");
    for run in 0..runs {
        let at = begin + TimeDelta::minutes(run);
        let slot = format!("{}.1", (at + TimeDelta::hours(8)).format("%Y%m%d-%H%M"));
        let cycle = journal.open(a_cycle_start(&slot, at)).await.unwrap();
        for number in 1..=FAMILIES {
            journal
                .record(cycle, family(cycle, number, at))
                .await
                .unwrap();
        }
        journal.record(cycle, notes(cycle, at)).await.unwrap();
        let waiting = journal.alerts(at).await.unwrap();
        let ended = JournalEntry::AlertEnded {
            number: waiting.last().unwrap().number,
            ending: AlertEnding::Delivered,
            at,
        };
        journal.record(cycle, vec![ended]).await.unwrap();
        let end = CycleRecord {
            id: cycle,
            ending: CycleEnding::Done,
            summary: format!("run {run} is over"),
            tool_calls: u32::from(FAMILIES),
            next_at: (run % 2 == 0).then_some(at + TimeDelta::minutes(1)),
            at: at + TimeDelta::seconds(30),
        };
        journal.close(end, Vec::new()).await.unwrap();
    }
}

/// One order from the question to its end.
pub(crate) fn family(cycle: CycleId, number: u16, at: DateTime<Utc>) -> Vec<JournalEntry> {
    let id = an_order(cycle, number, Leg::Exit);
    let at = at + TimeDelta::seconds(i64::from(number));
    let even = number.is_multiple_of(2);
    let breach = Breach::new(Rule::BoardLot, Figure::Count(100), Figure::Count(37));
    let execution = Execution {
        fill: a_fill(&format!("{id}")).order(id).at(at).build(),
        fees: if even {
            FeesAre::Reported
        } else {
            FeesAre::Estimated
        },
        replaces: None,
    };
    let ticket = |filled, status| JournalEntry::Ticket {
        ticket: OrderTicket {
            id,
            symbol: symbol("700"),
            side: Side::Sell,
            price: even.then(|| price("500.5")),
            shares: shares(200),
            filled: shares(filled),
            status,
        },
        at,
    };
    vec![
        JournalEntry::Tool(Box::new(ToolRecord {
            number: number.into(),
            name: "get_portfolio".to_owned(),
            request: even.then_some(ToolRequest::GetPortfolio(GetPortfolioInput {})),
            reply: ToolReply::Decision(DecisionReceipt { recorded: even }),
            at,
        })),
        JournalEntry::Verdict(VerdictRecord {
            symbol: symbol("700"),
            side: Side::Buy,
            shares: shares(200),
            breaches: if even { vec![breach] } else { Vec::new() },
            notes: Vec::new(),
            at,
        }),
        JournalEntry::Intent(an_intent_of(an_auction_exit(), id, at)),
        ticket(0, TicketStatus::Working),
        ticket(200, TicketStatus::Filled),
        JournalEntry::Execution(execution),
        JournalEntry::Settled {
            id,
            ending: FamilyEnding::Done,
            at,
        },
    ]
}

/// All that is not about one order.
#[expect(clippy::too_many_lines, reason = "one of every entry there is")]
pub(crate) fn notes(cycle: CycleId, at: DateTime<Utc>) -> Vec<JournalEntry> {
    let finding = |finding| Discrepancy {
        finding,
        remedy: Remedy::AskOwner,
        evidence: "the broker says otherwise".to_owned(),
    };
    let findings = vec![
        finding(Finding::Phantom {
            symbol: symbol("700"),
            journal: shares(200),
        }),
        finding(Finding::CashDifference {
            expected: hkd("1000000"),
            broker: hkd("999000.5"),
        }),
    ];
    let limit = |was: Option<&str>| LimitRecord {
        name: "risk.max_positions".to_owned(),
        was: was.map(str::to_owned),
        becomes: "4".to_owned(),
    };
    vec![
        JournalEntry::Reading {
            equity: hkd("1000123.45"),
            cash: hkd("900000.5"),
            at,
        },
        JournalEntry::State {
            state: TradingState::ExitsOnly,
            scope: StateScope::Day,
            reason: "the day's loss".to_owned(),
            at,
        },
        JournalEntry::Findings { findings, at },
        JournalEntry::WriteOff {
            symbol: symbol("5"),
            from: shares(400),
            to: shares(0),
            evidence: "the broker has none".to_owned(),
            at,
        },
        JournalEntry::Limits {
            changes: vec![limit(None), limit(Some("5"))],
            accepted_by: "the owner".to_owned(),
            at,
        },
        JournalEntry::Usage(ModelUsage {
            model: "model".to_owned(),
            request: None,
            tokens_in: 1_204,
            tokens_cache_read: 30_111,
            tokens_cache_written: 0,
            tokens_out: 377,
            cost: hkd("0.3125"),
            took: TimeDelta::milliseconds(2_350),
            at,
        }),
        JournalEntry::Decision(DecisionNote {
            cycle,
            decision: Decision::Skip,
            symbol: Some(symbol("5")),
            reasoning: "too thin a volume".to_owned(),
            at,
        }),
        JournalEntry::Alert {
            alert: Alert {
                severity: Severity::Warning,
                subject: "exits only".to_owned(),
                message: "the day's loss is reached".to_owned(),
                run: Some(cycle),
                at,
            },
            delivered: false,
        },
    ]
}
