//! What may be traded in the simulated world.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::index::{IndexName, MembershipError};
use catalyst_domain::instrument::Instrument;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::instruments::{CatalogError, InstrumentCatalog};
use catalyst_ports::tool::ScanIndex;

use crate::world::SimWorld;

const OTHER_DATE: &str = "scan ALL, which is every symbol that is loaded";
const NEEDS_LIST: &str = "give a list of its members, or scan ALL";

/// Lots from the tables; names to scan are those that have bars.
#[derive(Debug, Clone)]
pub struct SimCatalog {
    world: Arc<SimWorld>,
}

impl SimCatalog {
    /// The face of `world`.
    pub const fn new(world: Arc<SimWorld>) -> Self {
        Self { world }
    }
}

#[async_trait]
impl InstrumentCatalog for SimCatalog {
    async fn instrument(
        &self,
        symbol: Symbol,
        date: TradingDate,
    ) -> Result<Instrument, CatalogError> {
        let answer = self.world.rules.lots.instrument(symbol, date);
        answer
            .map(|answer| answer.instrument)
            .map_err(|_no_lot| CatalogError::UnknownLot { symbol, date })
    }

    async fn members(
        &self,
        index: ScanIndex,
        date: TradingDate,
    ) -> Result<Vec<Symbol>, CatalogError> {
        let world = self
            .world
            .state()
            .map_err(|stopped| CatalogError::Unavailable {
                source: Box::new(stopped),
            })?;
        let loaded = world.symbols(date);
        let name = match index {
            ScanIndex::All => return Ok(loaded),
            ScanIndex::Hsi => IndexName::Hsi,
            ScanIndex::Hscei => IndexName::Hscei,
            ScanIndex::Hstech => IndexName::Hstech,
        };
        let members = self.world.rules.members.members(name, date);
        let members = members.map_err(|error| CatalogError::UnknownMembers {
            index,
            date,
            hint: match error {
                MembershipError::NotCovered { .. } => OTHER_DATE,
                MembershipError::NeedsUserList { .. } => NEEDS_LIST,
            },
        })?;
        let both = loaded.into_iter().filter(|symbol| members.contains(symbol));
        Ok(both.collect())
    }
}
