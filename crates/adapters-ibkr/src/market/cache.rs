//! Cache: listings and price tables for the run, bars for the minute.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use catalyst_domain::market::Bar;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::BarSpan;
use chrono::{DateTime, Utc};

use super::pacing::Pacing;
use crate::translate::{Increment, Listing};

/// What was asked and need not be asked again.
#[derive(Debug)]
pub(crate) struct Cache {
    pub(crate) pacing: Pacing,
    /// Guards the answers, never across a wait.
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    listings: BTreeMap<Symbol, Arc<Listing>>,
    tables: BTreeMap<i32, Arc<[Increment]>>,
    minute: i64,
    bars: BTreeMap<BarKey, Arc<[Bar]>>,
}

/// A symbol, whether days are meant, and how many.
type BarKey = (Symbol, bool, u32);

const fn key(symbol: Symbol, span: BarSpan) -> BarKey {
    match span {
        BarSpan::Minutes { days } => (symbol, false, days),
        BarSpan::Days { count } => (symbol, true, count),
    }
}

impl Cache {
    pub(crate) fn new(budget: Option<u32>) -> Self {
        Self {
            pacing: Pacing::new(budget),
            kept: Mutex::default(),
        }
    }

    fn with<T>(&self, look: impl FnOnce(&mut Kept) -> T) -> T {
        look(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn listing(&self, symbol: Symbol) -> Option<Arc<Listing>> {
        self.with(|kept| kept.listings.get(&symbol).map(Arc::clone))
    }

    pub(super) fn keep_listing(&self, symbol: Symbol, listing: Arc<Listing>) {
        self.with(|kept| kept.listings.insert(symbol, listing));
    }

    pub(super) fn table(&self, rule: i32) -> Option<Arc<[Increment]>> {
        self.with(|kept| kept.tables.get(&rule).map(Arc::clone))
    }

    pub(super) fn keep_table(&self, rule: i32, table: Arc<[Increment]>) {
        self.with(|kept| kept.tables.insert(rule, table));
    }

    /// Bars that were asked for within the minute of `now`.
    pub(crate) fn bars(
        &self,
        symbol: Symbol,
        span: BarSpan,
        now: DateTime<Utc>,
    ) -> Option<Arc<[Bar]>> {
        self.with(|kept| {
            let is_fresh = kept.minute == minute(now);
            let found = kept.bars.get(&key(symbol, span)).filter(|_| is_fresh);
            found.map(Arc::clone)
        })
    }

    /// Keeps bars that were asked for at `now`; those of another minute go.
    pub(crate) fn keep_bars(
        &self,
        symbol: Symbol,
        span: BarSpan,
        now: DateTime<Utc>,
        bars: Arc<[Bar]>,
    ) {
        self.with(|kept| {
            if kept.minute != minute(now) {
                kept.minute = minute(now);
                kept.bars.clear();
            }
            kept.bars.insert(key(symbol, span), bars);
        });
    }
}

const fn minute(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(60)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use catalyst_ports::market_data::BarSpan;

    use super::Cache;

    #[test]
    fn bars_are_good_for_the_minute_they_were_asked_in() {
        let cache = Cache::new(None);
        let symbol = "700".parse().unwrap();
        let at = |text: &str| text.parse().unwrap();
        let (days, minutes) = (BarSpan::Days { count: 1 }, BarSpan::Minutes { days: 1 });

        cache.keep_bars(symbol, days, at("2026-09-14T02:30:05Z"), Arc::from([]));

        let is_kept = |span, text| cache.bars(symbol, span, at(text)).is_some();
        assert!(is_kept(days, "2026-09-14T02:30:59Z"));
        assert!(!is_kept(minutes, "2026-09-14T02:30:59Z"));
        assert!(!is_kept(days, "2026-09-14T02:31:00Z"));
        assert!(!is_kept(days, "2026-09-14T02:29:59Z"));
    }
}
