//! What was written last in the main book: each answer is one row, found by an index.

use catalyst_domain::calendar::TradingDate;
use catalyst_ports::journal::{LastRun, Latest, SwitchNote};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::Store;
use super::read::ReadError;
use super::switch::SwitchRows;
use crate::entity::{cycle, cycle_end, halt};
use crate::translate::cell::{Place, Unreadable};
use crate::translate::note::state_of;

impl Store {
    /// The last run of the main book, and the moves of its halt switch that count on `date`.
    pub(crate) async fn latest(&self, date: TradingDate) -> Result<Latest, ReadError> {
        let Some(book) = self.main_book().await? else {
            return Ok(Latest::nothing());
        };
        let db = self.reading().await?;
        let switch = SwitchRows::load(&db, book, date).await?;
        let (standing, today) = switch.counting();
        let moves = standing.into_iter().chain(today).map(note_of);
        let latest = Latest {
            run: last_run(&db, book).await?,
            moves: moves.collect::<Result<_, Unreadable>>()?,
        };
        db.commit().await?;
        Ok(latest)
    }
}

fn note_of(row: &halt::Model) -> Result<SwitchNote, Unreadable> {
    let place = Place {
        table: "halts",
        id: row.id,
    };
    Ok(SwitchNote {
        state: state_of(row)?,
        reason: row.reason.clone(),
        at: place.moment("at", row.at)?,
    })
}

async fn last_run(db: &impl ConnectionTrait, book: i64) -> Result<Option<LastRun>, ReadError> {
    let last = cycle::Entity::find()
        .filter(cycle::Column::BookId.eq(book))
        .order_by_desc(cycle::Column::Date)
        .order_by_desc(cycle::Column::Id)
        .one(db)
        .await?;
    let Some(row) = last else { return Ok(None) };
    Ok(Some(run_of(db, row).await?))
}

/// The run of `row`, with its end where it has one.
pub(super) async fn run_of(
    db: &impl ConnectionTrait,
    row: cycle::Model,
) -> Result<LastRun, ReadError> {
    let end = cycle_end::Entity::find()
        .filter(cycle_end::Column::CycleId.eq(row.id))
        .one(db)
        .await?;
    let place = Place {
        table: "cycles",
        id: row.id,
    };
    Ok(LastRun {
        begun: place.moment("at", row.at)?,
        name: row.name,
        ending: end.map(|end| end.ending),
    })
}
