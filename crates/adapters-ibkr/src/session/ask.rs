//! Questions whose answers are whole or an error: each has a deadline and an end that was seen.

use std::future::Future;
use std::time::Duration;

use futures_util::StreamExt as _;
use ibapi::Error;
use ibapi::accounts::AccountUpdate;
use ibapi::accounts::types::AccountId;
use ibapi::contracts::{Contract, ContractDetails};
use ibapi::orders::{ExecutionFilter, Executions, Orders};
use ibapi::subscriptions::SubscriptionItem;
use tokio::time::timeout;

use super::line::Line;
use crate::failure::IbkrError;
use crate::translate::{AccountRows, Increment};

/// Rows of one account beyond which something is wrong.
const ROWS_MAX: usize = 20_000;

/// Contracts of one name beyond which something is wrong.
const CONTRACTS_MAX: usize = 64;

/// Waits for `asking` at most so long.
pub(crate) async fn within<T>(
    what: &'static str,
    limit: Duration,
    asking: impl Future<Output = Result<T, Error>>,
) -> Result<T, IbkrError> {
    match timeout(limit, asking).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(Error::Timeout)) | Err(_) => Err(IbkrError::Silent {
            what,
            within: limit,
        }),
        Ok(Err(error)) => Err(IbkrError::of(what, error)),
    }
}

impl Line {
    /// Waits for an answer at most as long as a call may take; a lost connection is remembered.
    pub(crate) async fn ask<T>(
        &self,
        what: &'static str,
        asking: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, IbkrError> {
        let answer = within(what, self.patience, asking).await;
        self.watch();
        if answer.as_ref().is_err_and(IbkrError::is_lost) {
            self.give_up();
        }
        answer
    }

    /// The same for a question that shares its channel with others of its kind: after a missing or
    /// broken answer the rest of it could be taken for the next one, so the line is given up.
    async fn ask_shared<T>(
        &self,
        what: &'static str,
        asking: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, IbkrError> {
        let answer = self.ask(what, asking).await;
        if answer.is_err() {
            self.give_up();
        }
        answer
    }

    /// The answer, unless the gateway is cut off from the broker: then it may leave out anything and
    /// still have an end.
    fn linked<T>(&self, answer: T) -> Result<T, IbkrError> {
        if self.is_cut_off() {
            return Err(IbkrError::LinkDown);
        }
        Ok(answer)
    }

    /// Every open order of every client, whole.
    pub(crate) async fn open_orders(&self) -> Result<Vec<Orders>, IbkrError> {
        let asking = async {
            let mut rows = self.client.all_open_orders().await?;
            rows.collect_to_end_within(self.patience).await
        };
        self.linked(self.ask_shared("open orders", asking).await?)
    }

    /// Every order that has ended and that the gateway still knows, whole.
    pub(crate) async fn completed_orders(&self) -> Result<Vec<Orders>, IbkrError> {
        let asking = async {
            let mut rows = self.client.completed_orders(false).await?;
            rows.collect_to_end_within(self.patience).await
        };
        self.linked(self.ask_shared("completed orders", asking).await?)
    }

    /// Every execution of the account that the gateway still knows, with the fees told so far.
    pub(crate) async fn executions(&self, last_n_days: i32) -> Result<Vec<Executions>, IbkrError> {
        let filter = ExecutionFilter {
            account_code: self.account.clone(),
            last_n_days,
            ..ExecutionFilter::default()
        };
        let asking = async {
            let mut rows = self.client.executions(filter).await?;
            rows.collect_to_end_within(self.patience).await
        };
        self.linked(self.ask("executions", asking).await?)
    }

    /// One whole update of the account. One at a time: the rows of two would be mixed.
    pub(crate) async fn account(&self) -> Result<AccountRows, IbkrError> {
        let _turn = self.account_turn.lock().await;
        let rows = self.ask_shared("the account", self.account_rows()).await?;
        self.linked(rows)
    }

    async fn account_rows(&self) -> Result<AccountRows, Error> {
        let account = AccountId(self.account.clone());
        let mut updates = self.client.account_updates(&account).await?;
        let mut rows = AccountRows::default();
        loop {
            let update = match updates.next().await {
                Some(Ok(SubscriptionItem::Data(update))) => update,
                Some(Ok(SubscriptionItem::Notice(notice))) if is_lag(notice.code) => {
                    return Err(Error::Notice(notice));
                }
                Some(Ok(SubscriptionItem::Notice(_))) => continue,
                Some(Err(error)) => return Err(error),
                None => return Err(Error::UnexpectedEndOfStream),
            };
            match update {
                AccountUpdate::AccountValue(row) => rows.values.push(row),
                AccountUpdate::PortfolioValue(row) => rows.holdings.push(row),
                AccountUpdate::UpdateTime(_) => {}
                AccountUpdate::End => break,
            }
            if rows.values.len() + rows.holdings.len() > ROWS_MAX {
                return Err(Error::BufferLimitExceeded { limit: ROWS_MAX });
            }
        }
        updates.cancel().await;
        Ok(rows)
    }

    /// Every contract that fits, whole.
    pub(crate) async fn contracts(
        &self,
        contract: &Contract,
    ) -> Result<Vec<ContractDetails>, IbkrError> {
        self.ask("contract details", async {
            let asked = self.client.contract_details_stream(contract);
            let mut rows = asked.buffer_limit(CONTRACTS_MAX).subscribe().await?;
            rows.collect_to_end_within(self.patience).await
        })
        .await
    }

    /// The bands of a price table, rising.
    pub(crate) async fn price_table(&self, rule: i32) -> Result<Vec<Increment>, IbkrError> {
        let _turn = self.rule_turn.lock().await;
        let table = self
            .ask("a price table", self.client.market_rule(rule))
            .await?;
        let bands = table.price_increments.iter().map(Increment::of);
        bands.collect::<Option<Vec<_>>>().ok_or(IbkrError::Garbled {
            what: "a price table",
            text: "a band without a step".to_owned(),
        })
    }
}

/// Frames were dropped because nobody read them in time.
const fn is_lag(code: i32) -> bool {
    code == ibapi::SUBSCRIPTION_LAG_CODE
}
