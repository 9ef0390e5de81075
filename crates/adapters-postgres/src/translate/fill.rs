//! Executions and equity readings.

use catalyst_domain::money::Money;
use catalyst_domain::order::{ExecutionId, Fill};
use catalyst_domain::price::Price;
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::{NotSet, Set};

use super::cell::{Place, Unreadable, count_of};
use crate::entity::{DecimalText, equity_reading, execution};

pub(crate) fn fill_row(cycle: i64, fill: &Fill) -> execution::ActiveModel {
    execution::ActiveModel {
        id: NotSet,
        cycle_id: Set(cycle),
        execution: Set(fill.execution.to_string()),
        order_name: Set(fill.order.to_string()),
        symbol: Set(fill.symbol.to_string()),
        side: Set(fill.side.to_string()),
        shares: Set(count_of(fill.shares)),
        price: Set(DecimalText(fill.price.value())),
        fees: Set(DecimalText(fill.fees.amount())),
        currency: Set(fill.fees.currency().to_string()),
        at: Set(fill.at.timestamp_micros()),
    }
}

pub(crate) fn fill_of(row: execution::Model) -> Result<Fill, Unreadable> {
    let place = Place {
        table: "executions",
        id: row.id,
    };
    let price = Price::new(row.price.0).map_err(|why| place.refuse("price", row.price.0, why))?;
    Ok(Fill {
        order: place.text("order_name", &row.order_name)?,
        symbol: place.text("symbol", &row.symbol)?,
        side: place.text("side", &row.side)?,
        shares: place.shares("shares", row.shares)?,
        price,
        fees: place.money("fees", row.fees.0, &row.currency)?,
        at: place.moment("at", row.at)?,
        execution: ExecutionId::new(row.execution),
    })
}

pub(crate) fn equity_row(
    cycle: i64,
    equity: Money,
    at: DateTime<Utc>,
) -> equity_reading::ActiveModel {
    equity_reading::ActiveModel {
        id: NotSet,
        cycle_id: Set(cycle),
        amount: Set(DecimalText(equity.amount())),
        currency: Set(equity.currency().to_string()),
        at: Set(at.timestamp_micros()),
    }
}

pub(crate) fn equity_of(row: &equity_reading::Model) -> Result<(Money, DateTime<Utc>), Unreadable> {
    let place = Place {
        table: "equity_readings",
        id: row.id,
    };
    let equity = place.money("amount", row.amount.0, &row.currency)?;
    Ok((equity, place.moment("at", row.at)?))
}
