//! What stands against trading again: findings that nobody has looked at since, and orders of unknown fate.

use catalyst_adapters_sim::faults::Fault;
use catalyst_app::objections;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::ForeignOrder;
use catalyst_domain::side::Side;
use catalyst_ports::journal::Journal as _;

use super::stage::{Stage, clock};

/// What is said at nine in the morning of `date`, without a request to flatten.
async fn said(stage: &Stage, date: &str) -> Vec<String> {
    let date: TradingDate = date.parse().unwrap();
    let at = stage.rules.calendar.at(date, clock("09:00"));
    let journal = stage.journal.as_ref();
    objections(journal, &stage.rules, None, at).await.unwrap()
}

#[tokio::test]
async fn a_finding_of_an_earlier_day_stands_against_resuming_until_a_run_finds_otherwise() {
    let stage = Stage::monday();
    let order = ForeignOrder {
        number: 1_742,
        symbol: "700".parse().unwrap(),
        side: Side::Sell,
        shares: Shares::new(100).unwrap(),
    };
    stage.gateway.foreign.lock().unwrap().push(order);
    stage.guard("10:00").await;

    for date in ["2026-09-14", "2026-09-15", "2026-09-18"] {
        let lines = said(&stage, date).await;
        assert_eq!(lines.len(), 1, "{date} {lines:?}");
        assert!(
            lines[0].starts_with("open finding: foreign_order: the broker's order 1742"),
            "{lines:?}"
        );
    }

    stage.gateway.foreign.lock().unwrap().clear();
    let tuesday = stage
        .rules
        .calendar
        .at("2026-09-15".parse().unwrap(), clock("09:35"));
    stage.world.advance_to(tuesday).unwrap();
    stage.guard("09:35").await;
    assert_eq!(said(&stage, "2026-09-15").await, Vec::<String>::new());
}

#[tokio::test]
async fn an_order_of_unknown_fate_stands_against_resuming_and_a_protected_position_does_not() {
    let mut stage = Stage::monday();
    let calls = stage.purchase(100).await;
    stage.cycle("10:00", &calls).await.unwrap();
    assert_eq!(stage.held_and_guarded().await, (100, 100));
    for date in ["2026-09-14", "2026-09-15"] {
        assert_eq!(said(&stage, date).await, Vec::<String>::new());
    }

    let mut stage = Stage::monday();
    let unknown = Fault::UnknownBeforeAcceptance;
    stage.world.plan_faults([Some(unknown)]);
    let calls = stage.purchase(100).await;
    stage.cycle("10:00", &calls).await.unwrap();
    let sent = stage.journal.unsettled().await.unwrap();
    let lines = said(&stage, "2026-09-15").await;
    assert_eq!(
        lines,
        [format!(
            "order not settled: {} of {}, nobody has said what became of it",
            sent[0].id,
            sent[0].plan.symbol()
        )]
    );
}
