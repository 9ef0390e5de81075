//! Purchases that the gate refused, with the prices that were asked about.

use std::collections::BTreeMap;

use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{AskedPrices, BrokenRule, RefusedEntry};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde::Deserialize;

use super::Days;
use crate::entity::{tool_call, verdict};
use crate::store::read::ReadError;
use crate::translate::cell::{Place, Unreadable};

/// The parts of a kept question that are read here.
#[derive(Deserialize)]
struct Question {
    input: Input,
}

#[derive(Deserialize)]
struct Input {
    symbol: Symbol,
    quantity: Shares,
    entry_price: Option<Price>,
    limit_price: Option<Price>,
    stop_loss: Price,
    take_profit: Price,
}

#[derive(Deserialize)]
struct Breach {
    rule: String,
    text: String,
}

/// Prices by run, symbol and shares, the last asked about.
type Prices = BTreeMap<(i64, Symbol, Shares), AskedPrices>;

pub(super) async fn refused(
    db: &impl ConnectionTrait,
    days: &Days,
) -> Result<Vec<RefusedEntry>, ReadError> {
    let prices = prices(db, days).await?;
    let rows = verdict::Entity::find()
        .filter(verdict::Column::CycleId.in_subquery(days.cycles()))
        .filter(verdict::Column::Side.eq(Side::Buy.to_string()))
        .filter(verdict::Column::Breaches.ne("[]"))
        .order_by_asc(verdict::Column::Id)
        .all(db)
        .await?;
    let entry = |row: verdict::Model| entry_of(&row, &prices);
    Ok(rows.into_iter().map(entry).collect::<Result<_, _>>()?)
}

fn entry_of(row: &verdict::Model, prices: &Prices) -> Result<RefusedEntry, Unreadable> {
    let place = Place {
        table: "verdicts",
        id: row.id,
    };
    let symbol = place.text("symbol", &row.symbol)?;
    let shares = place.shares("shares", row.shares)?;
    let breaches: Vec<Breach> = serde_json::from_str(&row.breaches)
        .map_err(|why| place.refuse("breaches", &row.breaches, why))?;
    Ok(RefusedEntry {
        at: place.moment("at", row.at)?,
        symbol,
        shares,
        rules: breaches
            .into_iter()
            .map(|Breach { rule, text }| BrokenRule { rule, text })
            .collect(),
        prices: prices.get(&(row.cycle_id, symbol, shares)).copied(),
    })
}

/// A market order names no entry; the check before it in the same run did.
async fn prices(db: &impl ConnectionTrait, days: &Days) -> Result<Prices, ReadError> {
    let rows: Vec<(i64, i64, String)> = tool_call::Entity::find()
        .select_only()
        .columns([
            tool_call::Column::Id,
            tool_call::Column::CycleId,
            tool_call::Column::Request,
        ])
        .filter(tool_call::Column::CycleId.in_subquery(days.cycles()))
        .filter(tool_call::Column::Name.is_in(["check_risk", "execute_trade"]))
        .filter(tool_call::Column::Request.is_not_null())
        .order_by_asc(tool_call::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut prices = Prices::new();
    for (id, run, request) in rows {
        let place = Place {
            table: "tool_calls",
            id,
        };
        let Question { input } =
            serde_json::from_str(&request).map_err(|why| place.refuse("request", &request, why))?;
        if let Some(entry) = input.entry_price.or(input.limit_price) {
            let asked = AskedPrices {
                entry,
                stop: input.stop_loss,
                target: input.take_profit,
            };
            prices.insert((run, input.symbol, input.quantity), asked);
        }
    }
    Ok(prices)
}
