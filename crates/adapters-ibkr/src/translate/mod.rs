//! Between the broker's values and the domain's: pure functions, where floats and foreign types end.

mod account;
mod bar;
mod execution;
mod fit;
mod listing;
mod number;
mod quote;
mod stock;
mod story;
mod time;

pub(crate) use account::{AccountRows, BadAccount, account_of};
pub(crate) use bar::{days_of, minutes_of};
pub(crate) use execution::{BadExecution, Deal, deal_of, execution_of, fees_of};
pub(crate) use fit::fitted;
pub(crate) use listing::{Increment, Listing, listing_of, lot_objection, tick_objection};
pub(crate) use number::{BadNumber, decimal, price, shares, to_f64};
pub(crate) use quote::{BadQuote, Sight, snapshot_of};
pub(crate) use stock::{order_contract, stock_contract, symbol_of};
pub(crate) use story::{item_of, without_repeats};
pub(crate) use time::{aliases, from_offset, to_offset};

#[cfg(test)]
mod tests;
