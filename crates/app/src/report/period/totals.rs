//! Sums of a report. What is not known makes a sum not known, and never zero.

use catalyst_domain::money::{Currency, ExchangeRate, Money, MoneyError};
use catalyst_ports::journal::ModelCost;
use rust_decimal::Decimal;

use super::trades::{TradeEnd, TradeStory};

/// Hong Kong dollars for one of the United States, at which model cost is counted: the weak side of the
/// convertibility undertaking of the Hong Kong Monetary Authority (7.75 to 7.85), so that the cost is
/// never understated.
const USD_IN_HKD: Decimal = Decimal::from_parts(785, 0, 0, false, 2);

/// What the trades that ended came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Gain before fees; `None` while what a trade made is not known.
    pub gross: Option<Money>,
    /// Fees of the trades that ended with a known result.
    pub fees: Money,
    /// What models cost, in the exchange's currency; `None` where there is no rate.
    pub model: Option<Money>,
    /// What models cost, as it was billed.
    pub model_billed: Vec<Money>,
    /// Questions to models.
    pub questions: u64,
    /// Gross less fees and model cost; `None` while one of them is not known.
    pub net: Option<Money>,
    /// Trades that made more than their fees.
    pub won: usize,
    /// Trades that did not.
    pub lost: usize,
    /// Trades that ended with a result that nobody knows.
    pub unknown: usize,
    /// Positions still held.
    pub open: usize,
}

pub(super) fn totals(
    trades: &[TradeStory],
    model: &[ModelCost],
    currency: Currency,
) -> Result<Totals, MoneyError> {
    let mut gross_known = Money::zero(currency);
    let mut totals = Totals {
        gross: None,
        fees: Money::zero(currency),
        model: counted(model.iter().map(|one| one.cost), currency)?,
        model_billed: billed(model)?,
        questions: model.iter().map(|one| one.questions).sum(),
        net: None,
        won: 0,
        lost: 0,
        unknown: 0,
        open: 0,
    };
    for trade in trades {
        match trade.end {
            TradeEnd::Closed {
                gross, fees, net, ..
            } => {
                gross_known = gross_known.plus(gross)?;
                totals.fees = totals.fees.plus(fees)?;
                if net.amount() > Decimal::ZERO {
                    totals.won += 1;
                } else {
                    totals.lost += 1;
                }
            }
            TradeEnd::Unknown { .. } => totals.unknown += 1,
            TradeEnd::Open => totals.open += 1,
        }
    }
    totals.gross = (totals.unknown == 0).then_some(gross_known);
    if let (Some(gross), Some(model)) = (totals.gross, totals.model) {
        totals.net = Some(gross.minus(totals.fees)?.minus(model)?);
    }
    Ok(totals)
}

/// The sum of `costs` in `currency`; `None` where one has no rate.
pub(super) fn counted(
    costs: impl IntoIterator<Item = Money>,
    currency: Currency,
) -> Result<Option<Money>, MoneyError> {
    let mut sum = Money::zero(currency);
    for cost in costs {
        let rate = match (cost.currency(), currency) {
            (from, to) if from == to => ExchangeRate::new(from, to, Decimal::ONE),
            (Currency::Usd, Currency::Hkd) => {
                ExchangeRate::new(Currency::Usd, Currency::Hkd, USD_IN_HKD)
            }
            (_, _) => None,
        };
        let Some(rate) = rate else { return Ok(None) };
        sum = sum.plus(cost.converted(rate)?)?;
    }
    Ok(Some(sum))
}

fn billed(model: &[ModelCost]) -> Result<Vec<Money>, MoneyError> {
    let mut sums: Vec<Money> = Vec::new();
    for one in model {
        let same = |sum: &&mut Money| sum.currency() == one.cost.currency();
        match sums.iter_mut().find(same) {
            Some(sum) => *sum = sum.plus(one.cost)?,
            None => sums.push(one.cost),
        }
    }
    Ok(sums)
}
