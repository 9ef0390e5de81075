//! A market whose every answer passes through a doctor's hands: the simulated exchange with bad data.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_adapters_sim::notifier::CollectingNotifier;
use catalyst_domain::market::{Bar, Ohlc, Quote, Snapshot};
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::RawLimits;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::{BarSpan, MarketData, MarketDataError, SnapshotAnswer};

use super::stage::Stage;

/// What is done to a snapshot.
pub(super) type Doctor = fn(&mut Snapshot);

/// Names that trade.
pub(super) const NAMES: usize = 8;

/// What is wrong with a market.
#[derive(Clone, Copy)]
pub(super) struct Sickness {
    pub(super) doctor: Doctor,
    /// The symbols whose figures are not numbers.
    pub(super) is_nan: fn(Symbol) -> bool,
    /// The volume that every bar shows instead of its own.
    pub(super) bar_volume: Option<Shares>,
}

/// A market that answers truly until it is told otherwise.
pub(super) const fn sick() -> Sickness {
    Sickness {
        doctor: |_| (),
        is_nan: |_| false,
        bar_volume: None,
    }
}

/// Half past ten with eight names and a sick market, and the mailbox of the owner.
pub(super) fn staged(limits: RawLimits, sickness: Sickness) -> (Stage, Arc<CollectingNotifier>) {
    let mut stage = Stage::with_names("2026-09-14", limits, NAMES);
    stage.at("10:30");
    stage.ports.market = Arc::new(Doctored {
        inner: Arc::clone(&stage.ports.market),
        sickness,
    });
    let owner = Arc::new(CollectingNotifier::new());
    stage.ports.notifier = Arc::<CollectingNotifier>::clone(&owner);
    (stage, owner)
}

struct Doctored {
    inner: Arc<dyn MarketData>,
    sickness: Sickness,
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
            if (self.sickness.is_nan)(symbol) {
                let source = "last is not a number".into();
                return (symbol, Err(MarketDataError::Malformed { symbol, source }));
            }
            let changed = answer.map(|mut shown| {
                (self.sickness.doctor)(&mut shown);
                shown
            });
            (symbol, changed)
        });
        Ok(doctored.collect())
    }

    async fn bars(&self, symbol: Symbol, span: BarSpan) -> Result<Vec<Bar>, MarketDataError> {
        let bars = self.inner.bars(symbol, span).await?;
        let Some(volume) = self.sickness.bar_volume else {
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
