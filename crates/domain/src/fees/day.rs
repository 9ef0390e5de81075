//! Fees of a day: a schedule resolved for one date, ready to price any number of trades.

use super::charge::{Charge, UNIT_PLACES};
use super::item::FeeItem;
use super::plan::{CommissionPlan, PlanTerms};
use crate::instrument::InstrumentKind;
use crate::money::{Currency, Money, MoneyError};
use crate::price::Price;
use crate::quantity::Shares;
use crate::side::Side;

/// What a charge may depend on in one trade.
///
/// Shown at [`FeesOfDay::cost`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TradeTerms {
    /// Which way the trade goes.
    pub side: Side,
    /// The kind of instrument, for exemptions.
    pub kind: InstrumentKind,
    /// How many shares; none cost nothing.
    pub shares: Shares,
    /// The price per share, in the currency of the market.
    pub price: Price,
}

/// The charges of one trade, each settled by its own rule, and their sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeBreakdown {
    /// Charges in the order of the schedule, the commission last.
    pub items: Vec<(FeeItem, Money)>,
    /// The sum of the items.
    pub total: Money,
}

impl FeeBreakdown {
    /// The charge of `item`, nothing when the trade does not bear it.
    ///
    /// ```
    /// use catalyst_domain::fees::{CommissionPlan, FeeItem, FeeSchedule, TradeTerms};
    /// use catalyst_domain::{instrument::InstrumentKind, quantity::Shares, side::Side};
    /// let fees = FeeSchedule::hkex()?.on("2026-11-23".parse()?)?;
    /// let trade = TradeTerms {
    ///     side: Side::Sell,
    ///     kind: InstrumentKind::Etf,
    ///     shares: Shares::new(500)?,
    ///     price: "26".parse()?,
    /// };
    /// let cost = fees.cost(&trade, CommissionPlan::IbkrFixed)?;
    /// assert_eq!(cost.of(FeeItem::StampDuty).to_string(), "0.00 HKD");
    /// assert_eq!(cost.of(FeeItem::Commission).to_string(), "18.00 HKD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(&self, item: FeeItem) -> Money {
        let found = self.items.iter().find(|(named, _)| *named == item);
        found.map_or(Money::zero(self.total.currency()), |(_, charge)| *charge)
    }
}

/// The charges and commission plans of one trade date.
#[derive(Debug, Clone)]
pub struct FeesOfDay {
    pub(super) currency: Currency,
    pub(super) charges: Vec<Charge>,
    pub(super) fixed_plan: PlanTerms,
    pub(super) tiered_plan: PlanTerms,
}

impl FeesOfDay {
    /// The charges of one trade booked as one order, item by item.
    ///
    /// ```
    /// use catalyst_domain::fees::{CommissionPlan, FeeSchedule, TradeTerms};
    /// use catalyst_domain::{instrument::InstrumentKind, quantity::Shares, side::Side};
    /// let fees = FeeSchedule::hkex()?.on("2026-11-23".parse()?)?;
    /// let trade = TradeTerms {
    ///     side: Side::Buy,
    ///     kind: InstrumentKind::Equity,
    ///     shares: Shares::new(100)?,
    ///     price: "500".parse()?,
    /// };
    /// assert_eq!(fees.cost(&trade, CommissionPlan::None)?.total.to_string(), "56.36 HKD");
    /// assert_eq!(fees.total(&trade, CommissionPlan::IbkrTiered)?.to_string(), "81.36 HKD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cost(
        &self,
        trade: &TradeTerms,
        plan: CommissionPlan,
    ) -> Result<FeeBreakdown, MoneyError> {
        let mut items = Vec::with_capacity(self.charges.len() + 1);
        let mut sum = 0_u64;
        for charge in self.charges_on(trade, plan) {
            let units = charge.units(trade.shares, trade.price)?;
            sum = sum.checked_add(units).ok_or(MoneyError::TooLarge)?;
            items.push((charge.item, self.money(units)?));
        }
        Ok(FeeBreakdown {
            items,
            total: self.money(sum)?,
        })
    }

    /// The total of [`Self::cost`] without the list.
    pub fn total(&self, trade: &TradeTerms, plan: CommissionPlan) -> Result<Money, MoneyError> {
        let mut sum = 0_u64;
        for charge in self.charges_on(trade, plan) {
            let units = charge.units(trade.shares, trade.price)?;
            sum = sum.checked_add(units).ok_or(MoneyError::TooLarge)?;
        }
        self.money(sum)
    }

    /// The charges that fall on a trade, the commission last; none without shares.
    fn charges_on<'a>(
        &'a self,
        trade: &TradeTerms,
        plan: CommissionPlan,
    ) -> impl Iterator<Item = &'a Charge> {
        let TradeTerms { side, kind, .. } = *trade;
        let terms = match plan {
            CommissionPlan::None => None,
            CommissionPlan::IbkrFixed => Some(&self.fixed_plan),
            CommissionPlan::IbkrTiered => Some(&self.tiered_plan),
        };
        let charges = if trade.shares.is_zero() {
            &[]
        } else {
            self.charges.as_slice()
        };
        let paid = terms.filter(|_| !trade.shares.is_zero());
        let included = move |item| terms.is_some_and(|terms| terms.includes.contains(&item));
        charges
            .iter()
            .filter(move |charge| charge.falls_on(side, kind) && !included(charge.item))
            .chain(paid.map(|terms| &terms.commission))
    }

    fn money(&self, units: u64) -> Result<Money, MoneyError> {
        let amount = rust_decimal::Decimal::from_i128_with_scale(i128::from(units), UNIT_PLACES);
        Money::new(amount.normalize(), self.currency)
    }
}
