//! What may be traded: lots that table and gateway agree on, and the names to scan.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::index::{IndexName, MembershipError};
use catalyst_domain::instrument::Instrument;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::instruments::{CatalogError, InstrumentCatalog};
use catalyst_ports::tool::ScanIndex;
use futures_util::StreamExt as _;
use ibapi::Error;
use ibapi::scanner::{ScannerData, ScannerSubscription};
use ibapi::subscriptions::SubscriptionItem;
use tracing::warn;

use crate::failure::IbkrError;
use crate::session::{IbkrSession, Line};
use crate::translate::symbol_of;

/// The most rows that a scanner gives.
const ROWS_MAX: i32 = 50;

/// "No items retrieved": the scanner has nothing to show.
const NO_ITEMS: i32 = 165;

const OTHER_DATE: &str = "scan ALL, which is what the broker's scanner shows";
const NEEDS_LIST: &str = "give a list of its members, or scan ALL";

/// Instruments of one session.
#[derive(Debug, Clone)]
pub struct IbkrCatalog {
    session: Arc<IbkrSession>,
}

impl IbkrCatalog {
    /// The face of `session`.
    pub const fn new(session: Arc<IbkrSession>) -> Self {
        Self { session }
    }

    /// What the scanner shows, or the configured names where it shows nothing.
    async fn most_active(&self) -> Result<Vec<Symbol>, CatalogError> {
        let line = self.session.line().await.map_err(unavailable)?;
        let scanned = line.ask("the scanner", scan(&line)).await;
        let universe = &self.session.config.universe;
        match scanned {
            Ok(rows) if rows.is_empty() => Ok(universe.clone()),
            Ok(rows) => {
                let contracts = rows.iter().map(|row| &row.contract_details.contract);
                Ok(contracts.filter_map(symbol_of).collect())
            }
            Err(failure) if failure.is_lost() || universe.is_empty() => Err(unavailable(failure)),
            Err(failure) => {
                warn!(error = %failure, "the scanner does not answer, the configured names are scanned");
                Ok(universe.clone())
            }
        }
    }

    fn lot_of(&self, symbol: Symbol, date: TradingDate) -> Result<Instrument, CatalogError> {
        let answer = self.session.rules.lots.instrument(symbol, date);
        answer
            .map(|answer| answer.instrument)
            .map_err(|_no_lot| CatalogError::UnknownLot { symbol, date })
    }
}

#[async_trait]
impl InstrumentCatalog for IbkrCatalog {
    /// The gateway speaks of today, so only today's lot is compared with what it says.
    async fn instrument(
        &self,
        symbol: Symbol,
        date: TradingDate,
    ) -> Result<Instrument, CatalogError> {
        let instrument = self.lot_of(symbol, date)?;
        if date == self.session.rules.calendar.date_of(self.session.now()) {
            let agreed = self.session.check_lot(&instrument).await;
            agreed.map_err(unavailable)?;
        }
        Ok(instrument)
    }

    async fn members(
        &self,
        index: ScanIndex,
        date: TradingDate,
    ) -> Result<Vec<Symbol>, CatalogError> {
        let name = match index {
            ScanIndex::All => {
                let mut names = self.most_active().await?;
                names.retain(|symbol| self.lot_of(*symbol, date).is_ok());
                names.sort();
                names.dedup();
                return Ok(names);
            }
            ScanIndex::Hsi => IndexName::Hsi,
            ScanIndex::Hscei => IndexName::Hscei,
            ScanIndex::Hstech => IndexName::Hstech,
        };
        let members = self.session.rules.members.members(name, date);
        members.map_err(|error| CatalogError::UnknownMembers {
            index,
            date,
            hint: match error {
                MembershipError::NotCovered { .. } => OTHER_DATE,
                MembershipError::NeedsUserList { .. } => NEEDS_LIST,
            },
        })
    }
}

/// The first answer of the scanner for the most active stocks of the exchange.
async fn scan(line: &Line) -> Result<Vec<ScannerData>, Error> {
    let wanted = ScannerSubscription {
        number_of_rows: ROWS_MAX,
        instrument: Some("STOCK.HK".to_owned()),
        location_code: Some("STK.HK.SEHK".to_owned()),
        scan_code: Some("MOST_ACTIVE".to_owned()),
        ..ScannerSubscription::default()
    };
    let mut answers = line.client.scanner_subscription(&wanted, &[]).await?;
    let rows = loop {
        match answers.next().await {
            Some(Ok(SubscriptionItem::Data(rows))) => break rows,
            Some(Ok(SubscriptionItem::Notice(notice))) if notice.code == NO_ITEMS => {
                break Vec::new();
            }
            Some(Ok(SubscriptionItem::Notice(_))) => {}
            Some(Err(error)) => return Err(error),
            None => return Err(Error::UnexpectedEndOfStream),
        }
    };
    answers.cancel().await;
    Ok(rows)
}

fn unavailable(failure: IbkrError) -> CatalogError {
    CatalogError::Unavailable {
        source: Box::new(failure),
    }
}
