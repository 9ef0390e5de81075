//! Where a symbol stands towards the names that may be scanned, found out before it may be bought.

use catalyst_domain::scan::{Membership, Universe};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::instruments::CatalogError;
use catalyst_ports::tool::ScanIndex;
use tracing::warn;

use crate::running::Running;

/// The lists on file first; what the market shows now is asked last, because it may take a while.
const INDICES: [ScanIndex; 4] = [
    ScanIndex::Hsi,
    ScanIndex::Hscei,
    ScanIndex::Hstech,
    ScanIndex::All,
];

impl Running<'_> {
    /// Finds out where `symbol` stands, once in the run unless nobody could say.
    pub(crate) async fn place(&mut self, symbol: Symbol) {
        if self.membership_of(symbol) == Membership::Unknown {
            let found = self.look_up(symbol).await;
            self.memberships.insert(symbol, found);
        }
    }

    /// What was found out; unknown where nobody asked.
    pub(crate) fn membership_of(&self, symbol: Symbol) -> Membership {
        let known = self.memberships.get(&symbol).copied();
        known.unwrap_or(Membership::Unknown)
    }

    async fn look_up(&self, symbol: Symbol) -> Membership {
        if let Universe::List(list) = &self.policy.scan.universe {
            return match list.binary_search(&symbol) {
                Ok(_) => Membership::Member,
                Err(_) => Membership::Outside,
            };
        }
        let date = self.rules.calendar.date_of(self.now());
        let mut otherwise = Membership::Outside;
        for index in INDICES {
            match self.ports.catalog.members(index, date).await {
                Ok(names) if names.contains(&symbol) => return Membership::Member,
                Ok(_) | Err(CatalogError::UnknownMembers { .. }) => {}
                Err(
                    error @ (CatalogError::Unavailable { .. } | CatalogError::UnknownLot { .. }),
                ) => {
                    warn!(cycle.id = %self.id, %symbol, %error, "no members");
                    otherwise = Membership::Unknown;
                }
            }
        }
        otherwise
    }
}
