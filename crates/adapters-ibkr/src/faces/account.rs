//! The account as the broker counts it.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::fees::TradeTerms;
use catalyst_domain::money::Money;
use catalyst_domain::order::{Execution, FeesAre};
use catalyst_ports::Source;
use catalyst_ports::account::{AccountBook, AccountError, AccountSnapshot};
use chrono::{DateTime, Utc};
use thiserror::Error;
use tracing::warn;

use crate::failure::IbkrError;
use crate::session::IbkrSession;
use crate::translate::{BadAccount, Deal, account_of, execution_of};

/// The most days back that a workstation tells of; a gateway tells of today whatever is asked.
const DAYS_BACK_MAX: i64 = 7;

/// Cash and equity in HKD, positions, executions.
#[derive(Debug, Clone)]
pub struct IbkrAccount {
    session: Arc<IbkrSession>,
}

/// Fees that are neither reported nor to be worked out.
#[derive(Debug, Error)]
#[error("fees of execution {id} cannot be estimated")]
struct NoEstimate {
    id: String,
    source: Source,
}

impl IbkrAccount {
    /// The face of `session`.
    pub const fn new(session: Arc<IbkrSession>) -> Self {
        Self { session }
    }

    /// What the schedule on file says the execution costs.
    fn estimate(&self, deal: &Deal) -> Result<Money, Source> {
        let rules = &self.session.rules;
        let date = rules.calendar.date_of(deal.at);
        let kind = rules.lots.instrument(deal.symbol, date)?.instrument.kind;
        let terms = TradeTerms {
            side: deal.side,
            kind,
            shares: deal.shares,
            price: deal.price,
        };
        let fees = rules.fees.on(date)?;
        Ok(fees.total(&terms, self.session.config.commission)?)
    }

    fn told(&self, deal: &Deal, fees: Option<Money>) -> Result<Execution, AccountError> {
        match fees {
            Some(fees) => Ok(execution_of(deal, fees, FeesAre::Reported)),
            None => self
                .estimate(deal)
                .map(|fees| execution_of(deal, fees, FeesAre::Estimated))
                .map_err(|source| {
                    malformed(NoEstimate {
                        id: deal.id.clone(),
                        source,
                    })
                }),
        }
    }
}

#[async_trait]
impl AccountBook for IbkrAccount {
    async fn snapshot(&self) -> Result<AccountSnapshot, AccountError> {
        let line = self.session.line().await.map_err(failed)?;
        let rows = line.account().await.map_err(failed)?;
        account_of(&rows).map_err(|bad| {
            let is_early = bad == BadAccount::NotReady;
            let source = Box::new(bad);
            if is_early {
                AccountError::Unavailable { source }
            } else {
                AccountError::Malformed { source }
            }
        })
    }

    async fn executions_since(
        &self,
        moment: DateTime<Utc>,
    ) -> Result<Vec<Execution>, AccountError> {
        let line = self.session.line().await.map_err(failed)?;
        let mut desk = line.desk.lock().await;
        let date_of = |moment| self.session.rules.calendar.date_of(moment);
        let days_back = days_back(date_of(moment), date_of(self.session.now()));
        let rows = line.executions(days_back).await.map_err(failed)?;
        desk.book.answer_executions(&rows);
        desk.catch_up(&line).await.map_err(failed)?;
        let deals = desk.book.deals().map_err(malformed)?;
        let since = deals.iter().filter(|(deal, _)| deal.at >= moment);
        since.map(|(deal, fees)| self.told(deal, *fees)).collect()
    }
}

/// Days to look back beside today; none is the gateway's default.
fn days_back(moment: TradingDate, today: TradingDate) -> i32 {
    let days = (today.as_naive() - moment.as_naive()).num_days();
    if days > 0 {
        warn!(
            days,
            "executions of earlier days are told only where the gateway keeps them"
        );
    }
    i32::try_from(days.clamp(0, DAYS_BACK_MAX)).unwrap_or(0)
}

fn failed(failure: IbkrError) -> AccountError {
    let needs_owner = failure.needs_owner();
    let source = Box::new(failure);
    if needs_owner {
        AccountError::Malformed { source }
    } else {
        AccountError::Unavailable { source }
    }
}

fn malformed(bad: impl std::error::Error + Send + Sync + 'static) -> AccountError {
    AccountError::Malformed {
        source: Box::new(bad),
    }
}

#[cfg(test)]
mod tests {
    use super::days_back;

    #[test]
    fn the_evening_before_is_another_day_and_a_week_is_the_most() {
        let today = "2026-09-14".parse().unwrap();
        for (date, days) in [
            ("2026-09-14", 0),
            ("2026-09-15", 0),
            ("2026-09-13", 1),
            ("2026-09-07", 7),
            ("2026-08-01", 7),
        ] {
            assert_eq!(days_back(date.parse().unwrap(), today), days, "{date}");
        }
    }
}
