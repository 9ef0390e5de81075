//! Listings: what the gateway says of a stock, compared with the rules on file before it is traded.

use std::sync::Arc;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::order::{BracketPlan, ExitPrice, OrderPlan};
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::LimitPrice;

use crate::failure::IbkrError;
use crate::session::IbkrSession;
use crate::translate::{
    Increment, Listing, listing_of, lot_objection, stock_contract, tick_objection,
};

impl IbkrSession {
    /// What the gateway says of `symbol`, asked once in a run.
    pub(crate) async fn listing(&self, symbol: Symbol) -> Result<Arc<Listing>, IbkrError> {
        if let Some(known) = self.cache.listing(symbol) {
            return Ok(known);
        }
        let line = self.line().await?;
        let answer = line.contracts(&stock_contract(symbol)).await?;
        let listing = listing_of(symbol, &answer, self.config.order_exchange)
            .map_err(|text| IbkrError::Disagreement { symbol, text })?;
        let listing = Arc::new(listing);
        self.cache.keep_listing(symbol, Arc::clone(&listing));
        Ok(listing)
    }

    /// Refuses an instrument whose board lot the gateway contradicts.
    pub(crate) async fn check_lot(&self, instrument: &Instrument) -> Result<(), IbkrError> {
        let symbol = instrument.symbol;
        let listing = self.listing(symbol).await?;
        match lot_objection(&listing, instrument.lot_size) {
            Some(text) => Err(IbkrError::Disagreement { symbol, text }),
            None => Ok(()),
        }
    }

    /// Refuses a plan that rules and gateway read differently: each price by its tick, and what is
    /// bought by its lot.
    pub(crate) async fn check_plan(
        &self,
        plan: &OrderPlan,
        date: TradingDate,
    ) -> Result<(), IbkrError> {
        let symbol = plan.symbol();
        let disagree = |text: String| IbkrError::Disagreement { symbol, text };
        if let OrderPlan::Bracket(BracketPlan { instrument, .. }) = plan {
            self.check_lot(instrument).await?;
        }
        let prices = prices_of(plan);
        if prices.is_empty() {
            return Ok(());
        }
        let listing = self.listing(symbol).await?;
        let table = self.table(listing.rule).await?;
        let known = self.rules.lots.instrument(symbol, date);
        let kind = known
            .map_err(|no_lot| disagree(no_lot.to_string()))?
            .instrument
            .kind;
        let grid = self.rules.ticks.on(date, kind);
        let grid = grid.map_err(|no_table| disagree(no_table.to_string()))?;
        let objection = prices
            .into_iter()
            .find_map(|price| tick_objection(&table, grid, price));
        objection.map_or(Ok(()), |text| Err(disagree(text)))
    }

    async fn table(&self, rule: i32) -> Result<Arc<[Increment]>, IbkrError> {
        if let Some(known) = self.cache.table(rule) {
            return Ok(known);
        }
        let line = self.line().await?;
        let table: Arc<[Increment]> = line.price_table(rule).await?.into();
        self.cache.keep_table(rule, Arc::clone(&table));
        Ok(table)
    }
}

fn prices_of(plan: &OrderPlan) -> Vec<LimitPrice> {
    match plan {
        OrderPlan::Bracket(plan) => vec![
            plan.entry.worst(),
            plan.bracket.stop(),
            plan.bracket.target(),
        ],
        OrderPlan::Exit(plan) => match plan.price {
            ExitPrice::Limit(price) => vec![price],
            ExitPrice::Auction => Vec::new(),
        },
        OrderPlan::Protect(plan) => [Some(plan.stop), plan.target]
            .into_iter()
            .flatten()
            .collect(),
    }
}
