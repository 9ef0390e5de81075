//! What every source of market data promises. `market_data_contract!` makes a test of each promise.

use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::{BarSpan, MarketData, MarketDataError};
use chrono::{DateTime, TimeDelta, Utc};

/// A market at a moment of continuous trading, with one name that trades and one that does not.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Trades today and has a history.
    pub known: Symbol,
    /// No such name.
    pub unknown: Symbol,
    /// The moment.
    pub now: DateTime<Utc>,
}

/// A name that does not trade is named in the error, not answered with a figure.
pub async fn an_unknown_symbol_is_named(market: &dyn MarketData, shown: Shown) {
    let answer = market.quote(shown.unknown).await;

    let named =
        matches!(answer, Err(MarketDataError::Unknown { symbol }) if symbol == shown.unknown);
    assert!(named, "{answer:?}");
}

/// A quote is of the symbol asked for, uncrossed, and not from the future.
pub async fn a_quote_is_of_its_symbol_and_its_moment(market: &dyn MarketData, shown: Shown) {
    let quote = market.quote(shown.known).await.unwrap();

    assert_eq!(quote.symbol, shown.known);
    assert!(quote.bid < quote.ask && quote.at <= shown.now, "{quote:?}");
}

/// Every name asked for is answered for, in order, and one without data spoils no other.
pub async fn snapshots_answer_for_every_name(market: &dyn MarketData, shown: Shown) {
    let found = market
        .snapshots(&[shown.unknown, shown.known])
        .await
        .unwrap();

    let [(first, unknown), (second, known)] = found.as_slice() else {
        panic!("two answers, found {}", found.len())
    };
    assert_eq!([*first, *second], [shown.unknown, shown.known]);
    assert!(
        matches!(unknown, Err(MarketDataError::Unknown { symbol }) if *symbol == shown.unknown),
        "{unknown:?}"
    );
    assert_eq!(known.as_ref().unwrap().quote.symbol, shown.known);
}

/// Minute bars come oldest first, and the running one is not among them.
pub async fn minutes_are_closed_and_in_order(market: &dyn MarketData, shown: Shown) {
    let bars = market
        .bars(shown.known, BarSpan::Minutes { days: 1 })
        .await
        .unwrap();

    assert!(!bars.is_empty());
    assert!(bars.is_sorted_by(|a, b| a.start() < b.start()));
    assert!(
        bars.iter()
            .all(|bar| bar.start() + TimeDelta::minutes(1) <= shown.now)
    );
}

/// Daily bars are of days before today, at most as many as were asked for, newest last.
pub async fn days_are_of_the_past(market: &dyn MarketData, shown: Shown) {
    let bars = market
        .bars(shown.known, BarSpan::Days { count: 5 })
        .await
        .unwrap();

    assert_eq!(bars.len(), 5);
    assert!(bars.is_sorted_by(|a, b| a.start() < b.start()));
    assert!(
        bars.iter()
            .all(|bar| bar.start() < shown.now - TimeDelta::hours(9))
    );
}

/// Makes a test of each promise of [`catalyst_ports::market_data::MarketData`].
///
/// `$fresh` is a path to a function that returns the market, a
/// [`Shown`](crate::contract::market_data::Shown), and whatever has to live as long.
#[macro_export]
macro_rules! market_data_contract {
    ($fresh:path) => {
        $crate::market_data_contract! { @each $fresh:
            an_unknown_symbol_is_named
            a_quote_is_of_its_symbol_and_its_moment
            snapshots_answer_for_every_name
            minutes_are_closed_and_in_order
            days_are_of_the_past
        }
    };
    (@each $fresh:path: $($promise:ident)+) => {$(
        #[tokio::test]
        async fn $promise() {
            let (market, shown, _keep) = $fresh();
            $crate::contract::market_data::$promise(&market, shown).await;
        }
    )+};
}
