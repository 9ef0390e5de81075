//! Order rules: what one order may be at an exchange, in size and price, by trade date.

use crate::calendar::TradingDate;
use crate::csv::{CsvError, CsvRow, CsvText};
use crate::dated::{Dated, NotCovered};
use crate::money::plain_decimal;
use crate::profile::MarketProfile;
use crate::ratio::BasisPoints;

const TABLE: &str = "order rules";

/// What one order may be; a rule that an exchange does not have is `None`.
///
/// Shown at [`OrderRuleTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderRules {
    /// Board lots of one order at most.
    pub max_lots: Option<u32>,
    /// How far on its own side of the market a limit may lie.
    pub quotation: Option<QuotationRange>,
    /// Ticks through the best opposite price up to which an enhanced limit order is taken.
    pub enhanced_steps: Option<u32>,
    /// A limit at this many times the nominal price or more, or at that fraction or less, is refused.
    pub nominal_multiple: Option<u32>,
}

/// A buy may lie below the best bid, and a sale above the best ask, by the greater of two distances.
///
/// ```
/// use catalyst_domain::order_rules::OrderRuleTable;
/// use catalyst_domain::ratio::BasisPoints;
/// let rules = OrderRuleTable::hkex()?;
/// let before = rules.on("2025-08-03".parse()?)?.quotation.ok_or("no range")?;
/// let after = rules.on("2025-08-04".parse()?)?.quotation.ok_or("no range")?;
/// assert_eq!((before.steps, before.share), (24, None));
/// assert_eq!(after.share, Some(BasisPoints::new(500)));
/// assert_eq!(after.share_etf, Some(BasisPoints::new(350)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotationRange {
    /// Ticks.
    pub steps: u32,
    /// Share of the best quote, for equities and REITs; `None` where ticks alone count.
    pub share: Option<BasisPoints>,
    /// The same for exchange traded funds.
    pub share_etf: Option<BasisPoints>,
}

/// The order rules of one market by trade date.
///
/// ```
/// use catalyst_domain::order_rules::OrderRuleTable;
/// let date = "2026-11-24".parse()?;
/// assert_eq!(OrderRuleTable::hkex()?.on(date)?.max_lots, Some(3_000));
/// assert_eq!(OrderRuleTable::nyse()?.on(date)?.max_lots, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct OrderRuleTable {
    rows: Dated<OrderRules>,
}

impl OrderRuleTable {
    /// The Stock Exchange of Hong Kong: SEHK Rules 505A, 506A, 507A and its trading mechanism page.
    pub fn hkex() -> Result<Self, CsvError> {
        let text = include_str!("../data/hkex/order_rules.csv");
        Self::parse(text, MarketProfile::hkex()?)
    }

    /// The United States, whose price bands follow a reference price that is not known here.
    pub fn nyse() -> Result<Self, CsvError> {
        let text = include_str!("../data/nyse/order_rules.csv");
        Self::parse(text, MarketProfile::nyse()?)
    }

    /// Reads `effective_from,effective_to,max_lots,quotation_steps,quotation_share,
    /// quotation_share_etf,enhanced_steps,nominal_multiple`; an empty cell is no such rule.
    pub fn parse(text: &str, market: MarketProfile) -> Result<Self, CsvError> {
        let columns = [
            "effective_from",
            "effective_to",
            "max_lots",
            "quotation_steps",
            "enhanced_steps",
            "nominal_multiple",
        ];
        let csv = CsvText::parse(TABLE, text, &columns)?;
        let mut rows = Vec::new();
        for row in csv.rows() {
            let rules = rules_of(row)?;
            if let Some(span) = row.span(market.coverage)? {
                rows.push((span, rules));
            }
        }
        Ok(Self {
            rows: Dated::new(TABLE, rows)?,
        })
    }

    /// The rules of `date`.
    pub fn on(&self, date: TradingDate) -> Result<OrderRules, NotCovered> {
        self.rows.on(date).copied()
    }
}

fn rules_of(row: CsvRow<'_>) -> Result<OrderRules, CsvError> {
    let count = |column| {
        row.read_optional(column, "a whole number from 1", |cell| {
            cell.parse().ok().filter(|count| *count > 0)
        })
    };
    let share = |column| {
        row.read_optional(column, "a fraction such as 0.05", |cell| {
            BasisPoints::from_fraction(plain_decimal(cell)?)
        })
    };
    let (share, share_etf) = (share("quotation_share")?, share("quotation_share_etf")?);
    Ok(OrderRules {
        max_lots: count("max_lots")?,
        quotation: count("quotation_steps")?.map(|steps| QuotationRange {
            steps,
            share,
            share_etf,
        }),
        enhanced_steps: count("enhanced_steps")?,
        nominal_multiple: count("nominal_multiple")?,
    })
}
