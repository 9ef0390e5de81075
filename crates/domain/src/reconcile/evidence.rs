//! Evidence: one line of what each side says, for the person who decides.

use chrono::{DateTime, Utc};

use super::positions::at_broker;
use super::{BrokerView, Finding, JournalView, ReconcilePolicy};
use crate::order::OrderTicket;
use crate::symbol::Symbol;

pub(super) fn evidence_of(
    finding: &Finding,
    journal: &JournalView<'_>,
    broker: &BrokerView<'_>,
    policy: &ReconcilePolicy,
) -> String {
    match finding {
        Finding::Phantom { symbol, .. }
        | Finding::Orphan { symbol, .. }
        | Finding::QuantityMismatch { symbol, .. }
        | Finding::ShortPosition { symbol, .. }
        | Finding::MissingProtection { symbol, .. }
        | Finding::WrongProtection { symbol, .. }
        | Finding::ForeignOrder { symbol, .. } => on_position(*symbol, journal, broker),
        Finding::UnknownOrder { order, symbol, .. } => {
            let tickets = broker.working.iter().filter(|ticket| ticket.id == *order);
            format!(
                "journal: none of {} families is {order}'s, {}; broker at {}: {}",
                journal.families.len(),
                held_by_journal(*symbol, journal),
                moment(broker.at),
                listed(tickets.take(1)),
            )
        }
        Finding::CashDifference {
            expected,
            broker: found,
        } => format!(
            "journal: expects {expected}; broker at {}: has {found}; let pass: {}",
            moment(broker.at),
            policy.cash_tolerance
        ),
    }
}

fn on_position(symbol: Symbol, journal: &JournalView<'_>, broker: &BrokerView<'_>) -> String {
    let shares = at_broker(symbol, broker.positions);
    let owed = at_broker(symbol, broker.short);
    let at_broker = if !owed.is_zero() {
        format!("{owed} {symbol} owed")
    } else if shares.is_zero() {
        format!("no {symbol}")
    } else {
        format!("{shares} {symbol}")
    };
    let of_symbol = |ticket: &&OrderTicket| ticket.symbol == symbol;
    format!(
        "journal: {}; broker at {}: {at_broker}; at work: {}",
        held_by_journal(symbol, journal),
        moment(broker.at),
        listed(broker.working.iter().filter(of_symbol)),
    )
}

fn held_by_journal(symbol: Symbol, journal: &JournalView<'_>) -> String {
    match journal.holdings.position(symbol) {
        None => format!("no {symbol}"),
        Some(position) => format!(
            "{} {symbol} since {} for {}",
            position.shares,
            moment(position.since),
            position.cost
        ),
    }
}

/// Orders by name, so that the line does not depend on the order in which the broker told them.
fn listed<'a>(tickets: impl Iterator<Item = &'a OrderTicket>) -> String {
    let mut orders: Vec<String> = tickets.map(order).collect();
    if orders.is_empty() {
        return "none".to_owned();
    }
    orders.sort();
    orders.join(", ")
}

fn order(ticket: &OrderTicket) -> String {
    let at = ticket.price.map_or_else(
        || "in the auction".to_owned(),
        |price| format!("at {price}"),
    );
    format!(
        "{} to {} {} {} {at}, {} filled, {}",
        ticket.id,
        ticket.side,
        ticket.shares,
        ticket.symbol,
        ticket.filled,
        ticket.status.as_str()
    )
}

fn moment(at: DateTime<Utc>) -> impl std::fmt::Display {
    at.format("%Y-%m-%dT%H:%M:%SZ")
}

#[cfg(test)]
mod tests {
    use crate::account::Holdings;
    use crate::money::{Currency, Money};
    use crate::order::{ExecutionId, Fill, OrderTicket, TicketStatus};
    use crate::quantity::Shares;
    use crate::reconcile::{
        BrokerView, ForeignOrder, JournalView, OrphanRule, ReconcilePolicy, Remedy, reconcile,
    };
    use crate::side::Side;

    fn hkd(text: &str) -> Money {
        Money::parse(text, Currency::Hkd).unwrap()
    }

    #[test]
    fn each_finding_tells_shares_orders_and_moments_of_both_sides() {
        let bought = Fill {
            execution: ExecutionId::new("0001"),
            order: "20260914-1000.1-01e".parse().unwrap(),
            symbol: "700".parse().unwrap(),
            side: Side::Buy,
            shares: Shares::new(300).unwrap(),
            price: "500".parse().unwrap(),
            fees: hkd("80"),
            at: "2026-09-14T02:00:01Z".parse().unwrap(),
        };
        let unknown = OrderTicket {
            id: "20260911-1500.2-03t".parse().unwrap(),
            symbol: bought.symbol,
            side: Side::Sell,
            price: None,
            shares: bought.shares,
            filled: Shares::new(100).unwrap(),
            status: TicketStatus::Working,
        };
        let holdings = Holdings::from_fills(Currency::Hkd, [&bought]).unwrap();
        let journal = JournalView {
            holdings: &holdings,
            families: &[bought.order],
            cash: Some(hkd("1000")),
        };
        let broker = BrokerView {
            positions: &[],
            short: &[("5".parse().unwrap(), Shares::new(400).unwrap())],
            working: &[unknown],
            foreign: &[ForeignOrder {
                number: 1_742,
                symbol: bought.symbol,
                side: Side::Sell,
                shares: bought.shares,
            }],
            cash: hkd("1001.50"),
            at: "2026-09-14T03:00:00Z".parse().unwrap(),
        };
        let policy = ReconcilePolicy {
            cash_tolerance: hkd("1"),
            orphans: OrphanRule::AskOwner,
        };

        let found = reconcile(&journal, &broker, &policy);

        let told: Vec<String> = found
            .iter()
            .map(|one| format!("{} ({})", one.finding, one.evidence))
            .collect();
        assert_eq!(
            told,
            [
                "phantom_position: journal holds 300 00700, broker none (journal: 300 00700 since \
                 2026-09-14T02:00:01Z for 150080.00 HKD; broker at 2026-09-14T03:00:00Z: no 00700; \
                 at work: 20260911-1500.2-03t to sell 300 00700 in the auction, 100 filled, working)",
                "short_position: 400 00005 are owed at the broker (journal: no 00005; broker at \
                 2026-09-14T03:00:00Z: 400 00005 owed; at work: none)",
                "unknown_order: broker is to sell 200 00700 by 20260911-1500.2-03t, journal knows no \
                 such family (journal: none of 1 families is 20260911-1500.2-03t's, 300 00700 since \
                 2026-09-14T02:00:01Z for 150080.00 HKD; broker at 2026-09-14T03:00:00Z: \
                 20260911-1500.2-03t to sell 300 00700 in the auction, 100 filled, working)",
                "foreign_order: the broker's order 1742 is to sell 300 00700 and is not the agent's \
                 (journal: 300 00700 since 2026-09-14T02:00:01Z for 150080.00 HKD; broker at \
                 2026-09-14T03:00:00Z: no 00700; at work: 20260911-1500.2-03t to sell 300 00700 in the \
                 auction, 100 filled, working)",
                "cash_difference: journal expects 1000.00 HKD, broker has 1001.50 HKD (journal: \
                 expects 1000.00 HKD; broker at 2026-09-14T03:00:00Z: has 1001.50 HKD; let pass: \
                 1.00 HKD)",
            ]
        );
        assert!(found.iter().all(|one| one.remedy == Remedy::AskOwner));
    }

    #[test]
    fn cash_in_another_currency_or_by_another_tolerance_is_never_let_pass() {
        let holdings = Holdings::none(Currency::Hkd);
        let usd = Money::parse("1000", Currency::Usd).unwrap();
        let differences = |expected, found, tolerance| {
            let journal = JournalView {
                holdings: &holdings,
                families: &[],
                cash: Some(expected),
            };
            let broker = BrokerView {
                positions: &[],
                short: &[],
                working: &[],
                foreign: &[],
                cash: found,
                at: "2026-09-14T03:00:00Z".parse().unwrap(),
            };
            let policy = ReconcilePolicy {
                cash_tolerance: tolerance,
                orphans: OrphanRule::AskOwner,
            };
            reconcile(&journal, &broker, &policy).len()
        };

        assert_eq!(differences(hkd("1000"), hkd("1000"), usd), 0);
        assert_eq!(differences(hkd("1000"), hkd("1000.01"), usd), 1);
        assert_eq!(differences(hkd("1000"), usd, hkd("5000")), 1);
        assert_eq!(differences(hkd("1000"), hkd("1000"), hkd("-1")), 0);
    }
}
