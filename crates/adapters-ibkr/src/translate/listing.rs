//! Listing: what the gateway says of one stock, and where that contradicts the rules on file.

use catalyst_domain::quantity::LotSize;
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::{LimitPrice, TickGrid};
use ibapi::contracts::{ContractDetails, PriceIncrement};
use rust_decimal::Decimal;

use super::number::decimal;
use super::stock::symbol_of;
use crate::config::OrderExchange;

/// The order types that a family is made of.
const NEEDED_TYPES: [&str; 2] = ["LMT", "STP"];

/// One stock as the gateway knows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Listing {
    /// The broker's number of it.
    pub(crate) contract_id: i32,
    /// Sizes above one share that are told, which must all be the board lot.
    pub(crate) sizes: Vec<f64>,
    /// The number of its price table where orders go.
    pub(crate) rule: i32,
}

/// One band of a price table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Increment {
    pub(super) from: Decimal,
    pub(super) step: Decimal,
}

impl Increment {
    /// The band, or `None` for one without a step.
    pub(crate) fn of(row: &PriceIncrement) -> Option<Self> {
        let (from, step) = (decimal(row.low_edge).ok()?, decimal(row.increment).ok()?);
        (step > Decimal::ZERO).then_some(Self { from, step })
    }
}

/// The listing out of the answer about `symbol`: exactly one stock of that name that can be traded
/// where orders go.
pub(crate) fn listing_of(
    symbol: Symbol,
    answer: &[ContractDetails],
    by: OrderExchange,
) -> Result<Listing, String> {
    let [details] = answer else {
        return Err(format!(
            "the gateway knows {} contracts of that name",
            answer.len()
        ));
    };
    if symbol_of(&details.contract) != Some(symbol) {
        let found = details.contract.symbol.as_str();
        return Err(format!(
            "the gateway answered about `{}`",
            found.escape_debug()
        ));
    }
    for needed in NEEDED_TYPES {
        if !details.order_types.iter().any(|given| given == needed) {
            return Err(format!("the gateway takes no {needed} orders for it"));
        }
    }
    let place = details
        .valid_exchanges
        .iter()
        .position(|name| name == by.as_str());
    let rule = place.and_then(|place| details.market_rule_ids.get(place));
    let rule = rule
        .and_then(|rule| rule.trim().parse().ok())
        .ok_or_else(|| format!("the gateway names no price table for {}", by.as_str()))?;
    let told = [details.min_size, details.size_increment];
    Ok(Listing {
        contract_id: details.contract.contract_id,
        sizes: told
            .into_iter()
            .flatten()
            .filter(|size| *size > 1.0)
            .collect(),
        rule,
    })
}

/// Where the gateway's sizes contradict the lot on file. Sizes of one share or none prove nothing.
pub(crate) fn lot_objection(listing: &Listing, lot: LotSize) -> Option<String> {
    let differs = |size: &&f64| (**size - f64::from(lot.shares())).abs() > 0.0;
    let size = listing.sizes.iter().find(differs)?;
    Some(format!(
        "the board lot is {lot} by the table and {size} by the gateway"
    ))
}

/// Where the gateway's price table contradicts the grid at `price`. At the edge of two bands both
/// ticks are right, so there only the price itself has to be legal.
pub(crate) fn tick_objection(
    bands: &[Increment],
    grid: TickGrid<'_>,
    price: LimitPrice,
) -> Option<String> {
    let value = price.value();
    let Some(band) = bands.iter().rev().find(|band| band.from <= value) else {
        return Some(format!("the gateway has no tick at {price}"));
    };
    let by_table = grid.tick_at(price.price());
    let is_edge = band.from == value;
    let is_legal = value.checked_rem(band.step) == Some(Decimal::ZERO);
    if is_legal && (is_edge || by_table == Some(band.step)) {
        return None;
    }
    let by_table = by_table.map_or_else(|| "none".to_owned(), |tick| tick.normalize().to_string());
    let by_gateway = band.step;
    Some(format!(
        "the tick at {price} is {by_table} by the table and {by_gateway} by the gateway"
    ))
}

#[cfg(test)]
mod tests {
    use catalyst_domain::instrument::InstrumentKind;
    use catalyst_domain::quantity::LotSize;
    use catalyst_domain::tick::TickTable;
    use ibapi::contracts::{ContractDetails, PriceIncrement};

    use super::{Increment, listing_of, lot_objection, tick_objection};
    use crate::config::OrderExchange;
    use crate::translate::stock_contract;

    fn details(size: Option<f64>) -> ContractDetails {
        let words = |text: &str| text.split(',').map(str::to_owned).collect();
        ContractDetails {
            contract: stock_contract("700".parse().unwrap()),
            order_types: words("LMT,STP,MTL"),
            valid_exchanges: words("SMART,SEHK"),
            market_rule_ids: words("26,111"),
            min_size: size,
            size_increment: size,
            suggested_size_increment: Some(100.0),
            ..ContractDetails::default()
        }
    }

    #[test]
    fn the_price_table_is_that_of_the_place_where_orders_go() {
        let symbol = "700".parse().unwrap();
        for (by, rule) in [(OrderExchange::Sehk, 111), (OrderExchange::Smart, 26)] {
            let listing = listing_of(symbol, &[details(None)], by).unwrap();
            assert_eq!(listing.rule, rule);
        }
        let mut smart_only = details(None);
        smart_only.valid_exchanges.truncate(1);
        let refused = listing_of(symbol, &[smart_only], OrderExchange::Sehk);
        assert_eq!(
            refused,
            Err("the gateway names no price table for SEHK".to_owned())
        );
    }

    #[test]
    fn none_and_several_are_no_listing() {
        let symbol = "700".parse().unwrap();
        let two = [details(None), details(None)];
        for answer in [&two[..0], &two[..]] {
            let refused = listing_of(symbol, answer, OrderExchange::Sehk).unwrap_err();
            assert!(refused.ends_with("contracts of that name"), "{refused}");
        }
        let mut no_stops = details(None);
        no_stops.order_types.retain(|word| word != "STP");
        let refused = listing_of(symbol, &[no_stops], OrderExchange::Sehk);
        assert_eq!(
            refused,
            Err("the gateway takes no STP orders for it".to_owned())
        );
        let other = listing_of("5".parse().unwrap(), &[details(None)], OrderExchange::Sehk);
        assert_eq!(other, Err("the gateway answered about `700`".to_owned()));
    }

    #[test]
    fn a_lot_is_confirmed_denied_or_not_spoken_of() {
        let objection = |size, lot| {
            let symbol = "700".parse().unwrap();
            let listing = listing_of(symbol, &[details(size)], OrderExchange::Sehk).unwrap();
            lot_objection(&listing, LotSize::new(lot).unwrap())
        };
        for silent in [None, Some(0.0), Some(1.0), Some(0.0001), Some(f64::NAN)] {
            assert_eq!(objection(silent, 400), None, "{silent:?}");
        }
        assert_eq!(objection(Some(400.0), 400), None);
        assert_eq!(
            objection(Some(100.0), 400).as_deref(),
            Some("the board lot is 400 by the table and 100 by the gateway")
        );
    }

    #[test]
    fn a_tick_is_compared_at_the_price_in_question() {
        let ticks = TickTable::hkex().unwrap();
        let date = "2026-11-23".parse().unwrap();
        let grid = ticks.on(date, InstrumentKind::Equity).unwrap();
        let tick = |price: &str| grid.tick_at(price.parse().unwrap()).unwrap();
        let step = |price: &str| tick(price).to_string().parse::<f64>().unwrap();
        let band = |low_edge, increment| {
            Increment::of(&PriceIncrement {
                low_edge,
                increment,
            })
            .unwrap()
        };
        let right = [band(0.0, 0.0001), band(200.0, step("300"))];
        let wrong = [band(0.0, 0.0001), band(200.0, step("300") * 5.0)];
        let price = grid.exact("300".parse().unwrap()).unwrap();

        assert_eq!(tick_objection(&right, grid, price), None);
        let objection = tick_objection(&wrong, grid, price).unwrap();
        assert!(
            objection.starts_with("the tick at 300.00 is "),
            "{objection}"
        );
        assert!(tick_objection(&[], grid, price).is_some());
    }
}
