//! The walk over the whole chain: every row at its place, sealed over itself and the row before.

use catalyst_ports::journal::{ChainHead, Flaw, FlawKind, Seal, Verification};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait as _};

use super::Store;
use crate::entity::{AnyRow, BEGINNING, chain_head, rows_between, rows_outside};
use crate::trouble::is_outage;

/// Places looked at together, so that memory stays flat whatever the length of the chain.
const STRETCH: i64 = 2_000;

/// Where the walk stands.
struct Walk {
    /// The place before the next.
    last: i64,
    /// The seal at that place.
    seal: Vec<u8>,
    /// The seal that must be met on the way.
    wanted: Option<Seal>,
}

impl Store {
    /// The end of the chain as its head says.
    pub(crate) async fn head(&self) -> Result<ChainHead, DbErr> {
        head(&self.db).await
    }

    /// The place of the last row.
    pub(crate) async fn last_row(&self) -> Result<i64, DbErr> {
        last_row(&self.db).await
    }

    /// Walks the chain to its first flaw or its end.
    pub(crate) async fn verify(&self, wanted: Option<Seal>) -> Result<Verification, DbErr> {
        let db = self.reading().await?;
        let head = match head(&db).await {
            Ok(head) => head,
            Err(failure) if is_outage(&failure) => return Err(failure),
            Err(_unreadable) => return Ok(without_head()),
        };
        let mut walk = Walk {
            last: 0,
            seal: BEGINNING.to_vec(),
            wanted: wanted.filter(|seal| seal.0 != BEGINNING),
        };
        let flaw = walk.walk(&db, head).await?;
        Ok(Verification { head, flaw })
    }
}

/// The place of the last row.
pub(super) async fn last_row(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    Ok(only_head(db).await?.map_or(0, |head| head.row_id))
}

async fn only_head(db: &impl ConnectionTrait) -> Result<Option<chain_head::Model>, DbErr> {
    chain_head::Entity::find().one(db).await
}

pub(super) async fn head(db: &impl ConnectionTrait) -> Result<ChainHead, DbErr> {
    let row = only_head(db)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("the head of the chain".to_owned()))?;
    let seal = <[u8; 32]>::try_from(row.hash.as_slice());
    let seal = seal.map_err(|_length| DbErr::Type("the head's seal is not 32 bytes".to_owned()))?;
    let rows = u64::try_from(row.row_id)
        .map_err(|_negative| DbErr::Type("the head's place is negative".to_owned()))?;
    Ok(ChainHead {
        rows,
        seal: Seal(seal),
    })
}

impl Walk {
    async fn walk(
        &mut self,
        db: &impl ConnectionTrait,
        head: ChainHead,
    ) -> Result<Option<Flaw>, DbErr> {
        let end = i64::try_from(head.rows).unwrap_or(i64::MAX);
        while self.last < end {
            let first = self.last + 1;
            let until = end.min(self.last + STRETCH);
            let mut rows = match rows_between(db, first, until).await {
                Ok(rows) => rows,
                Err(failure) if is_outage(&failure) => return Err(failure),
                Err(_unreadable) => return self.find_unreadable(db, until).await,
            };
            rows.sort_by_key(AnyRow::id);
            for at_one_place in rows.chunk_by(|one, next| one.id() == next.id()) {
                if let Some(flaw) = self.step(at_one_place) {
                    return Ok(Some(flaw));
                }
            }
            if self.last < until {
                return Ok(Some(self.missing()));
            }
        }
        if self.seal != head.seal.0 {
            return Ok(Some(Flaw {
                kind: FlawKind::HeadMoved,
                row: self.last,
                table: None,
            }));
        }
        if let Some(row) = rows_outside(db, end).await? {
            return Ok(Some(slipped_in(&row)));
        }
        Ok(self.wanted.map(|_seal| Flaw {
            kind: FlawKind::SealUnknown,
            row: self.last,
            table: None,
        }))
    }

    /// Goes on row by row to the first that holds what its column cannot, which no writer has written.
    async fn find_unreadable(
        &mut self,
        db: &impl ConnectionTrait,
        until: i64,
    ) -> Result<Option<Flaw>, DbErr> {
        while self.last < until {
            let place = self.last + 1;
            let rows = match rows_between(db, place, place).await {
                Ok(rows) => rows,
                Err(failure) if is_outage(&failure) => return Err(failure),
                Err(_unreadable) => return Ok(Some(Self::altered(place, None))),
            };
            if rows.is_empty() {
                return Ok(Some(self.missing()));
            }
            if let Some(flaw) = self.step(&rows) {
                return Ok(Some(flaw));
            }
        }
        Ok(None)
    }

    const fn altered(row: i64, table: Option<&'static str>) -> Flaw {
        Flaw {
            kind: FlawKind::Altered,
            row,
            table,
        }
    }

    /// Takes the row of the next place. Of several only the one that fits belongs there.
    fn step(&mut self, rows: &[AnyRow]) -> Option<Flaw> {
        let fits = |row: &&AnyRow| row.hash() == row.seal(&self.seal);
        let row = rows.iter().find(fits).or_else(|| rows.first())?;
        let next = self.last + 1;
        if row.id() > next {
            return Some(self.missing());
        }
        if let Some(other) = rows.iter().find(|other| *other != row) {
            return Some(slipped_in(other));
        }
        if !fits(&row) {
            return Some(Self::altered(next, Some(row.table())));
        }
        self.last = next;
        self.seal = row.hash().to_vec();
        let is_wanted = |wanted: &Seal| wanted.0 == *self.seal;
        if self.wanted.as_ref().is_some_and(is_wanted) {
            self.wanted = None;
        }
        None
    }

    const fn missing(&self) -> Flaw {
        Flaw {
            kind: FlawKind::Missing,
            row: self.last + 1,
            table: None,
        }
    }
}

/// A chain whose head is gone or holds no seal.
const fn without_head() -> Verification {
    Verification {
        head: ChainHead {
            rows: 0,
            seal: Seal(BEGINNING),
        },
        flaw: Some(Flaw {
            kind: FlawKind::HeadMoved,
            row: 0,
            table: None,
        }),
    }
}

fn slipped_in(row: &AnyRow) -> Flaw {
    Flaw {
        kind: FlawKind::Inserted,
        row: row.id(),
        table: Some(row.table()),
    }
}
