//! Quotes and bars of the simulated world.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::market::{Bar, Quote};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::{BarSpan, MarketData, MarketDataError, SnapshotAnswer};

use crate::world::{NoQuote, SimWorld, Stopped};

/// Market data as the tape shows it at the world's moment, closed bars only.
#[derive(Debug, Clone)]
pub struct SimMarketData {
    world: Arc<SimWorld>,
}

impl SimMarketData {
    /// The face of `world`.
    pub const fn new(world: Arc<SimWorld>) -> Self {
        Self { world }
    }
}

#[async_trait]
impl MarketData for SimMarketData {
    async fn quote(&self, symbol: Symbol) -> Result<Quote, MarketDataError> {
        let world = self.world.state().map_err(unavailable)?;
        let snapshot = world.snapshot(symbol, &self.world.rules);
        snapshot
            .map(|snapshot| snapshot.quote)
            .map_err(|error| no_quote(symbol, error))
    }

    async fn snapshots(&self, symbols: &[Symbol]) -> Result<Vec<SnapshotAnswer>, MarketDataError> {
        let world = self.world.state().map_err(unavailable)?;
        let answers = symbols.iter().map(|&symbol| {
            let snapshot = world.snapshot(symbol, &self.world.rules);
            (symbol, snapshot.map_err(|error| no_quote(symbol, error)))
        });
        Ok(answers.collect())
    }

    async fn bars(&self, symbol: Symbol, span: BarSpan) -> Result<Vec<Bar>, MarketDataError> {
        let world = self.world.state().map_err(unavailable)?;
        let bars = match span {
            BarSpan::Minutes { days } => {
                let calendar = &self.world.rules.calendar;
                let bars = world.minutes(symbol, days, calendar);
                bars.map_err(unavailable)?
            }
            BarSpan::Days { count } => world.days(symbol, count),
        };
        bars.ok_or(MarketDataError::Unknown { symbol })
    }
}

fn unavailable(stopped: Stopped) -> MarketDataError {
    MarketDataError::Unavailable {
        source: Box::new(stopped),
    }
}

fn no_quote(symbol: Symbol, error: NoQuote) -> MarketDataError {
    match error {
        NoQuote::Unknown => MarketDataError::Unknown { symbol },
        NoQuote::NoAsk { .. } => MarketDataError::Malformed {
            symbol,
            source: Box::new(error),
        },
        NoQuote::NotCovered(_) => MarketDataError::Unavailable {
            source: Box::new(error),
        },
    }
}
