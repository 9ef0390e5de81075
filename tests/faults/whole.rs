//! What must hold once nothing goes wrong any more, whatever did before.

use std::collections::BTreeSet;
use std::sync::Arc;

use catalyst_adapters_postgres::Book;
use catalyst_adapters_sim::faces::{SimAccount, SimGateway};
use catalyst_domain::order::Fill;
use catalyst_domain::reconcile::{guarded_shares, is_being_left};
use catalyst_domain::side::Side;
use catalyst_ports::account::AccountBook as _;
use catalyst_ports::journal::{Archive as _, Journal as _};
use catalyst_ports::order_gateway::OrderGateway as _;
use catalyst_testkit::builders::symbol;
use catalyst_tws_emulator::RequestKind;
use chrono::{DateTime, Utc};

use super::scene::Scene;

impl Scene {
    /// Nothing sent twice, journal and broker agree, every position is safe, the archive is whole.
    pub(super) async fn flaw(&self) -> Result<(), String> {
        self.told_the_truth()?;
        self.sent_once()?;
        self.agrees().await?;
        self.is_safe().await?;
        let verified = self.database.verify(None).await.unwrap();
        holds(verified.flaw.is_none(), || {
            format!("the archive: {:?}", verified.flaw)
        })
    }

    /// Shares ever bought, ever sold, and under a working stop now.
    pub(super) async fn came_to(&self) -> (u64, u64, u64) {
        let account = SimAccount::new(Arc::clone(&self.world));
        let told = account
            .executions_since(DateTime::<Utc>::MIN_UTC)
            .await
            .unwrap();
        let of = |side: Side| {
            let fills = told.iter().map(|one| &one.fill);
            let fills = fills.filter(|fill| fill.side == side);
            fills.map(|fill| fill.shares.count()).sum::<u64>()
        };
        let working = SimGateway::new(Arc::clone(&self.world))
            .working()
            .await
            .unwrap();
        let guarded = guarded_shares(symbol("700"), &working).count();
        (of(Side::Buy), of(Side::Sell), guarded)
    }

    fn told_the_truth(&self) -> Result<(), String> {
        let lies = self.lies.lock().unwrap();
        holds(lies.is_empty(), || lies.join("; "))
    }

    fn sent_once(&self) -> Result<(), String> {
        let mut names = BTreeSet::new();
        for sent in self.emulator.log() {
            let placed = sent.order.filter(|_| sent.kind == RequestKind::PlaceOrder);
            if let Some(name) = placed.and_then(|order| order.order_ref) {
                holds(names.insert(name.clone()), || {
                    format!("{name} was sent twice")
                })?;
            }
        }
        Ok(())
    }

    async fn agrees(&self) -> Result<(), String> {
        let account = Book::Account("DU1234567".to_owned());
        let journal = self
            .database
            .book(&account, self.world.now())
            .await
            .unwrap();
        let date = self.rules.calendar.date_of(self.world.now());
        let day = journal.day(date).await.unwrap();
        let lines = |fills: &[Fill]| {
            let line = |fill: &Fill| format!("{} {} at {}", fill.order, fill.shares, fill.price);
            let mut lines: Vec<String> = fills.iter().map(line).collect();
            lines.sort();
            lines
        };
        let truth = SimAccount::new(Arc::clone(&self.world));
        let told = truth
            .executions_since(DateTime::<Utc>::MIN_UTC)
            .await
            .unwrap();
        let fills: Vec<Fill> = told.into_iter().map(|one| one.fill).collect();
        let (kept, made) = (lines(&day.fills), lines(&fills));
        holds(kept == made, || {
            format!("journal has the fills {kept:?}, the broker {made:?}")
        })?;
        let bought = fills.iter().filter(|fill| fill.side == Side::Buy);
        let bought: u64 = bought.map(|fill| fill.shares.count()).sum();
        holds(bought <= self.ordered(), || {
            format!("{bought} shares bought")
        })?;
        let held = truth.snapshot().await.unwrap().positions;
        let held: Vec<_> = held.iter().map(|one| (one.symbol, one.shares)).collect();
        let known: Vec<_> = day
            .holdings
            .positions()
            .map(|one| (one.symbol, one.shares))
            .collect();
        holds(known == held, || {
            format!("journal holds {known:?}, the broker {held:?}")
        })?;
        holds(day.findings.is_empty(), || {
            format!("findings {:?}", day.findings)
        })?;
        let working = SimGateway::new(Arc::clone(&self.world))
            .working()
            .await
            .unwrap();
        for family in journal.unsettled().await.unwrap() {
            let is_at_work = working
                .iter()
                .any(|ticket| ticket.id.is_family_of(family.id));
            holds(is_at_work, || format!("fate of {} is not known", family.id))?;
        }
        Ok(())
    }

    async fn is_safe(&self) -> Result<(), String> {
        let working = SimGateway::new(Arc::clone(&self.world))
            .working()
            .await
            .unwrap();
        let account = SimAccount::new(Arc::clone(&self.world))
            .snapshot()
            .await
            .unwrap();
        for held in &account.positions {
            let guarded = guarded_shares(held.symbol, &working);
            let is_safe =
                guarded == held.shares || is_being_left(held.symbol, held.shares, &working);
            holds(is_safe, || {
                format!("{held:?}, {guarded} under a stop, {working:?}")
            })?;
        }
        for ticket in &working {
            let is_held = account
                .positions
                .iter()
                .any(|held| held.symbol == ticket.symbol);
            holds(is_held, || {
                format!("nothing is held and {ticket:?} is at work")
            })?;
        }
        Ok(())
    }
}

fn holds(condition: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if condition { Ok(()) } else { Err(otherwise()) }
}
