//! Discrepancy: a finding with its remedy and its evidence, and the comparison that makes them all.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::evidence::evidence_of;
use super::{
    BrokerView, Finding, JournalView, ReconcilePolicy, Remedy, check_protection, compare_positions,
};
use crate::money::Money;
use crate::quantity::Shares;
use crate::symbol::Symbol;

/// One difference, what is to happen about it, and what each side says.
///
/// Shown at [`reconcile`](reconcile()).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discrepancy {
    /// What differs.
    pub finding: Finding,
    /// What is to happen about it.
    pub remedy: Remedy,
    /// One line of facts for a person: shares, names of orders, moments.
    pub evidence: String,
}

/// Every difference between the two sides: positions and protection by symbol, orders by name, cash
/// last. The order of rows on either side does not matter.
///
/// An orphan is not judged by its protection: its own remedy decides, and no stop is invented.
///
/// ```
/// use catalyst_domain::account::Holdings;
/// use catalyst_domain::money::{Currency, Money};
/// use catalyst_domain::quantity::Shares;
/// use catalyst_domain::reconcile::{
///     BrokerView, Finding, JournalView, OrphanRule, ReconcilePolicy, Remedy, reconcile,
/// };
/// let hkd = |text| Money::parse(text, Currency::Hkd);
/// let (symbol, shares) = ("700".parse()?, Shares::new(300)?);
/// let holdings = Holdings::none(Currency::Hkd);
/// let journal = JournalView { holdings: &holdings, families: &[], cash: Some(hkd("1000")?) };
/// let broker = BrokerView {
///     positions: &[(symbol, shares)],
///     short: &[],
///     working: &[],
///     foreign: &[],
///     cash: hkd("999.50")?,
///     at: "2026-09-14T03:00:00Z".parse()?,
/// };
/// let policy = ReconcilePolicy { cash_tolerance: hkd("1")?, orphans: OrphanRule::AskOwner };
///
/// let found = reconcile(&journal, &broker, &policy);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].finding, Finding::Orphan { symbol, broker: shares });
/// assert_eq!(found[0].remedy, Remedy::AskOwner);
/// assert_eq!(
///     found[0].evidence,
///     "journal: no 00700; broker at 2026-09-14T03:00:00Z: 300 00700; at work: none"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn reconcile(
    journal: &JournalView<'_>,
    broker: &BrokerView<'_>,
    policy: &ReconcilePolicy,
) -> Vec<Discrepancy> {
    let known: Vec<(Symbol, Shares)> = broker
        .positions
        .iter()
        .filter(|(symbol, _)| !journal.holdings.shares(*symbol).is_zero())
        .copied()
        .collect();
    let guards: Vec<_> = broker
        .working
        .iter()
        .filter(|ticket| !is_orphan(ticket.symbol, journal, broker))
        .copied()
        .collect();
    compare_positions(journal.holdings, broker.positions)
        .into_iter()
        .chain(short_positions(broker))
        .chain(check_protection(&known, &guards))
        .chain(unknown_orders(journal, broker))
        .chain(foreign_orders(broker))
        .chain(cash_difference(journal, broker, policy))
        .map(|finding| Discrepancy {
            finding,
            remedy: finding.remedy(policy.orphans),
            evidence: evidence_of(&finding, journal, broker, policy),
        })
        .collect()
}

fn is_orphan(symbol: Symbol, journal: &JournalView<'_>, broker: &BrokerView<'_>) -> bool {
    let is_held = |(held, shares): &(Symbol, Shares)| *held == symbol && !shares.is_zero();
    journal.holdings.shares(symbol).is_zero() && broker.positions.iter().any(is_held)
}

fn short_positions<'a>(broker: &'a BrokerView<'_>) -> impl Iterator<Item = Finding> + 'a {
    let by_symbol: BTreeMap<_, _> = broker.short.iter().copied().collect();
    let owed = by_symbol.into_iter();
    owed.map(|(symbol, shares)| Finding::ShortPosition { symbol, shares })
}

fn unknown_orders<'a>(
    journal: &'a JournalView<'_>,
    broker: &'a BrokerView<'_>,
) -> impl Iterator<Item = Finding> + 'a {
    let by_name: BTreeMap<_, _> = broker
        .working
        .iter()
        .filter(|ticket| ticket.status.is_alive())
        .map(|ticket| (ticket.id, ticket))
        .collect();
    by_name
        .into_iter()
        .filter(|(order, _)| {
            let knows = |family: &&_| order.is_family_of(**family);
            journal.families.iter().find(knows).is_none()
        })
        .map(|(order, ticket)| Finding::UnknownOrder {
            order,
            symbol: ticket.symbol,
            side: ticket.side,
            shares: ticket.remaining(),
        })
}

fn foreign_orders<'a>(broker: &'a BrokerView<'_>) -> impl Iterator<Item = Finding> + 'a {
    let by_number: BTreeMap<_, _> = broker
        .foreign
        .iter()
        .map(|order| (order.number, *order))
        .collect();
    by_number.into_values().map(|order| Finding::ForeignOrder {
        number: order.number,
        symbol: order.symbol,
        side: order.side,
        shares: order.shares,
    })
}

fn cash_difference(
    journal: &JournalView<'_>,
    broker: &BrokerView<'_>,
    policy: &ReconcilePolicy,
) -> Option<Finding> {
    let expected = journal.cash?;
    let found = broker.cash;
    (!is_within(expected, found, policy.cash_tolerance)).then_some(Finding::CashDifference {
        expected,
        broker: found,
    })
}

/// Amounts of two currencies are never near each other.
fn is_within(expected: Money, found: Money, tolerance: Money) -> bool {
    let allowed = if tolerance.currency() == expected.currency() {
        tolerance.amount().max(Decimal::ZERO)
    } else {
        Decimal::ZERO
    };
    found
        .minus(expected)
        .is_ok_and(|apart| apart.amount().abs() <= allowed)
}
