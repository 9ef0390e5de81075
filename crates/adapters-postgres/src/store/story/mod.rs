//! Why something happened: order families with what they made, and the runs that sent them.

mod families;
mod position;
mod run;

use catalyst_domain::order::{ClientOrderId, CycleId, Leg};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{Story, Subject};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::read::ReadError;
use super::{MarketRules, Store};
use crate::entity::{cycle, order_intent};
use crate::translate::cell::{Place, Unreadable};
pub(super) use families::event_of;
use families::families_of;
use run::{last_runs_about, run_of};

impl Store {
    /// What the main book keeps about `subject`; `None` when that is nothing.
    pub(crate) async fn story(&self, subject: Subject) -> Result<Option<Story>, ReadError> {
        let Some(book) = self.main_book().await? else {
            return Ok(None);
        };
        let db = self.reading().await?;
        let story = match subject {
            Subject::Order(order) => of_order(&db, &self.rules, book, order).await?,
            Subject::Symbol(symbol) => of_symbol(&db, &self.rules, book, symbol).await?,
            Subject::Cycle(cycle) => of_cycle(&db, &self.rules, book, cycle).await?,
        };
        db.commit().await?;
        Ok(story)
    }
}

async fn of_order(
    db: &impl ConnectionTrait,
    rules: &MarketRules,
    book: i64,
    order: ClientOrderId,
) -> Result<Option<Story>, ReadError> {
    let legs = [Leg::Entry, Leg::Stop, Leg::Target, Leg::Exit];
    let names = legs.map(|leg| order.sibling(leg).to_string());
    let row = order_intent::Entity::find()
        .filter(order_intent::Column::BookId.eq(book))
        .filter(order_intent::Column::Name.is_in(names))
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let families = families_of(db, rules, book, symbol_of(&row)?).await?;
    let is_asked = |id: ClientOrderId| id.is_family_of(order);
    let (asked, others): (Vec<_>, Vec<_>) = families
        .into_iter()
        .filter(|family| is_asked(family.id) || family.others.iter().any(|id| is_asked(*id)))
        .partition(|family| is_asked(family.id));
    let mut cycles = Vec::new();
    if let Some(row) = run_named(db, book, order.cycle()).await? {
        cycles.push(run_of(db, row).await?);
    }
    Ok(Some(Story {
        families: asked.into_iter().chain(others).collect(),
        cycles,
    }))
}

async fn of_symbol(
    db: &impl ConnectionTrait,
    rules: &MarketRules,
    book: i64,
    symbol: Symbol,
) -> Result<Option<Story>, ReadError> {
    let mut families = families_of(db, rules, book, symbol).await?;
    families.reverse();
    let mut cycles = Vec::new();
    for row in last_runs_about(db, book, symbol).await? {
        cycles.push(run_of(db, row).await?);
    }
    let nothing = families.is_empty() && cycles.is_empty();
    Ok((!nothing).then_some(Story { families, cycles }))
}

async fn of_cycle(
    db: &impl ConnectionTrait,
    rules: &MarketRules,
    book: i64,
    cycle: CycleId,
) -> Result<Option<Story>, ReadError> {
    let Some(row) = run_named(db, book, cycle).await? else {
        return Ok(None);
    };
    let sent = order_intent::Entity::find()
        .filter(order_intent::Column::CycleId.eq(row.id))
        .order_by_asc(order_intent::Column::Id)
        .all(db)
        .await?;
    let symbols: Result<Vec<Symbol>, Unreadable> = sent.iter().map(symbol_of).collect();
    let mut symbols = symbols?;
    symbols.sort_unstable();
    symbols.dedup();
    let mut families = Vec::new();
    for symbol in symbols {
        families.extend(families_of(db, rules, book, symbol).await?);
    }
    families.retain(|family| sent.iter().any(|row| row.id == family.row));
    families.sort_by_key(|family| family.row);
    let cycles = vec![run_of(db, row).await?];
    Ok(Some(Story { families, cycles }))
}

async fn run_named(
    db: &impl ConnectionTrait,
    book: i64,
    name: CycleId,
) -> Result<Option<cycle::Model>, DbErr> {
    cycle::Entity::find()
        .filter(cycle::Column::BookId.eq(book))
        .filter(cycle::Column::Name.eq(name.to_string()))
        .one(db)
        .await
}

fn symbol_of(row: &order_intent::Model) -> Result<Symbol, Unreadable> {
    let place = Place {
        table: "order_intents",
        id: row.id,
    };
    place.text("symbol", &row.symbol)
}
