//! What must hold once a run has come to its end after a death.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyst_adapters_sim::faces::{SimAccount, SimGateway};
use catalyst_domain::order::Fill;
use catalyst_domain::reconcile::guarded_shares;
use catalyst_domain::side::Side;
use catalyst_ports::account::AccountBook as _;
use catalyst_ports::journal::{Archive as _, Journal as _};
use catalyst_ports::order_gateway::OrderGateway as _;
use chrono::{DateTime, TimeDelta, Utc};

use super::stand::{ORDERED, Stand};

/// One execution in the words of both sides: order, side, shares, price, fees.
type Deal = (String, &'static str, u64, String, String);

impl Stand {
    /// Guards until one says that all is well, with `soon` the first of them five seconds after the death, a minute apart; a broker that knows nothing of an order
    /// is believed after that.
    pub(crate) async fn recover(&self, what: &str, soon: bool) {
        if soon {
            let moment = self.world.now() + TimeDelta::seconds(5);
            self.gateway.advance_to(moment);
            let ended = self.guard();
            let is_known = matches!(ended.code, Some(0 | 4));
            assert!(is_known, "{what}: a guard right after it: {ended:?}");
            self.assert_sent_once(what);
        }
        self.later(2);
        let mut last = None;
        for _ in 0..3 {
            let ended = self.guard();
            if ended.code == Some(0) {
                return self.assert_whole(what).await;
            }
            last = Some(ended);
            self.later(1);
        }
        panic!("{what}: no guard ends well: {last:?}");
    }

    /// Nothing sent twice, journal and broker agree, every position is under its stop, the archive whole.
    pub(crate) async fn assert_whole(&self, what: &str) {
        self.assert_sent_once(what);
        let account = SimAccount::new(Arc::clone(&self.world));
        let told = account.executions_since(DateTime::<Utc>::MIN_UTC).await;
        let told: Vec<Fill> = told.unwrap().into_iter().map(|one| one.fill).collect();
        let bought = told.iter().filter(|fill| fill.side == Side::Buy);
        let bought: u64 = bought.map(|fill| fill.shares.count()).sum();
        assert!(bought <= ORDERED, "{what}: {bought} shares bought");

        let (database, journal) = self.place.open(&self.rules).await;
        let date = self.rules.calendar.date_of(self.world.now());
        let day = journal.day(date).await.unwrap();
        assert_eq!(deals(&day.fills), deals(&told), "{what}");
        assert!(day.findings.is_empty(), "{what}: {:?}", day.findings);

        let positions = account.snapshot().await.unwrap().positions;
        let gateway = SimGateway::new(Arc::clone(&self.world));
        let working = gateway.working().await.unwrap();
        let known = day
            .holdings
            .positions()
            .map(|held| (held.symbol, held.shares));
        let held = positions.iter().map(|held| (held.symbol, held.shares));
        assert_eq!(
            known.collect::<Vec<_>>(),
            held.collect::<Vec<_>>(),
            "{what}"
        );
        for held in positions {
            let guarded = guarded_shares(held.symbol, &working);
            assert_eq!(
                guarded, held.shares,
                "{what}: {held:?} is not under its stop"
            );
        }
        for family in journal.unsettled().await.unwrap() {
            let is_at_work = working
                .iter()
                .any(|ticket| ticket.id.is_family_of(family.id));
            assert!(is_at_work, "{what}: fate of {} is not known", family.id);
        }
        assert_eq!(database.verify(None).await.unwrap().flaw, None, "{what}");
    }

    fn assert_sent_once(&self, what: &str) {
        let mut times: BTreeMap<String, u32> = BTreeMap::new();
        for name in self
            .gateway
            .log()
            .into_iter()
            .filter_map(|one| one.order?.order_ref)
        {
            *times.entry(name).or_default() += 1;
        }
        let twice: Vec<_> = times.iter().filter(|(_, times)| **times > 1).collect();
        assert!(twice.is_empty(), "{what}: sent more than once: {twice:?}");
    }
}

fn deals(fills: &[Fill]) -> Vec<Deal> {
    let mut deals: Vec<Deal> = fills
        .iter()
        .map(|fill| {
            let (price, fees) = (fill.price.to_string(), fill.fees.to_string());
            (
                fill.order.to_string(),
                fill.side.as_str(),
                fill.shares.count(),
                price,
                fees,
            )
        })
        .collect();
    deals.sort();
    deals
}
