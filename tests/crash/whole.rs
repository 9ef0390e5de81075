//! What must hold at the end, whatever happened on the way.

use std::collections::BTreeSet;

use catalyst_domain::order::Fill;
use catalyst_domain::reconcile::{guarded_shares, is_being_left};
use catalyst_domain::side::Side;
use catalyst_ports::account::AccountBook as _;
use catalyst_ports::journal::Archive as _;
use catalyst_ports::order_gateway::OrderGateway as _;
use chrono::{DateTime, Utc};

use super::scene::{Life, ORDERED, Scene};

impl Scene {
    /// Nothing sent twice, journal and broker agree, every position is safe, the archive is whole.
    /// `life` has ended well; `what` is said when something does not hold.
    pub(super) async fn assert_whole(&self, life: &Life, what: &str) {
        self.assert_sent_once(what).await;
        self.assert_agreed(life, what).await;
        self.assert_safe(what).await;
        let verified = life.database.verify(None).await.unwrap();
        assert_eq!(verified.flaw, None, "{what}");
    }

    async fn assert_sent_once(&self, what: &str) {
        let sent = self.sent.lock().unwrap().clone();
        let names: BTreeSet<_> = sent.iter().collect();
        assert_eq!(names.len(), sent.len(), "{what}: {sent:?}");
        let bought: u64 = self
            .fills()
            .await
            .iter()
            .filter(|fill| fill.side == Side::Buy)
            .map(|fill| fill.shares.count())
            .sum();
        assert!(bought <= ORDERED, "{what}: {bought} shares bought");
    }

    async fn assert_agreed(&self, life: &Life, what: &str) {
        let date = self.rules.calendar.date_of(self.world.now());
        let day = life.ports.journal.day(date).await.unwrap();
        let by_name = |mut fills: Vec<Fill>| {
            fills.sort_by_key(|fill| fill.execution.to_string());
            fills
        };
        assert_eq!(
            by_name(day.fills.clone()),
            by_name(self.fills().await),
            "{what}"
        );
        let account = self.account().snapshot().await.unwrap();
        let held: Vec<_> = account
            .positions
            .iter()
            .map(|position| (position.symbol, position.shares))
            .collect();
        let known: Vec<_> = day
            .holdings
            .positions()
            .map(|position| (position.symbol, position.shares))
            .collect();
        assert_eq!(known, held, "{what}");
        assert!(day.findings.is_empty(), "{what}: {:?}", day.findings);
        let working = self.gateway().working().await.unwrap();
        for family in life.ports.journal.unsettled().await.unwrap() {
            let is_at_work = working
                .iter()
                .any(|ticket| ticket.id.is_family_of(family.id));
            assert!(is_at_work, "{what}: fate of {} is not known", family.id);
        }
    }

    async fn assert_safe(&self, what: &str) {
        let working = self.gateway().working().await.unwrap();
        for held in self.account().snapshot().await.unwrap().positions {
            let guarded = guarded_shares(held.symbol, &working);
            let is_safe =
                guarded == held.shares || is_being_left(held.symbol, held.shares, &working);
            assert!(is_safe, "{what}: {held:?}, {guarded} under a stop");
        }
    }

    /// All that ever changed hands.
    pub(super) async fn fills(&self) -> Vec<Fill> {
        let account = self.account();
        let told = account.executions_since(DateTime::<Utc>::MIN_UTC).await;
        let told = told.unwrap();
        told.into_iter().map(|one| one.fill).collect()
    }
}
