//! The order families of one symbol, each with what the broker said and what it came to.

use std::collections::BTreeMap;

use catalyst_domain::account::{ExecutionBook, HoldingPeriod, WriteOff, holding_periods};
use catalyst_domain::order::{ClientOrderId, Execution, OrderPlan};
use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{FamilyEnding, FamilyResult, IntentRecord, StoryEvent, StoryFamily};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::position::result_of;
use crate::entity::{execution, order_event, order_intent};
use crate::store::MarketRules;
use crate::store::executed::executions_where;
use crate::store::holdings::written_off_since;
use crate::store::read::{ReadError, endings_where, intent_of};
use crate::translate::cell::{Place, Unreadable};

/// What is kept about a symbol's orders, before it is told family by family.
struct Kept {
    intents: Vec<(i64, IntentRecord)>,
    endings: BTreeMap<String, FamilyEnding>,
    events: Vec<StoryEvent>,
    executions: Vec<Execution>,
    positions: Vec<HoldingPeriod>,
}

/// Every family of `symbol` in `book`, oldest first.
pub(super) async fn families_of(
    db: &impl ConnectionTrait,
    rules: &MarketRules,
    book: i64,
    symbol: Symbol,
) -> Result<Vec<StoryFamily>, ReadError> {
    let executions = counting(db, book, symbol).await?;
    let fills = executions.iter().map(|one| one.fill.clone()).collect();
    let written_off = written_off_since(db, rules, book, 0).await?;
    let written_off = written_off.iter().filter(|one| one.symbol == symbol);
    let written_off = written_off.map(|one| WriteOff {
        at: one.at,
        to: one.to,
    });
    let kept = Kept {
        intents: intents(db, rules, book, symbol).await?,
        endings: endings_where(
            db,
            book,
            Condition::all().add(order_intent::Column::Symbol.eq(symbol.as_str())),
        )
        .await?,
        events: events(db, book, symbol).await?,
        executions,
        positions: holding_periods(fills, written_off.collect(), &rules.calendar),
    };
    kept.intents
        .iter()
        .map(|(row, intent)| kept.told(*row, intent, rules))
        .collect()
}

impl Kept {
    fn told(
        &self,
        row: i64,
        intent: &IntentRecord,
        rules: &MarketRules,
    ) -> Result<StoryFamily, ReadError> {
        let id = intent.id;
        let of_family = |one: &&Execution| one.fill.order.is_family_of(id);
        let executions: Vec<Execution> =
            self.executions.iter().filter(of_family).cloned().collect();
        let events = self.events.iter();
        let result = match intent.plan {
            _ if executions.is_empty() => FamilyResult::Nothing,
            OrderPlan::Bracket(_) => result_of(id, &self.positions, rules.currency)?,
            OrderPlan::Exit(_) | OrderPlan::Protect(_) => FamilyResult::OfAnother,
        };
        Ok(StoryFamily {
            row,
            id,
            plan: intent.plan,
            reason: intent.reason.clone(),
            at: intent.at,
            ending: self.endings.get(&id.to_string()).copied(),
            result,
            others: self.others(intent),
            events: events
                .filter(|event| event.order.is_family_of(id))
                .cloned()
                .collect(),
            executions,
        })
    }

    fn others(&self, asked: &IntentRecord) -> Vec<ClientOrderId> {
        let own = |position: &&HoldingPeriod| is_part(position, asked);
        let positions: Vec<&HoldingPeriod> = self.positions.iter().filter(own).collect();
        let is_other = |intent: &&IntentRecord| {
            intent.id != asked.id && positions.iter().any(|one| is_part(one, intent))
        };
        let intents = self.intents.iter().map(|(_, intent)| intent);
        intents.filter(is_other).map(|intent| intent.id).collect()
    }
}

/// A purchase is part of the position that its fills are in; a sale or protection also of the one
/// that was held when it was sent, filled or not.
fn is_part(position: &HoldingPeriod, intent: &IntentRecord) -> bool {
    position.has(intent.id)
        || match intent.plan {
            OrderPlan::Bracket(_) => false,
            OrderPlan::Exit(_) | OrderPlan::Protect(_) => position.was_held_at(intent.at),
        }
}

async fn intents(
    db: &impl ConnectionTrait,
    rules: &MarketRules,
    book: i64,
    symbol: Symbol,
) -> Result<Vec<(i64, IntentRecord)>, ReadError> {
    let rows = order_intent::Entity::find()
        .filter(order_intent::Column::BookId.eq(book))
        .filter(order_intent::Column::Symbol.eq(symbol.as_str()))
        .order_by_asc(order_intent::Column::Id)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id, intent_of(&row, &rules.ticks)?)))
        .collect()
}

async fn events(
    db: &impl ConnectionTrait,
    book: i64,
    symbol: Symbol,
) -> Result<Vec<StoryEvent>, ReadError> {
    let rows = order_event::Entity::find()
        .filter(order_event::Column::BookId.eq(book))
        .filter(order_event::Column::Symbol.eq(symbol.as_str()))
        .order_by_asc(order_event::Column::Id)
        .all(db)
        .await?;
    let events: Result<_, Unreadable> = rows.into_iter().map(event_of).collect();
    Ok(events?)
}

pub(in crate::store) fn event_of(row: order_event::Model) -> Result<StoryEvent, Unreadable> {
    let place = Place {
        table: "order_events",
        id: row.id,
    };
    let price = row
        .price
        .map(|price| Price::new(price.0).map_err(|why| place.refuse("price", price.0, why)));
    Ok(StoryEvent {
        order: place.text("order_name", &row.order_name)?,
        side: place.text("side", &row.side)?,
        price: price.transpose()?,
        shares: place.shares("shares", row.shares)?,
        filled: place.shares("filled", row.filled)?,
        at: place.moment("at", row.at)?,
        status: row.status,
    })
}

/// The executions of `symbol` that count, in the order they happened.
async fn counting(
    db: &impl ConnectionTrait,
    book: i64,
    symbol: Symbol,
) -> Result<Vec<Execution>, ReadError> {
    let of_symbol = Condition::all().add(execution::Column::Symbol.eq(symbol.as_str()));
    let mut kept = ExecutionBook::empty();
    let mut told = BTreeMap::new();
    for one in executions_where(db, book, of_symbol).await? {
        told.insert(one.fill.execution.clone(), one.clone());
        kept.keep(one);
    }
    let fills = kept.fills().into_iter();
    Ok(fills
        .filter_map(|fill| told.remove(&fill.execution))
        .collect())
}
