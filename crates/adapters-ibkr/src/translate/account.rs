//! The account out of the rows of its update: cash and equity in HKD, positions by symbol.

use std::collections::BTreeMap;

use catalyst_domain::money::{Currency, Money, MoneyError, Rounding};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::account::{AccountSnapshot, BrokerPosition};
use ibapi::accounts::{AccountPortfolioValue, AccountValue};
use ibapi::contracts::SecurityType;
use rust_decimal::Decimal;
use thiserror::Error;

use super::number::{BadNumber, decimal, shares};
use super::stock::{CURRENCY, symbol_of};

/// Sums over all currencies come under this name.
const BASE: &str = "BASE";

/// What one unit of a currency is worth in the base currency.
const RATE: &str = "ExchangeRate";

type Positions = Vec<BrokerPosition>;

/// One whole update, its end seen.
#[derive(Debug, Default)]
pub(crate) struct AccountRows {
    pub(crate) values: Vec<AccountValue>,
    pub(crate) holdings: Vec<AccountPortfolioValue>,
}

/// What the rows do not say, or say against each other.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum BadAccount {
    #[error("the account is not ready: the gateway is still loading it")]
    NotReady,
    #[error("there is no row {key}")]
    Missing { key: &'static str },
    #[error("{key} reads `{found}`, which is no figure")]
    NoFigure { key: &'static str, found: String },
    #[error("{key} is told in {one} and in {other}")]
    Twice {
        key: &'static str,
        one: String,
        other: String,
    },
    #[error(
        "the exchange rate of {currency} is not told to an account in {base} that holds none; hold \
         some {currency}: convert first"
    )]
    RateUntold {
        currency: &'static str,
        base: String,
    },
    #[error("the exchange rate of {currency} is {found}")]
    NoRate { currency: String, found: Decimal },
    #[error("stocks are worth {worth} HKD and none is listed")]
    Unlisted { worth: Decimal },
    #[error("a stock in HKD is called `{found}`")]
    NoSymbol { found: String },
    #[error("{symbol}: {source}")]
    Count { symbol: Symbol, source: BadNumber },
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// The account. Every figure is read or refused; an absent row of HKD is no cash in HKD only where
/// the cash of other currencies is told.
pub(crate) fn account_of(rows: &AccountRows) -> Result<AccountSnapshot, BadAccount> {
    if rows
        .values
        .iter()
        .any(|row| row.key == "AccountReady" && row.value == "false")
    {
        return Err(BadAccount::NotReady);
    }
    let (positions, short) = positions(&rows.holdings)?;
    if positions.is_empty() && short.is_empty() {
        nothing_is_held(&rows.values)?;
    }
    Ok(AccountSnapshot {
        cash: cash(&rows.values)?,
        equity: equity(&rows.values)?,
        positions,
        short,
    })
}

/// An empty list is believed only where a row says what stocks are worth, and it is nothing in HKD. An
/// absent row of HKD counts as nothing only where those of other currencies are told.
fn nothing_is_held(rows: &[AccountValue]) -> Result<(), BadAccount> {
    const KEY: &str = "StockMarketValue";
    let told: Vec<_> = rows.iter().filter(|row| row.key == KEY).collect();
    if told.is_empty() {
        return Err(BadAccount::Missing { key: KEY });
    }
    let ours = told.into_iter().rfind(|row| row.currency == CURRENCY);
    match ours.map(|row| figure(KEY, row)).transpose()? {
        Some(worth) if !worth.is_zero() => Err(BadAccount::Unlisted { worth }),
        Some(_) | None => Ok(()),
    }
}

fn cash(rows: &[AccountValue]) -> Result<Money, BadAccount> {
    const KEY: &str = "CashBalance";
    let told: Vec<_> = rows.iter().filter(|row| row.key == KEY).collect();
    if told.is_empty() {
        return Err(BadAccount::Missing { key: KEY });
    }
    match told.into_iter().rfind(|row| row.currency == CURRENCY) {
        Some(row) => Ok(Money::new(figure(KEY, row)?, Currency::Hkd)?),
        None => Ok(Money::zero(Currency::Hkd)),
    }
}

/// Net liquidation is told in the base currency, whatever that is.
fn equity(rows: &[AccountValue]) -> Result<Money, BadAccount> {
    const KEY: &str = "NetLiquidation";
    let is_told = |row: &&AccountValue| row.key == KEY && row.currency != BASE;
    let newest = rows.iter().rfind(is_told);
    let newest = newest.ok_or(BadAccount::Missing { key: KEY })?;
    let mut told = rows.iter().filter(is_told);
    if let Some(other) = told.find(|row| row.currency != newest.currency) {
        return Err(BadAccount::Twice {
            key: KEY,
            one: newest.currency.clone(),
            other: other.currency.clone(),
        });
    }
    let amount = figure(KEY, newest)?;
    if newest.currency == CURRENCY {
        return Ok(Money::new(amount, Currency::Hkd)?);
    }
    let base = rate(rows, &newest.currency)?.ok_or(BadAccount::Missing { key: RATE })?;
    let ours = rate(rows, CURRENCY)?.ok_or_else(|| BadAccount::RateUntold {
        currency: CURRENCY,
        base: newest.currency.clone(),
    })?;
    let too_large = BadAccount::Money(MoneyError::TooLarge);
    let in_hkd = amount
        .checked_mul(base)
        .and_then(|sum| sum.checked_div(ours));
    let equity = Money::new(in_hkd.ok_or(too_large)?, Currency::Hkd)?;
    Ok(equity.settled(Rounding::Down, 2))
}

/// What one unit of `currency` is worth in the base currency, where it is told.
fn rate(rows: &[AccountValue], currency: &str) -> Result<Option<Decimal>, BadAccount> {
    let told = rows
        .iter()
        .rfind(|row| row.key == RATE && row.currency == currency);
    let Some(row) = told else {
        return Ok(None);
    };
    let found = figure(RATE, row)?;
    if found <= Decimal::ZERO {
        return Err(BadAccount::NoRate {
            currency: currency.to_owned(),
            found,
        });
    }
    Ok(Some(found))
}

/// The unset value of the wire is a number too, beyond every decimal.
fn figure(key: &'static str, row: &AccountValue) -> Result<Decimal, BadAccount> {
    row.value
        .parse()
        .map_err(|_no_figure| BadAccount::NoFigure {
            key,
            found: row.value.chars().take(40).collect(),
        })
}

/// What is held and what is owed. A row that comes again, as after a trade, stands for the one before.
fn positions(rows: &[AccountPortfolioValue]) -> Result<(Positions, Positions), BadAccount> {
    let mut told = BTreeMap::new();
    for row in rows {
        let contract = &row.contract;
        let is_stock = contract.security_type == SecurityType::Stock;
        let Some(symbol) = symbol_of(contract) else {
            let primary = contract.primary_exchange.as_str();
            if is_stock && contract.currency.as_str() == CURRENCY && primary.is_empty() {
                return Err(BadAccount::NoSymbol {
                    found: contract.symbol.as_str().chars().take(40).collect(),
                });
            }
            continue;
        };
        let found = decimal(row.position).map_err(|source| BadAccount::Count { symbol, source })?;
        let count = shares(row.position.abs());
        let shares = count.map_err(|source| BadAccount::Count { symbol, source })?;
        let position = BrokerPosition { symbol, shares };
        told.insert(symbol, (found < Decimal::ZERO, position));
    }
    let told = told.into_values();
    let (short, held): (Vec<_>, Vec<_>) = told
        .filter(|(_, position)| !position.shares.is_zero())
        .partition(|(is_short, _)| *is_short);
    let bare = |told: Vec<(bool, BrokerPosition)>| told.into_iter().map(|(_, one)| one).collect();
    Ok((bare(held), bare(short)))
}

#[cfg(test)]
mod tests {
    use ibapi::accounts::{AccountPortfolioValue, AccountValue};

    use super::{AccountRows, BadAccount, BrokerPosition, account_of};
    use crate::translate::stock_contract;

    fn value(key: &str, value: &str, currency: &str) -> AccountValue {
        AccountValue {
            key: key.to_owned(),
            value: value.to_owned(),
            currency: currency.to_owned(),
            account: None,
        }
    }

    fn held(symbol: &str, position: f64) -> AccountPortfolioValue {
        let mut contract = stock_contract(symbol.parse().unwrap());
        contract.exchange = "".into();
        AccountPortfolioValue {
            contract,
            position,
            ..AccountPortfolioValue::default()
        }
    }

    /// An account with HKD 100,000 in `base`, whose unit is worth `hkd` dollars of Hong Kong.
    fn rows(base: &str, net: &str, hkd: &str) -> AccountRows {
        AccountRows {
            values: vec![
                value("AccountReady", "true", ""),
                value("CashBalance", "100000.25", "HKD"),
                value("CashBalance", "12900", "BASE"),
                value("NetLiquidation", net, base),
                value("ExchangeRate", hkd, "HKD"),
                value("ExchangeRate", "1.00", base),
                value("StockMarketValue", "0.00", "BASE"),
            ],
            holdings: Vec::new(),
        }
    }

    #[test]
    fn equity_is_in_hkd_whatever_the_base() {
        for (base, net, rate, equity) in [
            ("HKD", "250000.10", "1.00", "250000.10 HKD"),
            ("USD", "32000", "0.128", "250000.00 HKD"),
            ("AUD", "50000", "0.1953125", "256000.00 HKD"),
        ] {
            let account = account_of(&rows(base, net, rate)).unwrap();

            assert_eq!(account.equity.to_string(), equity, "{base}");
            assert_eq!(account.cash.to_string(), "100000.25 HKD");
        }
    }

    #[test]
    fn a_figure_that_is_none_is_an_error_and_never_zero() {
        for (key, bad) in [
            ("NetLiquidation", ""),
            ("NetLiquidation", "-"),
            ("NetLiquidation", "1.7976931348623157E308"),
            ("CashBalance", "NaN"),
        ] {
            let mut account = rows("HKD", "1", "1.00");
            for row in account.values.iter_mut().filter(|row| row.key == key) {
                row.value = bad.to_owned();
            }
            let refused = account_of(&account);
            assert!(
                matches!(refused, Err(BadAccount::NoFigure { .. })),
                "{key} {bad}: {refused:?}"
            );
        }
        for key in ["CashBalance", "NetLiquidation", "StockMarketValue"] {
            let mut account = rows("HKD", "1", "1.00");
            account.values.retain(|row| row.key != key);
            assert_eq!(account_of(&account), Err(BadAccount::Missing { key }));
        }
        let mut no_rate = rows("AUD", "1", "1.00");
        let is_rate_of =
            |row: &AccountValue, currency| row.key == "ExchangeRate" && row.currency == currency;
        no_rate.values.retain(|row| !is_rate_of(row, "HKD"));
        let told = account_of(&no_rate).unwrap_err().to_string();
        assert_eq!(
            told,
            "the exchange rate of HKD is not told to an account in AUD that holds none; hold some \
             HKD: convert first"
        );
        no_rate.values.retain(|row| !is_rate_of(row, "AUD"));
        assert_eq!(
            account_of(&no_rate),
            Err(BadAccount::Missing {
                key: "ExchangeRate"
            })
        );
        let still_loading = AccountRows {
            values: vec![value("AccountReady", "false", "")],
            holdings: Vec::new(),
        };
        assert_eq!(account_of(&still_loading), Err(BadAccount::NotReady));
    }

    #[test]
    fn an_empty_list_is_not_believed_against_the_worth_of_what_is_held() {
        let mut account = rows("HKD", "1", "1.00");
        account
            .values
            .push(value("StockMarketValue", "0.00", "HKD"));
        assert_eq!(account_of(&account).unwrap().positions, []);

        account
            .values
            .push(value("StockMarketValue", "50050.00", "HKD"));

        let worth = "50050".parse().unwrap();
        assert_eq!(account_of(&account), Err(BadAccount::Unlisted { worth }));
    }

    #[test]
    fn positions_are_seen_with_an_empty_exchange_and_a_short_one_is_named() {
        let mut account = rows("HKD", "1", "1.00");
        account.holdings = vec![
            held("700", 300.0),
            held("5", 400.0),
            held("388", 0.0),
            held("700", 200.0),
        ];

        let found = account_of(&account).unwrap().positions;

        let counts: Vec<_> = found
            .iter()
            .map(|position| (position.symbol.to_string(), position.shares.count()))
            .collect();
        assert_eq!(
            counts,
            [("00005".to_owned(), 400), ("00700".to_owned(), 200)]
        );
        account.holdings = vec![held("700", -100.0), held("5", 400.0)];
        let found = account_of(&account).unwrap();
        let counts = |rows: &[BrokerPosition]| -> Vec<(String, u64)> {
            let rows = rows.iter();
            rows.map(|row| (row.symbol.to_string(), row.shares.count()))
                .collect()
        };
        assert_eq!(counts(&found.positions), [("00005".to_owned(), 400)]);
        assert_eq!(counts(&found.short), [("00700".to_owned(), 100)]);
        account.holdings = vec![held("700", f64::NAN)];
        assert!(matches!(
            account_of(&account),
            Err(BadAccount::Count { .. })
        ));
    }
}
