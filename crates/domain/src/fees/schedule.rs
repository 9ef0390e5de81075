//! Fee schedule: the charges of one market and the broker's plans, by trade date.

use std::collections::BTreeMap;

use super::charge::{Basis, Charge, Payer};
use super::day::FeesOfDay;
use super::item::FeeItem;
use super::plan::{CommissionPlan, PlanTerms};
use crate::calendar::TradingDate;
use crate::csv::{CsvError, CsvRow, CsvText};
use crate::dated::{DateSpan, Dated, DatedError, NotCovered};
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
const PLAN_COLUMNS: [&str; 8] = [
    "plan",
    "effective_from",
    "effective_to",
    "rate",
    "basis",
    "min",
    "rounding",
    "includes",
];

/// The charges of one market, and the commission plans, by trade date.
///
/// A date on which a charge did not exist is a date without that charge. A date outside the market's
/// coverage is refused, and so is one on which a charge existed whose rate is not on file.
#[derive(Debug, Clone)]
pub struct FeeSchedule {
    market: MarketProfile,
    items: Vec<ItemRows>,
    fixed_plan: Dated<PlanTerms>,
    tiered_plan: Dated<PlanTerms>,
}

/// One charge through the years; between its rows it did not exist.
#[derive(Debug, Clone)]
struct ItemRows {
    item: FeeItem,
    rows: Dated<ChargeRow>,
    /// From the first to the last date with a rate.
    known: DateSpan,
}

#[derive(Debug, Clone)]
enum ChargeRow {
    Known(Charge),
    /// It was charged, at a rate that is not on file.
    Unknown,
}

/// The texts a schedule is read from.
///
/// `rate` is a fraction of the value (basis `value`) or currency units for each share (basis
/// `share`), or the word `unknown` for a charge whose rate is not on file; `fixed`, `min` and `max`
/// are currency units, `max_rate` a fraction of the value that wins over `min`; words in one cell
/// stand between blanks.
///
/// Shown at [`FeeSchedule::parse`].
#[derive(Debug, Clone, Copy)]
pub struct FeeTables<'a> {
    /// `item,effective_from,effective_to,side,exempt,rate,basis,fixed,min,max,rounding`.
    pub charges: &'a str,
    /// `plan,effective_from,effective_to,rate,basis,min,max_rate,rounding,includes`.
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

    /// United States: the fees of the SEC and of FINRA on sells, plans of Interactive Brokers. Known
    /// from 2025-05-14 on, the first date with both rates on file.
    ///
    /// Fees of exchanges and clearing, which the tiered plan adds, are not on file: a cost under that
    /// plan is a lower bound.
    ///
    /// ```
    /// use catalyst_domain::fees::{CommissionPlan, FeeSchedule, TradeTerms};
    /// use catalyst_domain::{instrument::InstrumentKind, quantity::Shares, side::Side};
    /// let schedule = FeeSchedule::nyse()?;
    /// let trade = TradeTerms {
    ///     side: Side::Sell,
    ///     kind: InstrumentKind::Equity,
    ///     shares: Shares::new(100)?,
    ///     price: "150".parse()?,
    /// };
    /// let cost = schedule.on("2026-06-01".parse()?)?.cost(&trade, CommissionPlan::None)?;
    /// assert_eq!(cost.total.to_string(), "0.33 USD");
    /// assert_eq!(
    ///     schedule.on("2025-05-13".parse()?).unwrap_err().to_string(),
    ///     "sec_fee is not known for 2025-05-13, it covers 2025-05-14 to 2027-12-31"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn nyse() -> Result<Self, CsvError> {
        let tables = FeeTables {
            charges: include_str!("../../data/nyse/fees.csv"),
            plans: include_str!("../../data/nyse/commissions.csv"),
        };
        Self::parse(&tables, MarketProfile::nyse()?)
    }

    /// Reads the tables of one market.
    ///
    /// ```
    /// use catalyst_domain::fees::{FeeSchedule, FeeTables};
    /// use catalyst_domain::profile::MarketProfile;
    /// let tables = FeeTables {
    ///     charges: "item,effective_from,effective_to,side,exempt,rate,basis,fixed,min,max,rounding\n\
    ///               stamp_duty,,,both,,0.1 %,value,,,,up dollar",
    ///     plans: "plan,effective_from,effective_to,rate,basis,min,rounding,includes",
    /// };
    /// let error = FeeSchedule::parse(&tables, MarketProfile::hkex()?).unwrap_err().to_string();
    /// assert!(error.contains("column `rate`: found `0.1 %`"), "{error}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse(tables: &FeeTables<'_>, market: MarketProfile) -> Result<Self, CsvError> {
        let plans = CsvText::parse(PLANS, tables.plans, &PLAN_COLUMNS)?;
        Ok(Self {
            market,
            items: items_of(tables.charges, market)?,
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
        let mut charges = Vec::with_capacity(self.items.len());
        for item in &self.items {
            charges.extend(item.on(date)?.cloned());
        }
        Ok(FeesOfDay {
            currency: self.market.currency,
            charges,
            fixed_plan: self.fixed_plan.on(date)?.clone(),
            tiered_plan: self.tiered_plan.on(date)?.clone(),
        })
    }
}

impl ItemRows {
    fn new(item: FeeItem, rows: Vec<(DateSpan, ChargeRow)>) -> Result<Self, DatedError> {
        let spans = || {
            let known = |row: &&(DateSpan, ChargeRow)| matches!(row.1, ChargeRow::Known(_));
            rows.iter().filter(known).map(|(span, _)| *span)
        };
        let table = item.as_str();
        let first = spans().map(DateSpan::from).min();
        let last = spans().map(DateSpan::to).max();
        let known = first
            .zip(last)
            .and_then(|(from, to)| DateSpan::new(from, to));
        Ok(Self {
            item,
            known: known.ok_or(DatedError::Empty { table })?,
            rows: Dated::new(table, rows)?,
        })
    }

    /// The charge on a covered date, `None` when there was none.
    fn on(&self, date: TradingDate) -> Result<Option<&Charge>, NotCovered> {
        match self.rows.on(date) {
            Ok(ChargeRow::Known(charge)) => Ok(Some(charge)),
            Ok(ChargeRow::Unknown) => Err(NotCovered {
                table: self.item.as_str(),
                date,
                from: self.known.from(),
                to: self.known.to(),
            }),
            Err(_between_rows) => Ok(None),
        }
    }
}

fn items_of(text: &str, market: MarketProfile) -> Result<Vec<ItemRows>, CsvError> {
    let csv = CsvText::parse(TABLE, text, &CHARGE_COLUMNS)?;
    let mut rows: BTreeMap<FeeItem, Vec<(DateSpan, ChargeRow)>> = BTreeMap::new();
    for row in csv.rows() {
        let item = row.read("item", "a fee item such as stamp_duty", |cell| {
            cell.parse().ok()
        })?;
        let charge = match row.text("rate") {
            "unknown" => ChargeRow::Unknown,
            _ => ChargeRow::Known(charge_of(row, item)?),
        };
        if let Some(span) = row.span(market.coverage)? {
            rows.entry(item).or_default().push((span, charge));
        }
    }
    let items = rows
        .into_iter()
        .map(|(item, rows)| ItemRows::new(item, rows));
    Ok(items.collect::<Result<_, _>>()?)
}

fn charge_of(row: CsvRow<'_>, item: FeeItem) -> Result<Charge, CsvError> {
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
    let mut charge = Charge::parse(row, item, Basis::of_row(row)?)?;
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
        let commission = Charge::parse(row, FeeItem::Commission, Basis::of_row(row)?)?;
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
