//! Order families: those of one day and those without an end, of whatever day.

use std::collections::BTreeMap;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::tick::TickTable;
use catalyst_ports::journal::{Family, IntentRecord};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, DbErr};

use super::read::{ReadError, ending_rows, intent_of, intents_where, without_end};
use crate::entity::{order_intent, settlement};
use crate::translate::note::ending_of;

/// What the families on one day are told from.
#[derive(Debug, Clone)]
pub(super) struct FamilyRows {
    date: String,
    /// By place.
    intents: BTreeMap<i64, order_intent::Model>,
    endings: Vec<settlement::Model>,
    /// The families that were told before, by place.
    told: BTreeMap<i64, IntentRecord>,
}

impl FamilyRows {
    /// Those of `book`: the families of `date`, and those of other days without an end.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        book: i64,
        date: TradingDate,
    ) -> Result<Self, DbErr> {
        let date = date.to_string();
        // Asked apart, since no engine finds both through an index when they are asked together.
        let mut intents = intents_where(db, book, without_end(db, book).await?).await?;
        let of_day = Condition::all().add(order_intent::Column::Date.eq(date.as_str()));
        intents.extend(intents_where(db, book, of_day.clone()).await?);
        Ok(Self {
            date,
            intents: intents.into_iter().map(|row| (row.id, row)).collect(),
            endings: ending_rows(db, book, of_day).await?,
            told: BTreeMap::new(),
        })
    }

    /// One more family.
    pub(super) fn add(&mut self, row: &order_intent::Model) {
        self.intents.insert(row.id, row.clone());
    }

    /// One more ending.
    pub(super) fn add_ending(&mut self, row: &settlement::Model) {
        self.endings.push(row.clone());
    }

    /// The families of the day and those of earlier days without an end, oldest first.
    pub(super) fn told(&mut self, ticks: &TickTable) -> Result<Vec<Family>, ReadError> {
        let endings = last_endings(&self.endings);
        let mut families = Vec::new();
        for row in self.intents.values().filter(|row| row.date <= self.date) {
            let ending = endings.get(row.name.as_str());
            if row.date == self.date || ending.is_none() {
                families.push(Family {
                    intent: told_once(&mut self.told, row, ticks)?,
                    ending: ending.map(|row| ending_of(row)).transpose()?,
                });
            }
        }
        Ok(families)
    }

    /// The families without an end, oldest first.
    pub(super) fn unsettled(&mut self, ticks: &TickTable) -> Result<Vec<IntentRecord>, ReadError> {
        let endings = last_endings(&self.endings);
        let open = self.intents.values();
        let open = open.filter(|row| !endings.contains_key(row.name.as_str()));
        open.map(|row| told_once(&mut self.told, row, ticks))
            .collect()
    }

    /// The place of the oldest family without an end.
    pub(super) fn first_open(&self) -> Option<i64> {
        let endings = last_endings(&self.endings);
        let mut open = self.intents.values();
        let oldest = open.find(|row| !endings.contains_key(row.name.as_str()));
        oldest.map(|row| row.id)
    }
}

/// The last of `endings` of each family, by its name.
fn last_endings(endings: &[settlement::Model]) -> BTreeMap<&str, &settlement::Model> {
    let by_name = endings.iter().map(|row| (row.order_name.as_str(), row));
    by_name.collect()
}

/// The family that `row` keeps, read at the first time: its row never changes.
fn told_once(
    told: &mut BTreeMap<i64, IntentRecord>,
    row: &order_intent::Model,
    ticks: &TickTable,
) -> Result<IntentRecord, ReadError> {
    if let Some(family) = told.get(&row.id) {
        return Ok(family.clone());
    }
    let family = intent_of(row, ticks)?;
    told.insert(row.id, family.clone());
    Ok(family)
}
