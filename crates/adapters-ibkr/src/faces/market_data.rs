//! Quotes and bars.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use catalyst_domain::market::{Bar, Quote, Snapshot};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::{BarSpan, MarketData, MarketDataError, SnapshotAnswer};
use futures_util::StreamExt as _;
use futures_util::stream::iter;
use ibapi::Error;
use ibapi::market_data::TradingHours;
use ibapi::market_data::historical::{BarSize, Duration as BarsBack, HistoricalData, WhatToShow};
use ibapi::market_data::realtime::TickTypes;
use ibapi::subscriptions::SubscriptionItem;
use tokio::time::{Instant, timeout_at};

use crate::failure::IbkrError;
use crate::session::{IbkrSession, Line};
use crate::translate::{BadQuote, Sight, days_of, minutes_of, snapshot_of, stock_contract};

/// Lines of market data that an account has, with a few to spare for other programs.
const LINES_MAX: usize = 90;

/// The longest span that is counted in days.
const DAYS_MAX: u32 = 365;

/// Trading days of a year, rounded down.
const DAYS_A_YEAR: u32 = 240;

/// Market data of one session, live or delayed and saying which.
#[derive(Debug, Clone)]
pub struct IbkrMarketData {
    session: Arc<IbkrSession>,
}

impl IbkrMarketData {
    /// The face of `session`.
    pub const fn new(session: Arc<IbkrSession>) -> Self {
        Self { session }
    }

    async fn look(&self, line: &Line, symbol: Symbol) -> Result<Snapshot, MarketDataError> {
        let patience = self.session.config.call_timeout;
        let sight = sight_of(line, symbol, patience).await;
        let sight = sight.map_err(|failure| failed(symbol, failure))?;
        let calendar = &self.session.rules.calendar;
        snapshot_of(symbol, &sight, self.session.now(), calendar).map_err(|bad| match bad {
            BadQuote::Absent { .. } => MarketDataError::Unknown { symbol },
            BadQuote::Number { .. } => malformed(symbol, bad),
            BadQuote::NotCovered(not_covered) => MarketDataError::Unavailable {
                source: Box::new(not_covered),
            },
        })
    }

    async fn fetch(&self, symbol: Symbol, span: BarSpan) -> Result<Vec<Bar>, MarketDataError> {
        let session = &self.session;
        let line = session.line().await;
        let line = line.map_err(|failure| failed(symbol, failure))?;
        session
            .cache
            .pacing
            .take(Instant::now())
            .map_err(unavailable)?;
        let contract = stock_contract(symbol);
        let (size, back) = match span {
            BarSpan::Minutes { days } => (BarSize::Min, back(days)),
            BarSpan::Days { count } => (BarSize::Day, back(count.saturating_add(1))),
        };
        let asking = line.client.historical_data(&contract, size);
        let asking = asking
            .what_to_show(WhatToShow::Trades)
            .trading_hours(TradingHours::Regular)
            .duration(back);
        let answer = line.ask("bars", asking.fetch()).await;
        let rows = match answer {
            Ok(HistoricalData { bars, .. }) => bars,
            Err(failure) if is_no_data(&failure) => Vec::new(),
            Err(failure) => return Err(failed(symbol, failure)),
        };
        let now = session.now();
        let bars = match span {
            BarSpan::Minutes { .. } => minutes_of(&rows, now),
            BarSpan::Days { count } => {
                let calendar = &session.rules.calendar;
                days_of(&rows, calendar.date_of(now), count, calendar)
            }
        };
        bars.map_err(|bad| malformed(symbol, bad))
    }
}

#[async_trait]
impl MarketData for IbkrMarketData {
    async fn quote(&self, symbol: Symbol) -> Result<Quote, MarketDataError> {
        let line = self.session.line().await;
        let line = line.map_err(|failure| failed(symbol, failure))?;
        self.look(&line, symbol)
            .await
            .map(|snapshot| snapshot.quote)
    }

    async fn snapshots(&self, symbols: &[Symbol]) -> Result<Vec<SnapshotAnswer>, MarketDataError> {
        let line = self.session.line().await;
        let line = line.map_err(|failure| match symbols.first() {
            Some(&symbol) => failed(symbol, failure),
            None => unavailable(failure),
        })?;
        let mut looks = Vec::with_capacity(symbols.len());
        for &symbol in symbols {
            let line = &line;
            looks.push(async move { (symbol, self.look(line, symbol).await) });
        }
        let mut answers: Vec<SnapshotAnswer> = iter(looks).buffered(LINES_MAX).collect().await;
        let is_silent = |(_, answer): &SnapshotAnswer| {
            matches!(answer, Err(MarketDataError::Unavailable { .. }))
        };
        if !answers.is_empty() && answers.iter().all(is_silent) {
            let (_, first) = answers.swap_remove(0);
            first?;
        }
        Ok(answers)
    }

    async fn bars(&self, symbol: Symbol, span: BarSpan) -> Result<Vec<Bar>, MarketDataError> {
        let now = self.session.now();
        if let Some(known) = self.session.cache.bars(symbol, span, now) {
            return Ok(known.to_vec());
        }
        let wants_none = matches!(
            span,
            BarSpan::Minutes { days: 0 } | BarSpan::Days { count: 0 }
        );
        if wants_none {
            return Ok(Vec::new());
        }
        let bars = self.fetch(symbol, span).await?;
        let kept = Arc::from(bars.as_slice());
        self.session.cache.keep_bars(symbol, span, now, kept);
        Ok(bars)
    }
}

/// The ticks of one snapshot, to its end. When the end does not come in time, what has arrived counts
/// if a quote can be made of it.
async fn sight_of(line: &Line, symbol: Symbol, patience: Duration) -> Result<Sight, IbkrError> {
    const WHAT: &str = "a quote";
    let contract = stock_contract(symbol);
    let deadline = Instant::now() + patience;
    let asking = line.client.market_data(&contract).snapshot();
    let mut ticks = line.ask(WHAT, asking.subscribe()).await?;
    let mut sight = Sight::default();
    loop {
        let item = match timeout_at(deadline, ticks.next()).await {
            Ok(Some(item)) => item,
            Ok(None) => return Err(lost(line, Error::UnexpectedEndOfStream)),
            Err(_elapsed) if sight.is_enough() => break,
            Err(_elapsed) => {
                ticks.cancel().await;
                return Err(IbkrError::Silent {
                    what: WHAT,
                    within: patience,
                });
            }
        };
        match item {
            Ok(SubscriptionItem::Data(TickTypes::SnapshotEnd)) => break,
            Ok(SubscriptionItem::Data(tick)) => sight.apply(&tick),
            Ok(SubscriptionItem::Notice(_)) => {}
            Err(error) => return Err(lost(line, error)),
        }
    }
    ticks.cancel().await;
    Ok(sight)
}

fn lost(line: &Line, error: Error) -> IbkrError {
    let failure = IbkrError::of("a quote", error);
    if failure.is_lost() {
        line.give_up();
    }
    failure
}

/// A span of trading days as the broker counts them; beyond a year it counts years.
fn back(days: u32) -> BarsBack {
    if days <= DAYS_MAX {
        return BarsBack::days(i32::try_from(days).unwrap_or(i32::MAX));
    }
    let years = days.div_ceil(DAYS_A_YEAR);
    BarsBack::years(i32::try_from(years).unwrap_or(i32::MAX))
}

/// 162 says many things; that there are no bars is one of them.
fn is_no_data(failure: &IbkrError) -> bool {
    if let IbkrError::Refused {
        code: 162, text, ..
    } = failure
    {
        text.to_ascii_lowercase().contains("no data")
    } else {
        false
    }
}

fn failed(symbol: Symbol, failure: IbkrError) -> MarketDataError {
    if matches!(failure.code(), Some(200 | 203)) {
        return MarketDataError::Unknown { symbol };
    }
    if failure.needs_owner() {
        return malformed(symbol, failure);
    }
    unavailable(failure)
}

fn unavailable(failure: IbkrError) -> MarketDataError {
    MarketDataError::Unavailable {
        source: Box::new(failure),
    }
}

fn malformed(
    symbol: Symbol,
    bad: impl std::error::Error + Send + Sync + 'static,
) -> MarketDataError {
    MarketDataError::Malformed {
        symbol,
        source: Box::new(bad),
    }
}
