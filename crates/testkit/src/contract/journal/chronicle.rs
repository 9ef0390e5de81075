//! What the journal tells of days, for a report.

use catalyst_domain::order::{ClientOrderId, CycleId, Leg, OrderTicket, TicketStatus};
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::{Discrepancy, Finding, Remedy};
use catalyst_domain::risk::{Breach, Figure, Rule};
use catalyst_domain::side::Side;
use catalyst_ports::journal::{
    Annals, AskedPrices, Chronicle, CycleEnding, CycleRecord, FamilyEnding, Journal, JournalEntry,
    ModelUsage, Reading, ToolRecord, VerdictRecord,
};
use catalyst_ports::tool::{CheckRiskInput, ToolInputError, ToolProblem, ToolReply, ToolRequest};
use chrono::{DateTime, TimeDelta, Utc};

use super::{kept, opened};
use crate::builders::{
    a_bracket_plan, a_fill, a_moment, an_intent_of, an_order, hkd, price, shares, symbol, told,
};

async fn chronicle(journal: &impl Annals, from: &str, to: &str) -> Chronicle {
    let days = (from.parse().unwrap(), to.parse().unwrap());
    journal.chronicle(days.0, days.1).await.unwrap()
}

fn a_reading(equity: &str, at: DateTime<Utc>) -> JournalEntry {
    JournalEntry::Reading {
        equity: hkd(equity),
        cash: hkd("1"),
        at,
    }
}

async fn closed(journal: &impl Journal, id: CycleId, at: DateTime<Utc>) {
    let record = CycleRecord {
        id,
        ending: CycleEnding::Done,
        summary: String::new(),
        tool_calls: 0,
        next_at: None,
        at,
    };
    journal.close(record, Vec::new()).await.unwrap();
}

/// Days that nobody has written about are empty lists.
pub async fn a_chronicle_of_nothing_is_empty(journal: &(impl Journal + Annals)) {
    let told = chronicle(journal, "2026-09-14", "2026-09-18").await;

    assert_eq!(told, Chronicle::empty());
}

/// The first and the last day belong to it, and no other does.
pub async fn both_ends_of_a_chronicle_belong_to_it(journal: &(impl Journal + Annals)) {
    let days = ["14", "15", "16", "17"];
    for (day, equity) in days.iter().zip(["1", "2", "3", "4"]) {
        let cycle = opened(journal, &format!("202609{day}-1000.1")).await;
        let at = a_moment(&format!("2026-09-{day}T02:00:00Z"));
        kept(journal, cycle, vec![a_reading(equity, at)]).await;
        if *day == "15" {
            closed(journal, cycle, at).await;
        }
    }

    let told = chronicle(journal, "2026-09-15", "2026-09-16").await;

    let equities: Vec<_> = told.readings.iter().map(|one| one.equity).collect();
    assert_eq!(equities, [hkd("2"), hkd("3")]);
    let first = Reading {
        at: a_moment("2026-09-15T02:00:00Z"),
        equity: hkd("2"),
        cash: hkd("1"),
    };
    assert_eq!(told.readings.first(), Some(&first));
    let runs: Vec<_> = told
        .runs
        .iter()
        .map(|run| (run.id.to_string(), run.ending.as_deref()))
        .collect();
    assert_eq!(
        runs,
        [
            ("20260915-1000.1".to_owned(), Some("done")),
            ("20260916-1000.1".to_owned(), None)
        ]
    );
}

/// A position that was carried into the days is told from its purchase, with its plan, its end and what
/// was seen of its stop.
pub async fn a_position_carried_into_the_days_is_whole(journal: &(impl Journal + Annals)) {
    let (monday, tuesday) = (
        a_moment("2026-09-14T02:00:00Z"),
        a_moment("2026-09-15T02:00:00Z"),
    );
    let cycle = opened(journal, "20260914-1000.1").await;
    let id = an_order(cycle, 1, Leg::Entry);
    let intent = an_intent_of(a_bracket_plan(id), id, monday);
    let bought = a_fill("in").order(id).shares(200).at(monday).build();
    kept(
        journal,
        cycle,
        vec![JournalEntry::Intent(intent.clone()), told(bought.clone())],
    )
    .await;
    let later = opened(journal, "20260915-1000.1").await;
    let stop = id.sibling(Leg::Stop);
    let sold = a_fill("out")
        .order(stop)
        .selling()
        .shares(200)
        .at(tuesday)
        .build();
    let settled = JournalEntry::Settled {
        id,
        ending: FamilyEnding::Done,
        at: tuesday,
    };
    kept(
        journal,
        later,
        vec![told(sold.clone()), a_stop(stop, tuesday), settled],
    )
    .await;

    let tuesday_alone = chronicle(journal, "2026-09-15", "2026-09-15").await;
    let monday_alone = chronicle(journal, "2026-09-14", "2026-09-14").await;

    let fills = |told: &Chronicle| -> Vec<_> {
        told.executions.iter().map(|one| one.fill.clone()).collect()
    };
    assert_eq!(fills(&tuesday_alone), [bought.clone(), sold]);
    assert_eq!(fills(&monday_alone), [bought]);
    let families: Vec<_> = tuesday_alone
        .families
        .iter()
        .map(|family| (family.intent.clone(), family.ending))
        .collect();
    assert_eq!(families, [(intent, Some(FamilyEnding::Done))]);
    let stops: Vec<_> = tuesday_alone
        .stops
        .iter()
        .map(|event| (event.order, event.status.as_str(), event.at))
        .collect();
    assert_eq!(stops, [(stop, "filled", tuesday)]);
    assert_eq!(monday_alone.stops, []);
}

fn a_stop(id: ClientOrderId, at: DateTime<Utc>) -> JournalEntry {
    let ticket = OrderTicket {
        id,
        symbol: symbol("700"),
        side: Side::Sell,
        price: Some(price("490")),
        shares: shares(200),
        filled: shares(200),
        status: TicketStatus::Filled,
    };
    JournalEntry::Ticket { ticket, at }
}

/// A refused purchase comes with every broken rule and with the prices that were asked about; what
/// passed is not told, and no prices are made up.
pub async fn a_refusal_comes_with_the_prices_asked_about(journal: &(impl Journal + Annals)) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let at = a_moment("2026-09-14T02:00:00Z");
    let broken = Breach::new(Rule::MaxPositions, Figure::Count(5), Figure::Count(6));
    let verdict = |count, breaches| {
        JournalEntry::Verdict(VerdictRecord {
            symbol: symbol("700"),
            side: Side::Buy,
            shares: shares(count),
            breaches,
            notes: Vec::new(),
            at,
        })
    };
    let entries = vec![
        verdict(200, vec![broken]),
        a_question(200, at),
        verdict(300, Vec::new()),
        verdict(400, vec![broken]),
    ];
    kept(journal, cycle, entries).await;

    let told = chronicle(journal, "2026-09-14", "2026-09-14").await;

    let asked = AskedPrices {
        entry: price("500"),
        stop: price("490"),
        target: price("530"),
    };
    let refused: Vec<_> = told
        .refused
        .iter()
        .map(|one| {
            (
                one.shares,
                one.prices,
                one.rules
                    .first()
                    .map(|rule| (rule.rule.as_str(), rule.text.as_str())),
            )
        })
        .collect();
    let rule = Some(("max_positions", "max_positions: 5 allowed, 6 found"));
    assert_eq!(
        refused,
        [(shares(200), Some(asked), rule), (shares(400), None, rule)]
    );
}

fn a_question(count: u64, at: DateTime<Utc>) -> JournalEntry {
    let request = ToolRequest::CheckRisk(CheckRiskInput {
        symbol: symbol("700"),
        side: Side::Buy,
        quantity: shares(count),
        entry_price: price("500"),
        stop_loss: price("490"),
        take_profit: price("530"),
        news_id: None,
        news_reading: None,
    });
    let problem = ToolInputError::UnknownTool {
        name: "none".to_owned(),
    };
    JournalEntry::Tool(Box::new(ToolRecord {
        number: 1,
        name: "check_risk".to_owned(),
        request: Some(request),
        reply: ToolReply::Problem(ToolProblem::Input(problem)),
        at,
    }))
}

/// Every look at the broker is told, with the positions that had too little under a stop; too much is
/// enough.
pub async fn looks_at_protection_name_what_was_bare(journal: &(impl Journal + Annals)) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let at = a_moment("2026-09-14T02:00:00Z");
    let next = at + TimeDelta::minutes(5);
    let found = |finding| Discrepancy {
        finding,
        remedy: Remedy::AskOwner,
        evidence: String::new(),
    };
    let bare = found(Finding::MissingProtection {
        symbol: symbol("700"),
        held: shares(200),
    });
    let wrong = |name, guarded: Shares| {
        found(Finding::WrongProtection {
            symbol: symbol(name),
            held: shares(200),
            guarded,
        })
    };
    let findings = vec![bare, wrong("5", shares(100)), wrong("1", shares(300))];
    let entries = vec![
        JournalEntry::Findings { findings, at },
        JournalEntry::Findings {
            findings: Vec::new(),
            at: next,
        },
    ];
    kept(journal, cycle, entries).await;

    let told = chronicle(journal, "2026-09-14", "2026-09-14").await;

    let looks: Vec<_> = told
        .checks
        .into_iter()
        .map(|mut look| {
            look.bare.sort();
            (look.at, look.bare)
        })
        .collect();
    assert_eq!(
        looks,
        [(at, vec![symbol("5"), symbol("700")]), (next, Vec::new())]
    );
}

/// The questions of a run to a model are one sum, on the run's day.
pub async fn questions_to_a_model_are_added_up_by_run(journal: &(impl Journal + Annals)) {
    let at = a_moment("2026-09-14T02:00:00Z");
    let usage = |cost| {
        JournalEntry::Usage(ModelUsage {
            model: "a model".to_owned(),
            request: None,
            tokens_in: 1,
            tokens_cache_read: 0,
            tokens_cache_written: 0,
            tokens_out: 1,
            cost: hkd(cost),
            took: TimeDelta::seconds(1),
            at,
        })
    };
    let first = opened(journal, "20260914-1000.1").await;
    kept(journal, first, vec![usage("0.015"), usage("0.02")]).await;
    let second = opened(journal, "20260914-1030.1").await;
    kept(journal, second, vec![usage("1")]).await;

    let told = chronicle(journal, "2026-09-14", "2026-09-14").await;

    let sums: Vec<_> = told
        .model
        .iter()
        .map(|one| (one.date, one.cost, one.questions))
        .collect();
    let day = first.date();
    assert_eq!(sums, [(day, hkd("0.035"), 2), (day, hkd("1"), 1)]);
}

/// Makes a test of each promise of [`catalyst_ports::journal::Annals`].
///
/// `$fresh` is what `journal_contract!` takes.
#[macro_export]
macro_rules! annals_contract {
    ($fresh:path) => {
        $crate::annals_contract! { @each $fresh:
            a_chronicle_of_nothing_is_empty
            both_ends_of_a_chronicle_belong_to_it
            a_position_carried_into_the_days_is_whole
            a_refusal_comes_with_the_prices_asked_about
            looks_at_protection_name_what_was_bare
            questions_to_a_model_are_added_up_by_run
        }
    };
    (@each $fresh:path: $($promise:ident)+) => {$(
        #[tokio::test]
        async fn $promise() {
            let (journal, _keep) = $fresh().await;
            $crate::contract::journal::$promise(&journal).await;
        }
    )+};
}
