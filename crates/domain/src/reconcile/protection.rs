//! Protection: whether each position is under working stops of exactly its size, or being left.

use std::collections::BTreeSet;

use super::Finding;
use super::positions::at_broker;
use crate::order::{Leg, OrderTicket, TicketStatus};
use crate::quantity::Shares;
use crate::side::Side;
use crate::symbol::Symbol;

/// Shares of `symbol` under a stop that is at work. A held stop guards nothing yet.
///
/// ```
/// use catalyst_domain::order::{OrderTicket, TicketStatus};
/// use catalyst_domain::{quantity::Shares, reconcile::guarded_shares, side::Side};
/// let symbol = "700".parse()?;
/// let stop = OrderTicket {
///     id: "20260914-1000.1-01s".parse()?,
///     symbol,
///     side: Side::Sell,
///     price: Some("490".parse()?),
///     shares: Shares::new(300)?,
///     filled: Shares::new(100)?,
///     status: TicketStatus::Working,
/// };
/// let held = OrderTicket { status: TicketStatus::Held, ..stop };
/// assert_eq!(guarded_shares(symbol, &[stop]).count(), 200);
/// assert_eq!(guarded_shares(symbol, &[held]).count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn guarded_shares(symbol: Symbol, working: &[OrderTicket]) -> Shares {
    at_work(symbol, Leg::Stop, working)
}

/// True while exits of all `held` shares of `symbol` are at work: such a position has no stop beside
/// them on purpose, because both could fill.
///
/// ```
/// use catalyst_domain::order::{OrderTicket, TicketStatus};
/// use catalyst_domain::{quantity::Shares, reconcile::is_being_left, side::Side};
/// let symbol = "700".parse()?;
/// let exit = OrderTicket {
///     id: "20260914-1000.1-01x".parse()?,
///     symbol,
///     side: Side::Sell,
///     price: Some("490".parse()?),
///     shares: Shares::new(300)?,
///     filled: Shares::new(100)?,
///     status: TicketStatus::Working,
/// };
/// assert!(is_being_left(symbol, Shares::new(200)?, &[exit]));
/// assert!(!is_being_left(symbol, Shares::new(300)?, &[exit]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn is_being_left(symbol: Symbol, held: Shares, working: &[OrderTicket]) -> bool {
    at_work(symbol, Leg::Exit, working) >= held
}

/// Positions at the broker whose working stops do not cover exactly what is held, and stops at work
/// for what is not held, by symbol. A position that is being left needs none.
///
/// ```
/// use catalyst_domain::{quantity::Shares, reconcile::check_protection};
/// let findings = check_protection(&[("700".parse()?, Shares::new(300)?)], &[]);
/// assert_eq!(
///     findings[0].to_string(),
///     "missing_protection: 300 00700 held, none under a working stop"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_protection(broker: &[(Symbol, Shares)], working: &[OrderTicket]) -> Vec<Finding> {
    let symbols: BTreeSet<Symbol> = broker
        .iter()
        .map(|(symbol, _)| *symbol)
        .chain(working.iter().map(|ticket| ticket.symbol))
        .collect();
    symbols
        .into_iter()
        .filter_map(|symbol| unprotected(symbol, at_broker(symbol, broker), working))
        .collect()
}

fn unprotected(symbol: Symbol, held: Shares, working: &[OrderTicket]) -> Option<Finding> {
    let guarded = guarded_shares(symbol, working);
    let is_left = !held.is_zero() && is_being_left(symbol, held, working);
    if guarded == held || is_left {
        None
    } else if guarded.is_zero() {
        Some(Finding::MissingProtection { symbol, held })
    } else {
        Some(Finding::WrongProtection {
            symbol,
            held,
            guarded,
        })
    }
}

fn at_work(symbol: Symbol, leg: Leg, working: &[OrderTicket]) -> Shares {
    working
        .iter()
        .filter(|ticket| ticket.symbol == symbol && ticket.side == Side::Sell)
        .filter(|ticket| ticket.id.leg() == leg)
        .filter(|ticket| ticket.status == TicketStatus::Working)
        .fold(Shares::ZERO, |sum, ticket| sum.plus(ticket.remaining()))
}
