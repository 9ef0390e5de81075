//! A market whose every answer passes through a doctor's hands: the simulated exchange with bad data.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::market::{Bar, Ohlc, Quote, Snapshot};
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::{BarSpan, MarketData, MarketDataError, SnapshotAnswer};

/// What becomes of an answer; `None` is a figure that is not a number.
pub(super) type Doctor = fn(Snapshot) -> Option<Snapshot>;

/// The market behind it, its snapshots doctored.
pub(super) struct Doctored {
    pub(super) inner: Arc<dyn MarketData>,
    pub(super) doctor: Doctor,
    /// The volume that every bar shows instead of its own.
    pub(super) bar_volume: Option<Shares>,
}

#[async_trait]
impl MarketData for Doctored {
    async fn quote(&self, symbol: Symbol) -> Result<Quote, MarketDataError> {
        let mut answers = self.snapshots(&[symbol]).await?;
        let (_, answer) = answers.remove(0);
        answer.map(|snapshot| snapshot.quote)
    }

    async fn snapshots(&self, symbols: &[Symbol]) -> Result<Vec<SnapshotAnswer>, MarketDataError> {
        let answers = self.inner.snapshots(symbols).await?;
        let doctored = answers.into_iter().map(|(symbol, answer)| {
            let malformed = MarketDataError::Malformed {
                symbol,
                source: "last is not a number".into(),
            };
            let changed = answer.and_then(|shown| (self.doctor)(shown).ok_or(malformed));
            (symbol, changed)
        });
        Ok(doctored.collect())
    }

    async fn bars(&self, symbol: Symbol, span: BarSpan) -> Result<Vec<Bar>, MarketDataError> {
        let bars = self.inner.bars(symbol, span).await?;
        let Some(volume) = self.bar_volume else {
            return Ok(bars);
        };
        let flat = |bar: &Bar| {
            let prices = Ohlc {
                open: bar.open(),
                high: bar.high(),
                low: bar.low(),
                close: bar.close(),
            };
            Bar::new(bar.start(), prices, volume).unwrap()
        };
        Ok(bars.iter().map(flat).collect())
    }
}
