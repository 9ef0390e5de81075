//! A decimal that stays one: NUMERIC where the engine has such a thing, text where it would make a
//! float of it.

use rust_decimal::Decimal;
use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, DbErr, QueryResult, TryGetError, TryGetable, Value};
use serde::{Deserialize, Serialize};

/// A decimal as a column of the journal holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exact(pub Decimal);

impl From<Exact> for Value {
    fn from(exact: Exact) -> Self {
        Self::Decimal(Some(exact.0))
    }
}

impl Nullable for Exact {
    fn null() -> Value {
        Value::Decimal(None)
    }
}

impl ValueType for Exact {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        if let Value::Decimal(Some(decimal)) = value {
            Ok(Self(decimal))
        } else {
            Err(ValueTypeErr)
        }
    }

    fn type_name() -> String {
        "Exact".to_owned()
    }

    fn array_type() -> ArrayType {
        ArrayType::Decimal
    }

    fn column_type() -> ColumnType {
        ColumnType::Decimal(None)
    }
}

impl TryGetable for Exact {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        if row.try_as_pg_row().is_some() {
            return Decimal::try_get_by(row, index).map(Self);
        }
        let text = String::try_get_by(row, index)?;
        match Decimal::from_str_exact(&text) {
            Ok(decimal) => Ok(Self(decimal)),
            Err(error) => {
                let why = format!("`{text}` is no decimal: {error}");
                Err(TryGetError::DbErr(DbErr::Type(why)))
            }
        }
    }
}
