//! Shares that the broker says are owed: a finding for the owner, while all that is held is protected as
//! ever.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_app::run_flatten;
use catalyst_domain::order::{Execution, Leg};
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::{Finding, Remedy};
use catalyst_domain::risk::Rule;
use catalyst_ports::account::{AccountBook, AccountError, AccountSnapshot, BrokerPosition};
use catalyst_ports::order_gateway::OrderGateway as _;
use chrono::{DateTime, Utc};

use super::stage::Stage;

/// The account of the stage, which owes 400 shares of HSBC beside.
struct Owing(Arc<dyn AccountBook>);

fn owed() -> BrokerPosition {
    BrokerPosition {
        symbol: "5".parse().unwrap(),
        shares: Shares::new(400).unwrap(),
    }
}

#[async_trait]
impl AccountBook for Owing {
    async fn snapshot(&self) -> Result<AccountSnapshot, AccountError> {
        let account = self.0.snapshot().await?;
        Ok(AccountSnapshot {
            short: vec![owed()],
            ..account
        })
    }

    async fn executions_since(&self, at: DateTime<Utc>) -> Result<Vec<Execution>, AccountError> {
        self.0.executions_since(at).await
    }
}

#[tokio::test]
async fn shares_that_are_owed_forbid_entries_and_leave_nothing_else_without_its_stop() {
    let mut stage = Stage::monday();
    let calls = stage.purchase(100).await;
    stage.cycle("10:00", &calls).await.unwrap();
    stage.ports.account = Arc::new(Owing(Arc::clone(&stage.ports.account)));
    for ticket in stage.gateway.working().await.unwrap() {
        if ticket.id.leg() == Leg::Stop {
            stage.gateway.cancel(ticket.id).await.unwrap();
        }
    }

    stage.at("10:05");
    let swept = stage.guard("10:05").await;

    assert_eq!(stage.held_and_guarded().await, (100, 100));
    assert_eq!((swept.findings, swept.orders), (1, 1));
    let findings = stage.day().await.findings;
    let BrokerPosition { symbol, shares } = owed();
    assert_eq!(
        (findings[0].finding, findings[0].remedy),
        (Finding::ShortPosition { symbol, shares }, Remedy::AskOwner)
    );
    assert!(
        findings[0].evidence.contains("400 00005 owed"),
        "{findings:?}"
    );

    let sent = stage.submitted();
    let calls = stage.purchase(100).await;
    let ended = stage.cycle("10:30", &calls).await.unwrap();
    assert!(ended.refused.contains_key(&Rule::FindingsOpen), "{ended:?}");
    assert_eq!(stage.submitted(), sent);
}

#[tokio::test]
async fn an_account_that_owes_shares_is_not_flat_and_nothing_is_bought_back() {
    let mut stage = Stage::monday();
    stage.ports.account = Arc::new(Owing(Arc::clone(&stage.ports.account)));

    let outcome = run_flatten(&stage.ports, &stage.policy, &stage.rules).await;

    let left: Vec<String> = outcome
        .unwrap()
        .left
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        left,
        ["400 shares of 00005: owed, and bought back by nobody but the owner"]
    );
    assert_eq!(stage.submitted(), 0);
}
