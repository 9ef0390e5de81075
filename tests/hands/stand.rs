//! A practice gateway at which something is held, in the owner's hands.

use std::collections::BTreeSet;
use std::sync::Arc;

use catalyst_adapters_sim::faces::SimAccount;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::order::Fill;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::side::Side;
use catalyst_ports::account::AccountBook as _;
use catalyst_tws_emulator::{EmulatorConfig, RequestKind};
use chrono::{DateTime, Utc};

use super::phases::purchase_before;
use crate::days::stage::clock;
use crate::kill::journal::Engine;
use crate::kill::stand::{ORDERED, Stand};

/// Everything left, without going on for longer than one pass.
pub(super) const FLATTEN: [&str; 5] = ["flatten", "--reason", "for the test", "--wait", "0"];

impl Stand {
    /// The program with a position of 200 shares, bought at ten o'clock of `date`.
    pub(super) async fn holding(date: &str) -> Self {
        let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
        let at = rules.calendar.at(date.parse().unwrap(), clock("10:00"));
        Self::holding_since(&rules, at).await
    }

    /// The same, bought as late as can be before `moment`.
    pub(super) async fn holding_before(moment: DateTime<Utc>) -> Self {
        let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
        let at = purchase_before(&rules.calendar, moment);
        Self::holding_since(&rules, at).await
    }

    async fn holding_since(rules: &Arc<Rulebook>, at: DateTime<Utc>) -> Self {
        let date = rules.calendar.date_of(at).to_string();
        let config = EmulatorConfig::paper(([127, 0, 0, 1], 0).into());
        let stand = Self::on(rules, &Engine::Sqlite, 0, (&date, config)).await;
        stand.gateway.advance_to(at);
        stand.write_purchase("buy").await;
        let bought = stand.cycle("buy");
        assert_eq!(bought.code, Some(0), "{bought:?}");
        assert_eq!(stand.held().await, ORDERED, "{bought:?}");
        stand
    }

    /// Shares at the broker.
    pub(super) async fn held(&self) -> u64 {
        let account = SimAccount::new(Arc::clone(&self.world)).snapshot().await;
        let positions = account.unwrap().positions;
        positions.iter().map(|held| held.shares.count()).sum()
    }

    /// True while everything is still to be left.
    pub(super) fn asked(&self) -> bool {
        self.program.home().join("state/catalyst/flatten").exists()
    }

    /// Everything that the broker has sold.
    pub(super) async fn sales(&self) -> Vec<Fill> {
        let account = SimAccount::new(Arc::clone(&self.world));
        let told = account.executions_since(DateTime::<Utc>::MIN_UTC).await;
        let fills = told.unwrap().into_iter().map(|one| one.fill);
        fills.filter(|fill| fill.side == Side::Sell).collect()
    }

    /// All that was bought is sold, and nothing was sent twice.
    pub(super) async fn assert_sold_once(&self, what: &str) {
        let sales = self.sales().await;
        let sold: u64 = sales.iter().map(|fill| fill.shares.count()).sum();
        assert_eq!(sold, ORDERED, "{what}");
        self.nothing_was_sent_twice(what);
    }

    pub(super) fn nothing_was_sent_twice(&self, what: &str) {
        let sent = self.gateway.log().into_iter();
        let placed = sent.filter(|one| one.kind == RequestKind::PlaceOrder);
        let mut names = BTreeSet::new();
        for name in placed.filter_map(|one| one.order?.order_ref) {
            assert!(names.insert(name.clone()), "{what}: {name} was sent twice");
        }
    }
}
