//! Reconciliation: the broker's truth against the journal. Pure; every difference is a finding.

use std::collections::BTreeSet;
use std::fmt;

use crate::account::Holdings;
use crate::order::{Leg, OrderTicket};
use crate::quantity::Shares;
use crate::side::Side;
use crate::symbol::Symbol;

/// A difference between what the journal derives and what the broker has.
///
/// Shown at [`compare_positions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Finding {
    /// The journal holds what the broker does not.
    Phantom {
        /// What.
        symbol: Symbol,
        /// Shares by the journal.
        journal: Shares,
    },
    /// The broker holds what the journal does not know.
    Orphan {
        /// What.
        symbol: Symbol,
        /// Shares at the broker.
        broker: Shares,
    },
    /// Both hold it, in different numbers.
    QuantityMismatch {
        /// What.
        symbol: Symbol,
        /// Shares by the journal.
        journal: Shares,
        /// Shares at the broker.
        broker: Shares,
    },
    /// A position whose working stops cover too little or too much of it.
    WrongProtection {
        /// What.
        symbol: Symbol,
        /// Shares held.
        held: Shares,
        /// Shares under a working stop.
        guarded: Shares,
    },
}

impl Finding {
    /// What the finding is about.
    pub const fn symbol(&self) -> Symbol {
        match self {
            Self::Phantom { symbol, .. }
            | Self::Orphan { symbol, .. }
            | Self::QuantityMismatch { symbol, .. }
            | Self::WrongProtection { symbol, .. } => *symbol,
        }
    }

    /// A stable word for the kind of finding.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Phantom { .. } => "phantom_position",
            Self::Orphan { .. } => "orphan_position",
            Self::QuantityMismatch { .. } => "quantity_mismatch",
            Self::WrongProtection { .. } => "wrong_protection",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phantom { symbol, journal } => {
                write!(
                    f,
                    "phantom_position: journal holds {journal} {symbol}, broker none"
                )
            }
            Self::Orphan { symbol, broker } => {
                write!(
                    f,
                    "orphan_position: broker holds {broker} {symbol}, journal none"
                )
            }
            Self::QuantityMismatch {
                symbol,
                journal,
                broker,
            } => {
                write!(
                    f,
                    "quantity_mismatch: journal holds {journal} {symbol}, broker {broker}"
                )
            }
            Self::WrongProtection {
                symbol,
                held,
                guarded,
            } => {
                write!(
                    f,
                    "wrong_protection: {held} {symbol} held, {guarded} under a working stop"
                )
            }
        }
    }
}

/// Compares positions; the result is ordered by symbol.
///
/// ```
/// use catalyst_domain::{account::Holdings, reconcile::compare_positions};
/// use catalyst_domain::{money::Currency, quantity::Shares};
/// let journal = Holdings::none(Currency::Hkd);
/// let broker = [("700".parse()?, Shares::new(300)?)];
/// let findings = compare_positions(&journal, &broker);
/// assert_eq!(findings.len(), 1);
/// assert_eq!(findings[0].to_string(), "orphan_position: broker holds 300 00700, journal none");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare_positions(journal: &Holdings, broker: &[(Symbol, Shares)]) -> Vec<Finding> {
    let symbols: BTreeSet<Symbol> = journal
        .positions()
        .map(|position| position.symbol)
        .chain(broker.iter().map(|(symbol, _)| *symbol))
        .collect();
    let at_broker = |wanted: Symbol| {
        broker
            .iter()
            .filter(|(symbol, _)| *symbol == wanted)
            .fold(Shares::ZERO, |sum, (_, shares)| sum.plus(*shares))
    };
    symbols
        .into_iter()
        .filter_map(|symbol| difference(symbol, journal.shares(symbol), at_broker(symbol)))
        .collect()
}

fn difference(symbol: Symbol, journal: Shares, broker: Shares) -> Option<Finding> {
    if journal == broker {
        None
    } else if broker.is_zero() {
        Some(Finding::Phantom { symbol, journal })
    } else if journal.is_zero() {
        Some(Finding::Orphan { symbol, broker })
    } else {
        Some(Finding::QuantityMismatch {
            symbol,
            journal,
            broker,
        })
    }
}

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
    working
        .iter()
        .filter(|ticket| ticket.symbol == symbol && ticket.side == Side::Sell)
        .filter(|ticket| ticket.id.leg() == Leg::Stop)
        .filter(|ticket| ticket.status == crate::order::TicketStatus::Working)
        .fold(Shares::ZERO, |sum, ticket| sum.plus(ticket.remaining()))
}

/// Positions at the broker whose working stops do not cover exactly what is held.
///
/// ```
/// use catalyst_domain::{quantity::Shares, reconcile::check_protection};
/// let findings = check_protection(&[("700".parse()?, Shares::new(300)?)], &[]);
/// assert_eq!(findings[0].to_string(), "wrong_protection: 300 00700 held, 0 under a working stop");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_protection(broker: &[(Symbol, Shares)], working: &[OrderTicket]) -> Vec<Finding> {
    broker
        .iter()
        .filter_map(|(symbol, held)| {
            let guarded = guarded_shares(*symbol, working);
            (guarded != *held).then_some(Finding::WrongProtection {
                symbol: *symbol,
                held: *held,
                guarded,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn symbol(text: &str) -> Symbol {
        text.parse().unwrap()
    }

    #[test]
    fn a_position_only_the_broker_has_is_an_orphan() {
        let shares = Shares::new(300).unwrap();

        let findings =
            compare_positions(&Holdings::none(Currency::Hkd), &[(symbol("700"), shares)]);

        assert_eq!(
            findings,
            [Finding::Orphan {
                symbol: symbol("700"),
                broker: shares
            }]
        );
    }

    #[test]
    fn a_position_without_a_working_stop_is_found() {
        let shares = Shares::new(300).unwrap();

        let findings = check_protection(&[(symbol("700"), shares)], &[]);

        assert_eq!(
            findings,
            [Finding::WrongProtection {
                symbol: symbol("700"),
                held: shares,
                guarded: Shares::ZERO
            }]
        );
    }
}
