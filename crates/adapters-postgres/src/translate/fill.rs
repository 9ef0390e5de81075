//! Executions with what they cost, and readings of the account.

use std::collections::BTreeMap;

use catalyst_domain::money::Money;
use catalyst_domain::order::{Execution, ExecutionId, FeesAre, Fill};
use catalyst_domain::price::Price;
use chrono::{DateTime, Utc};

use super::cell::{Place, Unreadable, count_of};
use super::entry::{OPEN_PLACE, Writer};
use crate::entity::{Exact, commission, execution, reading};

const REPORTED: &str = "reported";
const ESTIMATED: &str = "estimated";

pub(crate) fn execution_row(writer: &Writer, execution: &Execution) -> execution::Model {
    let fill = &execution.fill;
    execution::Model {
        id: OPEN_PLACE,
        cycle_id: writer.cycle,
        book_id: writer.book,
        execution: fill.execution.to_string(),
        replaces: execution.replaces.as_ref().map(ExecutionId::to_string),
        order_name: fill.order.to_string(),
        symbol: fill.symbol.to_string(),
        side: fill.side.to_string(),
        shares: count_of(fill.shares),
        price: Exact(fill.price.value()),
        at: fill.at.timestamp_micros(),
        hash: Vec::new(),
    }
}

pub(crate) fn commission_row(writer: &Writer, execution: &Execution) -> commission::Model {
    let fill = &execution.fill;
    let basis = match execution.fees {
        FeesAre::Reported => REPORTED,
        FeesAre::Estimated => ESTIMATED,
    };
    commission::Model {
        id: OPEN_PLACE,
        cycle_id: writer.cycle,
        book_id: writer.book,
        execution: fill.execution.to_string(),
        fees: Exact(fill.fees.amount()),
        currency: fill.fees.currency().to_string(),
        basis: basis.to_owned(),
        at: fill.at.timestamp_micros(),
        hash: Vec::new(),
    }
}

/// True when `told` adds nothing to `known`: the same again, a guess beside a report, or a lower guess.
pub(crate) fn adds_nothing(told: &commission::Model, known: &commission::Model) -> bool {
    if told.basis == ESTIMATED {
        known.basis == REPORTED || told.fees.0 <= known.fees.0
    } else {
        (told.fees, &told.basis) == (known.fees, &known.basis)
    }
}

/// Executions with the cost that counts for each: the last one kept.
pub(crate) fn executions_of(
    rows: &[execution::Model],
    costs: &[commission::Model],
) -> Result<Vec<Execution>, Unreadable> {
    let by_name = costs.iter().map(|cost| (cost.execution.as_str(), cost));
    let last: BTreeMap<&str, &commission::Model> = by_name.collect();
    let with_cost = |row: &execution::Model| {
        let cost = last.get(row.execution.as_str()).copied();
        execution_of(row, cost)
    };
    rows.iter().map(with_cost).collect()
}

fn execution_of(
    row: &execution::Model,
    cost: Option<&commission::Model>,
) -> Result<Execution, Unreadable> {
    let place = Place {
        table: "executions",
        id: row.id,
    };
    let cost = cost.ok_or_else(|| place.refuse("execution", &row.execution, "it has no cost"))?;
    let price = Price::new(row.price.0).map_err(|why| place.refuse("price", row.price.0, why))?;
    let (fees, basis) = cost_of(cost)?;
    let fill = Fill {
        order: place.text("order_name", &row.order_name)?,
        symbol: place.text("symbol", &row.symbol)?,
        side: place.text("side", &row.side)?,
        shares: place.shares("shares", row.shares)?,
        price,
        fees,
        at: place.moment("at", row.at)?,
        execution: ExecutionId::new(row.execution.clone()),
    };
    Ok(Execution {
        fill,
        fees: basis,
        replaces: row.replaces.clone().map(ExecutionId::new),
    })
}

fn cost_of(row: &commission::Model) -> Result<(Money, FeesAre), Unreadable> {
    let place = Place {
        table: "commissions",
        id: row.id,
    };
    let basis = match row.basis.as_str() {
        REPORTED => FeesAre::Reported,
        ESTIMATED => FeesAre::Estimated,
        unknown => return Err(place.refuse("basis", unknown, "no basis of a cost")),
    };
    Ok((place.money("fees", row.fees.0, &row.currency)?, basis))
}

/// A reading of the account.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) equity: Money,
    pub(crate) cash: Money,
    pub(crate) at: DateTime<Utc>,
}

pub(crate) fn reading_of(row: &reading::Model) -> Result<Reading, Unreadable> {
    let place = Place {
        table: "readings",
        id: row.id,
    };
    Ok(Reading {
        equity: place.money("equity", row.equity.0, &row.currency)?,
        cash: place.money("cash", row.cash.0, &row.currency)?,
        at: place.moment("at", row.at)?,
    })
}
