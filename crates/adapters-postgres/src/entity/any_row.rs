//! A row of any table, as a commit and the chain see it: the same few questions, whatever it holds.

use std::fmt::{self, Write as _};

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction,
    DbErr, EntityTrait, IdenStatic as _, IntoActiveModel as _, Iterable as _, ModelTrait,
    QueryFilter as _, Value,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    alert, alert_end, batch, book, commission, comparison, cycle, cycle_end, decision, execution,
    finding, halt, limit_change, model_usage, order_event, order_intent, proof_of_life, reading,
    settlement, tool_call, verdict, write_off,
};

/// The hash before the first row.
pub(crate) const BEGINNING: [u8; 32] = [0; 32];

/// Bytes that most rows are sealed over.
const TOLD_USUAL: usize = 1_024;

/// Rows of one statement at most: an engine takes 32,766 values at least, and no table has twenty columns.
const ROWS_MAX: usize = 1_000;

macro_rules! tables {
    ($($variant:ident $module:ident $table:literal),+ $(,)?) => {
        /// One row of one table.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub(crate) enum AnyRow {
            $(#[doc = concat!("A row of `", $table, "`.")] $variant($module::Model),)+
        }

        impl AnyRow {
            /// The table it is a row of.
            pub(crate) const fn table(&self) -> &'static str {
                match self { $(Self::$variant(_) => $table,)+ }
            }

            /// Its place in the chain.
            pub(crate) const fn id(&self) -> i64 {
                match self { $(Self::$variant(row) => row.id,)+ }
            }

            /// The seal it carries.
            pub(crate) fn hash(&self) -> &[u8] {
                match self { $(Self::$variant(row) => &row.hash,)+ }
            }

            /// The seal it must carry behind a row sealed with `before`.
            pub(crate) fn seal(&self, before: &[u8]) -> Vec<u8> {
                match self { $(Self::$variant(row) => seal($table, row, before),)+ }
            }

            /// Puts it at place `id`, behind a row sealed with `before`.
            pub(crate) fn place(&mut self, id: i64, before: &[u8]) {
                match self { $(Self::$variant(row) => {
                    row.id = id;
                    row.hash = seal($table, row, before);
                })+ }
            }

            /// Adds `rows` to their tables, those of one table in one statement. Tables that others
            /// refer to come first.
            pub(crate) async fn insert_all(
                rows: &[Self],
                work: &DatabaseTransaction,
            ) -> Result<(), DbErr> {
                $(
                    let of_table = rows.iter().filter_map(|row| {
                        if let Self::$variant(row) = row { Some(row) } else { None }
                    });
                    let of_table: Vec<_> = of_table.collect();
                    for some in of_table.chunks(ROWS_MAX) {
                        let some = some.iter().map(|row| (*row).clone());
                        let some = some.map(|row| row.into_active_model().reset_all());
                        $module::Entity::insert_many(some).exec_without_returning(work).await?;
                    }
                )+
                Ok(())
            }
        }

        /// Every row whose place is in `first..=last`, in no order.
        pub(crate) async fn rows_between(
            db: &impl ConnectionTrait,
            first: i64,
            last: i64,
        ) -> Result<Vec<AnyRow>, DbErr> {
            let mut rows = Vec::new();
            $(
                let found = $module::Entity::find()
                    .filter($module::Column::Id.between(first, last))
                    .all(db)
                    .await?;
                rows.extend(found.into_iter().map(AnyRow::$variant));
            )+
            Ok(rows)
        }

        /// Some row whose place is not in `1..=last`, if there is one.
        pub(crate) async fn rows_outside(
            db: &impl ConnectionTrait,
            last: i64,
        ) -> Result<Option<AnyRow>, DbErr> {
            $(
                let outside = Condition::any()
                    .add($module::Column::Id.lt(1))
                    .add($module::Column::Id.gt(last));
                if let Some(row) = $module::Entity::find().filter(outside).one(db).await? {
                    return Ok(Some(AnyRow::$variant(row)));
                }
            )+
            Ok(None)
        }

        /// How many rows each table has.
        pub(crate) async fn counts(
            db: &impl ConnectionTrait,
        ) -> Result<Vec<(&'static str, u64)>, DbErr> {
            use sea_orm::PaginatorTrait as _;
            Ok(vec![$(($table, $module::Entity::find().count(db).await?),)+])
        }
    };
}

tables! {
    Book book "books",
    Cycle cycle "cycles",
    CycleEnd cycle_end "cycle_ends",
    ToolCall tool_call "tool_calls",
    Verdict verdict "verdicts",
    OrderIntent order_intent "order_intents",
    OrderEvent order_event "order_events",
    Settlement settlement "settlements",
    Execution execution "executions",
    Commission commission "commissions",
    WriteOff write_off "write_offs",
    Reading reading "readings",
    Halt halt "halts",
    Comparison comparison "comparisons",
    Finding finding "findings",
    Decision decision "decisions",
    Alert alert "alerts",
    AlertEnd alert_end "alert_ends",
    LimitChange limit_change "limit_changes",
    ModelUsage model_usage "model_usages",
    ProofOfLife proof_of_life "proofs_of_life",
    Batch batch "batches",
}

/// SHA-256 over the seal before, the table, and every column but the seal, each with its length, so
/// that no two rows read alike.
fn seal<M: ModelTrait>(table: &str, row: &M, before: &[u8]) -> Vec<u8> {
    let mut told = Vec::with_capacity(TOLD_USUAL);
    let mut spelt = String::new();
    let mut take = |part: &[u8]| {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        told.extend_from_slice(&length.to_be_bytes());
        told.extend_from_slice(part);
    };
    take(before);
    take(table.as_bytes());
    for column in <M::Entity as EntityTrait>::Column::iter() {
        let name = column.as_str();
        if name != "hash" {
            take(name.as_bytes());
            spelt.clear();
            spell(&mut spelt, &row.get(column));
            take(spelt.as_bytes());
        }
    }
    Sha256::digest(&told).to_vec()
}

/// Adds the one spelling of a value, whichever engine it came from; null, which has none, differs from
/// all others by their mark.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "rows hold these kinds of values and no others"
)]
fn spell(spelt: &mut String, value: &Value) {
    let number: &dyn fmt::Display = match value {
        Value::Bool(Some(flag)) => &u8::from(*flag),
        Value::Int(Some(number)) => number,
        Value::BigInt(Some(number)) => number,
        // Plain digits without trailing zeros, and one zero.
        Value::Decimal(Some(decimal)) => &decimal.normalize(),
        Value::String(Some(text)) => text,
        _ => return,
    };
    // A string takes whatever is written to it.
    let _always = write!(spelt, "={number}");
}
