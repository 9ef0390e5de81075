//! What every instrument catalog promises. `instruments_contract!` makes a test of each promise.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::instruments::{CatalogError, InstrumentCatalog};
use catalyst_ports::tool::ScanIndex;

/// A day with one name that has a lot and one that has none.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// Has a board lot on the day.
    pub known: Symbol,
    /// Has none.
    pub unknown: Symbol,
    /// The day.
    pub date: TradingDate,
}

/// An instrument is the one asked for.
pub async fn a_listing_is_of_its_symbol(catalog: &dyn InstrumentCatalog, listed: Listed) {
    let found = catalog.instrument(listed.known, listed.date).await.unwrap();

    assert_eq!(found.symbol, listed.known);
}

/// No lot is guessed.
pub async fn lot_of_100_assumed(catalog: &dyn InstrumentCatalog, listed: Listed) {
    let answer = catalog.instrument(listed.unknown, listed.date).await;

    let refused =
        matches!(answer, Err(CatalogError::UnknownLot { symbol, .. }) if symbol == listed.unknown);
    assert!(refused, "{answer:?}");
}

/// The names to scan are sorted, and each can be traded.
pub async fn every_name_to_scan_can_be_traded(catalog: &dyn InstrumentCatalog, listed: Listed) {
    let names = catalog.members(ScanIndex::All, listed.date).await.unwrap();

    assert!(names.contains(&listed.known) && names.is_sorted());
    for name in names {
        assert_eq!(
            catalog.instrument(name, listed.date).await.unwrap().symbol,
            name
        );
    }
}

/// Members that are not known are refused with a hint, not answered with none.
pub async fn members_that_are_not_known_are_refused(
    catalog: &dyn InstrumentCatalog,
    listed: Listed,
) {
    let answer = catalog.members(ScanIndex::Hscei, listed.date).await;

    let refused =
        matches!(&answer, Err(CatalogError::UnknownMembers { hint, .. }) if !hint.is_empty());
    assert!(refused, "{answer:?}");
}

/// Makes a test of each promise of [`catalyst_ports::instruments::InstrumentCatalog`].
///
/// `$fresh` is a path to a function that returns the catalog, a
/// [`Listed`](crate::contract::instruments::Listed), and whatever has to live as long.
#[macro_export]
macro_rules! instruments_contract {
    ($fresh:path) => {
        $crate::instruments_contract! { @each $fresh:
            a_listing_is_of_its_symbol
            lot_of_100_assumed
            every_name_to_scan_can_be_traded
            members_that_are_not_known_are_refused
        }
    };
    (@each $fresh:path: $($promise:ident)+) => {$(
        #[tokio::test]
        async fn $promise() {
            let (catalog, listed, _keep) = $fresh();
            $crate::contract::instruments::$promise(&catalog, listed).await;
        }
    )+};
}
