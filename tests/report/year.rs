//! A year of trading: its page is small, and it is made quickly.

use std::sync::Arc;
use std::time::{Duration, Instant};

use catalyst_adapters_postgres::{Book, Database, MarketRules, SqlJournal};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::money::{Currency, Money, Rounding};
use catalyst_domain::order::{CycleId, Leg, RunKind};
use catalyst_domain::risk::{Breach, Figure, Rule};
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::side::Side;
use catalyst_ports::journal::{
    FamilyEnding, Journal as _, JournalEntry, ModelUsage, ToolRecord, VerdictRecord,
};
use catalyst_ports::tool::{CheckRiskInput, ToolInputError, ToolProblem, ToolReply, ToolRequest};
use catalyst_testkit::builders::{
    a_bracket_plan, a_cycle_start, a_fill, an_intent_of, an_order, hkd, price, shares, symbol, told,
};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use crate::program::Program;

const PAGE_MAX: u64 = 3_000_000;

/// Of the optimised program; a debug build takes a few times as long.
const TIME_MAX: Duration = Duration::from_secs(if cfg!(debug_assertions) { 12 } else { 2 });

/// Readings of a day: eleven cycles and sixty guards.
const READINGS: i64 = 71;
/// Trades of a day, the most that the owner's limits allow.
const TRADES: u16 = 10;
/// Refused questions of a day.
const REFUSED: usize = 40;
/// Questions to a model on a day.
const QUESTIONS: u64 = 90;

async fn written(program: &Program) -> usize {
    let rules = Rulebook::of(Exchange::Hkex).unwrap();
    let market = MarketRules {
        calendar: Arc::new(rules.calendar.clone()),
        ticks: Arc::new(rules.ticks.clone()),
        currency: Currency::Hkd,
    };
    let database = Database::sqlite(&program.home().join("j"), market)
        .await
        .unwrap();
    let book = Book::Account("DU0000000".to_owned());
    let first = "2025-09-01".parse().unwrap();
    let days = rules
        .calendar
        .trading_dates(first, "2026-08-31".parse().unwrap())
        .unwrap();
    let now = rules.calendar.at(first, NaiveTime::MIN);
    let journal = database.book(&book, now).await.unwrap();
    for date in &days {
        let open = rules
            .calendar
            .at(*date, NaiveTime::from_hms_opt(9, 30, 0).unwrap());
        write_day(&journal, *date, open).await;
    }
    days.len()
}

async fn write_day(journal: &SqlJournal, date: TradingDate, open: DateTime<Utc>) {
    let slot = NaiveTime::from_hms_opt(9, 30, 0).unwrap();
    let name = CycleId::new(RunKind::Cycle, date, slot, 1).to_string();
    let cycle = journal.open(a_cycle_start(&name, open)).await.unwrap();
    let mut entries = Vec::new();
    for minute in 0..READINGS {
        let at = open + TimeDelta::minutes(5 * minute);
        let equity = Money::new(
            Decimal::from(1_000_000 + minute * 37 % 1_000),
            Currency::Hkd,
        );
        entries.push(JournalEntry::Reading {
            equity: equity.unwrap(),
            cash: hkd("900000"),
            at,
        });
        entries.push(JournalEntry::Findings {
            findings: Vec::new(),
            at,
        });
    }
    for number in 1..=TRADES {
        entries.extend(trade(
            cycle,
            number,
            open + TimeDelta::minutes(10 * i64::from(number)),
        ));
    }
    for _ in 0..REFUSED {
        entries.extend(refusal(open));
    }
    for _ in 0..QUESTIONS {
        entries.push(question(open));
    }
    journal.record(cycle, entries).await.unwrap();
}

fn trade(cycle: CycleId, number: u16, at: DateTime<Utc>) -> Vec<JournalEntry> {
    let id = an_order(cycle, number, Leg::Entry);
    let plan = a_bracket_plan(id);
    let fill = |name: &str| a_fill(&format!("{cycle} {number} {name}")).shares(200);
    let later = at + TimeDelta::minutes(8);
    vec![
        JournalEntry::Intent(an_intent_of(plan, id, at)),
        told(fill("in").order(id).at(at).build()),
        told(
            fill("out")
                .order(id.sibling(Leg::Stop))
                .selling()
                .price("490")
                .at(later)
                .build(),
        ),
        JournalEntry::Settled {
            id,
            ending: FamilyEnding::Done,
            at: later,
        },
    ]
}

fn refusal(at: DateTime<Utc>) -> [JournalEntry; 2] {
    let breaches = vec![Breach::new(
        Rule::MaxPositions,
        Figure::Count(5),
        Figure::Count(6),
    )];
    let verdict = VerdictRecord {
        symbol: symbol("5"),
        side: Side::Buy,
        shares: shares(400),
        breaches,
        notes: Vec::new(),
        at,
    };
    let request = ToolRequest::CheckRisk(CheckRiskInput {
        symbol: symbol("5"),
        side: Side::Buy,
        quantity: shares(400),
        entry_price: price("80"),
        stop_loss: price("78"),
        take_profit: price("86"),
        news_id: None,
        news_reading: None,
    });
    let reply = ToolReply::Problem(ToolProblem::Input(ToolInputError::UnknownTool {
        name: "none".to_owned(),
    }));
    [
        JournalEntry::Verdict(verdict),
        JournalEntry::Tool(Box::new(ToolRecord {
            number: 1,
            name: "check_risk".to_owned(),
            request: Some(request),
            reply,
            at,
        })),
    ]
}

fn question(at: DateTime<Utc>) -> JournalEntry {
    JournalEntry::Usage(ModelUsage {
        model: "a model".to_owned(),
        request: None,
        tokens_in: 1,
        tokens_cache_read: 0,
        tokens_cache_written: 0,
        tokens_out: 1,
        cost: Money::parse("0.01", Currency::Usd).unwrap(),
        took: TimeDelta::seconds(1),
        at,
    })
}

#[tokio::test]
async fn a_year_is_reported_quickly_on_a_small_page() {
    let program = Program::in_scratch_home();
    let days = written(&program).await;
    let begin = Instant::now();

    let told = program.catalyst(&[
        "report",
        "--journal",
        "j",
        "--from",
        "2025-09-01",
        "--to",
        "2026-08-31",
        "--html",
        "page.html",
        "--json",
    ]);

    let took = begin.elapsed();
    let report = told.json();
    assert_eq!(report["days"].as_array().unwrap().len(), days);
    assert_eq!(
        report["trades"].as_array().unwrap().len(),
        days * usize::from(TRADES)
    );
    // 90 questions of a cent a day, at 7.85 HKD for a dollar.
    let cost = Decimal::from(days) * Decimal::new(90, 2) * Decimal::new(785, 2);
    assert_eq!(
        report["totals"]["model"],
        Rounding::HalfUp.settle(cost, 2).to_string()
    );
    let size = std::fs::metadata(program.home().join("page.html"))
        .unwrap()
        .len();
    assert!(size < PAGE_MAX, "{size} bytes");
    assert!(took < TIME_MAX, "{took:?}");
    eprintln!("a year of {days} days: {took:?}, {size} bytes");
}
