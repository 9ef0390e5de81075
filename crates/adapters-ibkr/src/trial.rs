//! A trial order: what one would cost, asked without placing it. It shows whether orders are taken at all.

use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;

use crate::failure::IbkrError;
use crate::session::IbkrSession;
use crate::translate::{BadNumber, decimal, order_contract, to_f64};
use rust_decimal::Decimal;

/// What a trial order came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// What the broker would charge, where it says so.
    pub commission: Option<Decimal>,
    /// In which currency.
    pub currency: String,
    /// In the broker's words, where it warns.
    pub warning: String,
}

impl IbkrSession {
    /// What buying `shares` of `symbol` at `limit` would cost; nothing is placed. Fails with the broker's
    /// code where no order is taken: 321 with the switch "Read-Only API", 460 without permission.
    pub async fn trial(
        &self,
        symbol: Symbol,
        shares: Shares,
        limit: Price,
    ) -> Result<Trial, IbkrError> {
        let line = self.line().await?;
        let _turn = line.desk.lock().await;
        let contract = order_contract(symbol, self.config.order_exchange);
        let garbled = |bad: BadNumber| IbkrError::Garbled {
            what: "a trial order",
            text: bad.to_string(),
        };
        let quantity = to_f64(Decimal::from(shares.count())).map_err(garbled)?;
        let price = to_f64(limit.value()).map_err(garbled)?;
        let order = line.client.order(&contract).buy(quantity).limit(price);
        let asking = order.account(line.account.as_str()).analyze();
        let state = line.ask("a trial order", asking).await?;
        Ok(Trial {
            commission: state.commission.and_then(|amount| decimal(amount).ok()),
            currency: state.commission_currency.clone(),
            warning: state.warning_text,
        })
    }
}
