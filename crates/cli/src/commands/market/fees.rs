//! `catalyst market fees`: what a trade costs beside its price, charge by charge.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::{CommissionPlan, FeeBreakdown, TradeTerms};
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::money::Money;
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use serde::{Deserialize, Serialize};

use super::asking::Question;
use super::outside::outside_dates;
use super::rules::Rules;
use crate::commands::inspect::{Asked, BadQuestion, needed};

/// Flags of `catalyst market fees`, and keys of its lines.
#[derive(Debug, Clone, clap::Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeesQuestion {
    /// Which exchange: HKEX or NYSE [default: HKEX]
    #[arg(long, value_name = "EXCHANGE")]
    exchange: Option<Asked<Exchange>>,
    /// The trade date, such as 2026-11-23
    #[arg(long, value_name = "DATE")]
    date: Option<Asked<TradingDate>>,
    /// buy or sell
    #[arg(long, value_name = "SIDE")]
    side: Option<Asked<Side>>,
    /// Shares in the trade, from 1
    #[arg(long, value_name = "SHARES", allow_negative_numbers = true)]
    quantity: Option<Asked<Shares>>,
    /// The price per share, in plain digits
    #[arg(long, value_name = "PRICE", allow_negative_numbers = true)]
    price: Option<Asked<Price>>,
    /// What is traded: equity, etf or reit [default: equity]
    #[arg(long, value_name = "KIND")]
    kind: Option<Asked<InstrumentKind>>,
    /// The broker's commission: none, ibkr-fixed or ibkr-tiered [default: none]
    #[arg(long, value_name = "PLAN")]
    plan: Option<Asked<CommissionPlan>>,
}

/// One trade on one day under one plan.
#[derive(Debug)]
pub(crate) struct TradeAsked {
    exchange: Exchange,
    date: TradingDate,
    terms: TradeTerms,
    plan: CommissionPlan,
}

/// Amounts in the currency of the exchange, to the cent.
#[derive(Debug, Serialize)]
pub(crate) struct FeesAnswer {
    items: Vec<Charge>,
    total: Money,
}

#[derive(Debug, Serialize)]
struct Charge {
    item: &'static str,
    amount: Money,
    currency: &'static str,
}

impl Question for FeesQuestion {
    type Complete = TradeAsked;
    type Answer = FeesAnswer;

    fn exchange(&self) -> Option<Asked<Exchange>> {
        self.exchange
    }

    fn is_asked(&self) -> bool {
        let Self {
            exchange: _,
            date,
            side,
            quantity,
            price,
            kind,
            plan,
        } = self;
        date.is_some()
            || side.is_some()
            || quantity.is_some()
            || price.is_some()
            || kind.is_some()
            || plan.is_some()
    }

    fn complete(self, exchange: Exchange) -> Result<TradeAsked, BadQuestion> {
        let date = needed("date", self.date)?;
        let side = needed("side", self.side)?;
        let shares = needed("quantity", self.quantity)?;
        if shares.is_zero() {
            return Err(BadQuestion::new("quantity", "0", "at least 1 share"));
        }
        Ok(TradeAsked {
            exchange,
            date,
            terms: TradeTerms {
                side,
                kind: self.kind.map_or(InstrumentKind::Equity, |Asked(kind)| kind),
                shares,
                price: needed("price", self.price)?,
            },
            plan: self.plan.map_or(CommissionPlan::None, |Asked(plan)| plan),
        })
    }

    fn answer(question: &TradeAsked, rules: &Rules) -> Result<FeesAnswer, BadQuestion> {
        let schedule = &rules.of(question.exchange).fees;
        let fees = schedule
            .on(question.date)
            .map_err(|outside| outside_dates("date", question.date, &outside))?;
        match fees.cost(&question.terms, question.plan) {
            Ok(cost) => Ok(FeesAnswer::from(cost)),
            Err(beyond) => Err(BadQuestion::new(
                "quantity",
                &question.terms.shares.to_string(),
                &format!("a trade whose value can be counted: {beyond}"),
            )),
        }
    }
}

impl From<FeeBreakdown> for FeesAnswer {
    fn from(cost: FeeBreakdown) -> Self {
        let charges = cost.items.into_iter().map(|(item, amount)| Charge {
            item: item.as_str(),
            amount,
            currency: amount.currency().code(),
        });
        Self {
            items: charges.collect(),
            total: cost.total,
        }
    }
}
