//! Executions: what changed hands, its fees as far as they are told, and what it corrects.

use catalyst_domain::money::{Currency, Money, MoneyError};
use catalyst_domain::order::{ClientOrderId, Execution, ExecutionId, FeesAre, Fill};
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};
use ibapi::orders::{CommissionReport, ExecutionData, ExecutionSide};
use rust_decimal::Decimal;
use thiserror::Error;

use super::number::{BadNumber, decimal, price, shares};
use super::stock::{CURRENCY, symbol_of};
use super::time::moment_of_execution;
use catalyst_domain::price::Price;

/// One execution of an order of ours, without its fees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deal {
    pub(crate) id: String,
    pub(crate) order: ClientOrderId,
    pub(crate) symbol: Symbol,
    pub(crate) side: Side,
    pub(crate) shares: Shares,
    pub(crate) cumulative: Shares,
    pub(crate) price: Price,
    pub(crate) at: DateTime<Utc>,
}

/// An execution of ours that does not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum BadExecution {
    #[error("execution {id} is of no stock of the exchange")]
    NoSymbol { id: String },
    #[error("execution {id} is dated `{found}`")]
    NoMoment { id: String, found: String },
    #[error("execution {id}: {source}")]
    Number { id: String, source: BadNumber },
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// The deal, or `None` for an order that is not ours.
pub(crate) fn deal_of(row: &ExecutionData) -> Result<Option<Deal>, BadExecution> {
    let told = &row.execution;
    let Ok(order) = told.order_reference.parse::<ClientOrderId>() else {
        return Ok(None);
    };
    let id = || told.execution_id.clone();
    let bad = |source| BadExecution::Number { id: id(), source };
    let symbol = symbol_of(&row.contract).ok_or_else(|| BadExecution::NoSymbol { id: id() })?;
    let at = moment_of_execution(&told.time).ok_or_else(|| BadExecution::NoMoment {
        id: id(),
        found: told.time.chars().take(40).collect(),
    })?;
    Ok(Some(Deal {
        id: id(),
        order,
        symbol,
        side: match told.side {
            ExecutionSide::Bought => Side::Buy,
            ExecutionSide::Sold => Side::Sell,
        },
        shares: shares(told.shares).map_err(bad)?,
        cumulative: shares(told.cumulative_quantity).unwrap_or(Shares::ZERO),
        price: price(told.price).map_err(bad)?,
        at,
    }))
}

/// The fees that a report tells: in HKD and not below zero, since -1 means "not known yet".
pub(crate) fn fees_of(report: &CommissionReport) -> Option<Money> {
    let amount = decimal(report.commission).ok()?;
    let told = report.currency == CURRENCY && amount >= Decimal::ZERO;
    told.then(|| Money::new(amount, Currency::Hkd).ok())
        .flatten()
}

/// The execution for fees as far as they are known. A correction is the same name with another end:
/// it replaces the first of its kind.
pub(crate) fn execution_of(deal: &Deal, fees: Money, are: FeesAre) -> Execution {
    Execution {
        fill: Fill {
            execution: ExecutionId::new(deal.id.clone()),
            order: deal.order,
            symbol: deal.symbol,
            side: deal.side,
            shares: deal.shares,
            price: deal.price,
            fees,
            at: deal.at,
        },
        fees: are,
        replaces: replaced(&deal.id).map(ExecutionId::new),
    }
}

/// `0001.02` corrects `0001.01`.
fn replaced(id: &str) -> Option<String> {
    let (name, turn) = id.rsplit_once('.')?;
    let is_later = turn.parse::<u32>().ok()? > 1;
    is_later.then(|| {
        let width = turn.len();
        format!("{name}.{:0width$}", 1)
    })
}

#[cfg(test)]
mod tests {
    use catalyst_domain::order::FeesAre;
    use ibapi::orders::{CommissionReport, Execution, ExecutionData, ExecutionSide};

    use super::{BadExecution, deal_of, execution_of, fees_of};
    use crate::translate::stock_contract;

    fn row(id: &str, reference: &str) -> ExecutionData {
        ExecutionData {
            request_id: -1,
            contract: stock_contract("700".parse().unwrap()),
            execution: Execution {
                execution_id: id.to_owned(),
                time: "20260914-02:00:05".to_owned(),
                side: ExecutionSide::Bought,
                shares: 200.0,
                cumulative_quantity: 200.0,
                price: 500.2,
                order_reference: reference.to_owned(),
                ..Execution::default()
            },
        }
    }

    fn report(commission: f64, currency: &str) -> CommissionReport {
        CommissionReport {
            commission,
            currency: currency.to_owned(),
            ..CommissionReport::default()
        }
    }

    #[test]
    fn a_correction_replaces_the_first_of_its_name() {
        let corrected = |id: &str| {
            let deal = deal_of(&row(id, "20260914-1000.1-01e")).unwrap().unwrap();
            let fees = fees_of(&report(82.5, "HKD")).unwrap();
            let execution = execution_of(&deal, fees, FeesAre::Reported);
            execution.replaces.map(|id| id.to_string())
        };
        for (id, replaces) in [
            ("00a1.5bb4.01.01", None),
            ("00a1.5bb4.01.02", Some("00a1.5bb4.01.01")),
            ("00a1.5bb4.01.03", Some("00a1.5bb4.01.01")),
            ("00a1", None),
            ("00a1.xy", None),
        ] {
            assert_eq!(corrected(id).as_deref(), replaces, "{id}");
        }
    }

    #[test]
    fn fees_that_are_not_known_yet_are_none() {
        assert_eq!(
            fees_of(&report(82.5, "HKD")).unwrap().to_string(),
            "82.50 HKD"
        );
        assert_eq!(
            fees_of(&report(0.0, "HKD")).unwrap().to_string(),
            "0.00 HKD"
        );
        for (fee, currency) in [
            (-1.0, "HKD"),
            (f64::MAX, "HKD"),
            (f64::NAN, "HKD"),
            (9.0, "AUD"),
        ] {
            assert_eq!(fees_of(&report(fee, currency)), None, "{fee} {currency}");
        }
    }

    #[test]
    fn what_others_traded_is_passed_over_and_what_does_not_read_is_told() {
        assert_eq!(deal_of(&row("1.01", "")), Ok(None));
        assert_eq!(deal_of(&row("1.01", "by hand")), Ok(None));
        let mut undated = row("1.01", "20260914-1000.1-01e");
        undated.execution.time = "20260914 10:00:05".to_owned();
        assert!(matches!(
            deal_of(&undated),
            Err(BadExecution::NoMoment { .. })
        ));
    }
}
