//! The account and its day in the currency of the exchange.

use catalyst_domain::money::{Currency, ExchangeRate, Money};
use rust_decimal::Decimal;

use super::question::{AccountAsked, DayAsked};
use crate::commands::inspect::{Asked, BadQuestion, Given, needed};

const AMOUNT: &str = "an amount of at most 10^18 either way";

/// What is known of the account; what is not is missing and never zero.
#[derive(Debug, Clone, Copy)]
pub(super) struct AccountRead {
    pub(super) equity: Option<Money>,
    pub(super) cash: Option<Money>,
    pub(super) pnl: Option<Money>,
    /// What the day began with: the equity less what the day has made of it.
    pub(super) equity_at_open: Option<Money>,
}

/// Reads amounts of the account's currency and converts them into `market`.
pub(super) fn read(
    account: &AccountAsked,
    day: &DayAsked,
    market: Currency,
) -> Result<AccountRead, BadQuestion> {
    let own = needed("account.currency", account.currency)?;
    let rate = rate_to(market, own, account.rate)?;
    let amount = |field, asked| converted(field, asked, own, rate);
    let equity = amount("account.equity", account.equity)?;
    let pnl = amount("day.pnl", day.pnl)?;
    Ok(AccountRead {
        equity,
        cash: amount("account.cash", account.cash)?,
        pnl,
        equity_at_open: equity
            .zip(pnl)
            .and_then(|(equity, pnl)| equity.minus(pnl).ok()),
    })
}

/// The rate into `market`; `None` where the account is kept in it.
fn rate_to(
    market: Currency,
    own: Currency,
    asked: Option<Asked<Given>>,
) -> Result<Option<ExchangeRate>, BadQuestion> {
    let given = asked.map(|Asked(rate)| rate);
    if given.is_none() && own == market {
        return Ok(None);
    }
    let allowed =
        format!("{market} for one {own}, above 0, needed unless the account is in {market}");
    let Some(given) = given else {
        return Err(BadQuestion::missing("account.rate", &allowed));
    };
    let per_unit = given.number().unwrap_or(Decimal::ZERO);
    let is_own = own == market && per_unit != Decimal::ONE;
    match ExchangeRate::new(own, market, per_unit) {
        Some(rate) if !is_own => Ok(Some(rate)),
        Some(_) | None => Err(BadQuestion::new("account.rate", &shown(given), &allowed)),
    }
}

fn converted(
    field: &str,
    asked: Option<Asked<Given>>,
    own: Currency,
    rate: Option<ExchangeRate>,
) -> Result<Option<Money>, BadQuestion> {
    let Some(number) = asked.and_then(|Asked(given)| given.number()) else {
        return Ok(None);
    };
    Money::new(number, own)
        .and_then(|money| rate.map_or(Ok(money), |rate| money.converted(rate)))
        .map(Some)
        .map_err(|_too_large| BadQuestion::new(field, &number.to_string(), AMOUNT))
}

fn shown(given: Given) -> String {
    given
        .number()
        .map_or_else(|| "no number".to_owned(), |number| number.to_string())
}
