//! Listings: what the gateway says of a stock, compared with the rules on file before it is traded.

use std::sync::Arc;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::order::{BracketPlan, OrderPlan};
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::TickGrid;
use tracing::warn;

use crate::failure::IbkrError;
use crate::session::IbkrSession;
use crate::translate::{
    Increment, Listing, fitted, listing_of, lot_objection, stock_contract, tick_objection,
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

    /// The plan as rules and gateway both read it. A purchase that they read differently is refused, by
    /// the tick of each price or by the lot. What leaves or guards a position never is: its prices are
    /// fitted, and where nobody can tell how it goes as it was approved.
    pub(crate) async fn legal_plan(
        &self,
        plan: &OrderPlan,
        date: TradingDate,
    ) -> Result<OrderPlan, IbkrError> {
        if let OrderPlan::Bracket(purchase) = plan {
            self.check_purchase(purchase, date).await?;
            return Ok(*plan);
        }
        let symbol = plan.symbol();
        match self.ticks(symbol, date).await {
            Ok((table, grid)) => Ok(fitted(plan, &table, grid)),
            Err(failure) => {
                warn!(%symbol, %failure, "sent at prices that the gateway was not asked about");
                Ok(*plan)
            }
        }
    }

    async fn check_purchase(
        &self,
        purchase: &BracketPlan,
        date: TradingDate,
    ) -> Result<(), IbkrError> {
        self.check_lot(&purchase.instrument).await?;
        let symbol = purchase.instrument.symbol;
        let (table, grid) = self.ticks(symbol, date).await?;
        let prices = [
            purchase.entry.worst(),
            purchase.bracket.stop(),
            purchase.bracket.target(),
        ];
        let mut objections = prices
            .into_iter()
            .filter_map(|price| tick_objection(&table, grid, price));
        match objections.next() {
            Some(text) => Err(IbkrError::Disagreement { symbol, text }),
            None => Ok(()),
        }
    }

    /// The gateway's price table of `symbol`, and the grid on file.
    async fn ticks(
        &self,
        symbol: Symbol,
        date: TradingDate,
    ) -> Result<(Arc<[Increment]>, TickGrid<'_>), IbkrError> {
        let disagree = |text: String| IbkrError::Disagreement { symbol, text };
        let listing = self.listing(symbol).await?;
        let table = self.table(listing.rule).await?;
        let known = self.rules.lots.instrument(symbol, date);
        let known = known.map_err(|no_lot| disagree(no_lot.to_string()))?;
        let grid = self.rules.ticks.on(date, known.instrument.kind);
        let grid = grid.map_err(|no_table| disagree(no_table.to_string()))?;
        Ok((table, grid))
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
