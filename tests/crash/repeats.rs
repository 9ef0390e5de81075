//! What a broker may tell twice, late, out of order or wrong at first: the journal of such a day ends
//! like that of a day told once.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use catalyst_adapters_sim::faces::SimAccount;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, Execution, ExecutionId, FeesAre};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::account::{AccountBook, AccountError, AccountSnapshot};
use catalyst_ports::journal::{Archive as _, DayJournal, FamilyEnding};
use catalyst_testkit::builders::hkd;
use chrono::{DateTime, Utc};

use super::engine::Engine;
use super::scene::{Scene, departure, unharmed};

/// How executions are told.
#[derive(Debug, Clone, Copy)]
enum Telling {
    Plainly,
    /// Each twice, the last first.
    TwiceAndBackwards,
    /// First with an estimate of the fees, afterwards with what they were.
    FeesLater,
    /// First at a wrong price, afterwards with what corrects it.
    Corrected,
}

struct Teller {
    inner: SimAccount,
    telling: Telling,
    known: Mutex<BTreeSet<String>>,
}

impl Teller {
    fn tell(&self, one: Execution) -> Vec<Execution> {
        let is_new = self
            .known
            .lock()
            .unwrap()
            .insert(one.fill.execution.to_string());
        match self.telling {
            Telling::TwiceAndBackwards => vec![one.clone(), one],
            Telling::FeesLater if is_new => vec![estimated(one)],
            Telling::Plainly | Telling::FeesLater => vec![one],
            Telling::Corrected if is_new => vec![wrong(one)],
            Telling::Corrected => vec![wrong(one.clone()), correction(one)],
        }
    }
}

fn estimated(mut one: Execution) -> Execution {
    one.fees = FeesAre::Estimated;
    one.fill.fees = hkd("1");
    one
}

fn wrong(mut one: Execution) -> Execution {
    one.fill.price = "1".parse().unwrap();
    one
}

fn correction(mut one: Execution) -> Execution {
    one.replaces = Some(one.fill.execution.clone());
    one.fill.execution = ExecutionId::new(format!("{}/corrected", one.fill.execution));
    one
}

#[async_trait]
impl AccountBook for Teller {
    async fn snapshot(&self) -> Result<AccountSnapshot, AccountError> {
        self.inner.snapshot().await
    }

    async fn executions_since(
        &self,
        moment: DateTime<Utc>,
    ) -> Result<Vec<Execution>, AccountError> {
        let plain = self.inner.executions_since(moment).await?;
        let mut told: Vec<_> = plain.into_iter().flat_map(|one| self.tell(one)).collect();
        if matches!(self.telling, Telling::TwiceAndBackwards) {
            told.reverse();
        }
        Ok(told)
    }
}

/// What a day comes to, whatever its executions are called.
#[derive(Debug, PartialEq)]
struct Told {
    fills: Vec<(ClientOrderId, Shares, Price, Money, DateTime<Utc>)>,
    cash: Option<Money>,
    endings: Vec<(ClientOrderId, Option<FamilyEnding>)>,
    findings: usize,
    is_flat: bool,
}

fn what_it_came_to(day: &DayJournal) -> Told {
    let fills = day.fills.iter();
    let families = day.families.iter();
    Told {
        fills: fills
            .map(|fill| (fill.order, fill.shares, fill.price, fill.fees, fill.at))
            .collect(),
        cash: day.cash_expected,
        endings: families
            .map(|family| (family.intent.id, family.ending))
            .collect(),
        findings: day.findings.len(),
        is_flat: day.holdings.positions().next().is_none(),
    }
}

/// A purchase, an exit and a guard.
async fn lived(telling: Telling) -> Told {
    let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
    let scene = Scene::new(&rules, &Engine::Sqlite, 1).await;
    let teller = Arc::new(Teller {
        inner: scene.account(),
        telling,
        known: Mutex::default(),
    });
    let mut life = scene.life_with(unharmed(), teller).await;
    let calls = scene.purchase(&life).await;
    scene
        .cycle(&mut life, "10:00", &calls)
        .await
        .unwrap()
        .unwrap();
    scene.later(5);
    let left = scene.cycle(&mut life, "10:30", &departure()).await;
    left.unwrap().unwrap();
    scene.later(2);
    scene.guard(&life, "10:40").await.unwrap().unwrap();
    let date = rules.calendar.date_of(scene.world.now());
    let day = life.ports.journal.day(date).await.unwrap();
    assert_eq!(life.database.verify(None).await.unwrap().flaw, None);
    what_it_came_to(&day)
}

#[tokio::test]
async fn a_day_ends_the_same_however_its_executions_are_told() {
    let plain = lived(Telling::Plainly).await;

    assert!(plain.fills.len() > 1 && plain.is_flat, "{plain:?}");
    for telling in [
        Telling::TwiceAndBackwards,
        Telling::FeesLater,
        Telling::Corrected,
    ] {
        assert_eq!(lived(telling).await, plain, "{telling:?}");
    }
}
