//! Fee schedule: the charges of one market and the broker's plans, by trade date.

use std::collections::BTreeMap;

use super::charge::{Basis, Charge, Payer};
use super::day::FeesOfDay;
use super::item::FeeItem;
use super::plan::{CommissionPlan, PlanTerms};
use crate::calendar::TradingDate;
use crate::csv::{CsvError, CsvRow, CsvText};
use crate::dated::{DateSpan, Dated, NotCovered};
use crate::profile::MarketProfile;
use crate::side::Side;

const TABLE: &str = "fee schedule";
const PLANS: &str = "commission plans";
const CHARGE_COLUMNS: [&str; 11] = [
    "item",
    "effective_from",
    "effective_to",
    "side",
    "exempt",
    "rate",
    "basis",
    "fixed",
    "min",
    "max",
    "rounding",
];
const PLAN_COLUMNS: [&str; 7] = [
    "plan",
    "effective_from",
    "effective_to",
    "rate",
    "min",
    "rounding",
    "includes",
];

/// The charges of one market, and the commission plans, by trade date.
///
/// A date on which a charge did not exist is a date without that charge; a date outside the
/// market's coverage is refused.
#[derive(Debug, Clone)]
pub struct FeeSchedule {
    market: MarketProfile,
    charges: Vec<Dated<Charge>>,
    fixed_plan: Dated<PlanTerms>,
    tiered_plan: Dated<PlanTerms>,
}

/// The texts a schedule is read from.
///
/// `rate` is a fraction of the value (basis `value`) or currency units for each share (basis
/// `share`); `fixed`, `min` and `max` are currency units; words in one cell stand between blanks.
#[derive(Debug, Clone, Copy)]
pub struct FeeTables<'a> {
    /// `item,effective_from,effective_to,side,exempt,rate,basis,fixed,min,max,rounding`.
    pub charges: &'a str,
    /// `plan,effective_from,effective_to,rate,min,rounding,includes`; rates on value.
    pub plans: &'a str,
}

impl FeeSchedule {
    /// Hong Kong: stamp duty, levies, exchange and clearing fees, plans of Interactive Brokers.
    pub fn hkex() -> Result<Self, CsvError> {
        let tables = FeeTables {
            charges: include_str!("../../data/hkex/fees.csv"),
            plans: include_str!("../../data/hkex/commissions.csv"),
        };
        Self::parse(&tables, MarketProfile::hkex()?)
    }

    /// Reads the tables of one market.
    pub fn parse(tables: &FeeTables<'_>, market: MarketProfile) -> Result<Self, CsvError> {
        let plans = CsvText::parse(PLANS, tables.plans, &PLAN_COLUMNS)?;
        Ok(Self {
            market,
            charges: charges_of(tables.charges, market)?,
            fixed_plan: plan_rows(&plans, CommissionPlan::IbkrFixed, market)?,
            tiered_plan: plan_rows(&plans, CommissionPlan::IbkrTiered, market)?,
        })
    }

    /// Everything that is charged on `date`.
    pub fn on(&self, date: TradingDate) -> Result<FeesOfDay, NotCovered> {
        let coverage = self.market.coverage;
        if !coverage.contains(date) {
            return Err(NotCovered {
                table: TABLE,
                date,
                from: coverage.from(),
                to: coverage.to(),
            });
        }
        let mut charges = Vec::with_capacity(self.charges.len());
        for item in &self.charges {
            // Inside the coverage a date between rows is a date without the charge.
            if let Ok(charge) = item.on(date) {
                charges.push(charge.clone());
            }
        }
        Ok(FeesOfDay {
            currency: self.market.currency,
            charges,
            fixed_plan: self.fixed_plan.on(date)?.clone(),
            tiered_plan: self.tiered_plan.on(date)?.clone(),
        })
    }
}

fn charges_of(text: &str, market: MarketProfile) -> Result<Vec<Dated<Charge>>, CsvError> {
    let csv = CsvText::parse(TABLE, text, &CHARGE_COLUMNS)?;
    let mut rows: BTreeMap<FeeItem, Vec<(DateSpan, Charge)>> = BTreeMap::new();
    for row in csv.rows() {
        let charge = charge_of(row)?;
        if let Some(span) = row.span(market.coverage)? {
            rows.entry(charge.item).or_default().push((span, charge));
        }
    }
    let tables = rows.into_values().map(|rows| Dated::new(TABLE, rows));
    Ok(tables.collect::<Result<_, _>>()?)
}

fn charge_of(row: CsvRow<'_>) -> Result<Charge, CsvError> {
    let item = row.read("item", "a fee item such as stamp_duty", |cell| {
        cell.parse().ok()
    })?;
    let basis = row.read("basis", "value, share or trade", |cell| match cell {
        "value" => Some(Basis::Value),
        "share" => Some(Basis::Share),
        "trade" => Some(Basis::Trade),
        _ => None,
    })?;
    let payer = row.read("side", "both, buy or sell", |cell| match cell {
        "both" => Some(Payer::Both),
        "buy" => Some(Payer::Only(Side::Buy)),
        "sell" => Some(Payer::Only(Side::Sell)),
        _ => None,
    })?;
    let exempt = row.read("exempt", "equity, etf, reit, between blanks", |cell| {
        cell.split_whitespace()
            .map(|word| word.parse().ok())
            .collect()
    })?;
    let mut charge = Charge::parse(row, item, basis)?;
    charge.payer = payer;
    charge.exempt = exempt;
    Ok(charge)
}

fn plan_rows(
    plans: &CsvText<'_>,
    plan: CommissionPlan,
    market: MarketProfile,
) -> Result<Dated<PlanTerms>, CsvError> {
    let mut rows = Vec::new();
    for row in plans.rows() {
        let named: CommissionPlan = row.read("plan", "ibkr-fixed or ibkr-tiered", |cell| {
            cell.parse()
                .ok()
                .filter(|plan| *plan != CommissionPlan::None)
        })?;
        if named != plan {
            continue;
        }
        let includes = row.read("includes", "fee items between blanks", |cell| {
            cell.split_whitespace()
                .map(|word| word.parse().ok())
                .collect()
        })?;
        let commission = Charge::parse(row, FeeItem::Commission, Basis::Value)?;
        if let Some(span) = row.span(market.coverage)? {
            rows.push((
                span,
                PlanTerms {
                    commission,
                    includes,
                },
            ));
        }
    }
    Ok(Dated::new(PLANS, rows)?)
}
