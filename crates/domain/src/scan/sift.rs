//! Sifting: every name that was asked for ends in exactly one place, believed or not.

use std::collections::{BTreeMap, BTreeSet};

use super::feed::doubts;
use super::filter::Listing;
use super::{FeedSentinel, Figures, Filter, ScanLimits, ScanMoment, Sentinel, Sighting, Withheld};
use crate::calendar::TradingDate;
use crate::instrument::Instrument;
use crate::money::Money;
use crate::symbol::Symbol;
use crate::tick::TickTable;

/// What a scan was asked for and what is known about it.
///
/// Shown at [`sift`].
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// The names, each once.
    pub names: &'a [Symbol],
    /// What the market said; a name it did not mention is without data.
    pub seen: &'a BTreeMap<Symbol, Sighting>,
    /// The listings that are known.
    pub listings: &'a BTreeMap<Symbol, Instrument>,
    /// The tick table, read on `date`.
    pub ticks: &'a TickTable,
    /// The trade date.
    pub date: TradingDate,
    /// The account's equity, which a board lot is held against.
    pub equity: Money,
}

/// Where the names ended, each list in the order of the names.
///
/// Shown at [`sift`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sifted {
    /// Worth a look.
    pub passed: Vec<Figures>,
    /// Believed and filtered out.
    pub filtered: Vec<(Symbol, Filter)>,
    /// Not believed.
    pub quarantined: Vec<(Symbol, Sentinel)>,
    /// Doubts about the feed. Where they are about prices every name is quarantined.
    pub feed: BTreeSet<FeedSentinel>,
}

/// Doubts, filters and computes the figures of the rest.
///
/// ```
/// use catalyst_domain::exchange::Exchange;
/// use catalyst_domain::market::{Feed, Quote, Snapshot};
/// use catalyst_domain::money::{Currency, Money};
/// use catalyst_domain::quantity::Shares;
/// use catalyst_domain::risk::FeedPolicy;
/// use catalyst_domain::rulebook::Rulebook;
/// use catalyst_domain::scan::{Field, ScanLimits, ScanMoment, Sentinel, Sighting, sift};
/// let rules = Rulebook::of(Exchange::Hkex)?;
/// let (date, now) = ("2026-11-23".parse()?, "2026-11-23T02:00:00Z".parse()?);
/// let [tencent, hsbc] = ["700".parse()?, "5".parse()?];
/// let quote = Quote {
///     symbol: tencent,
///     last: "510".parse()?,
///     bid: "509.5".parse()?,
///     ask: "510".parse()?,
///     day_volume: Shares::new(2_000_000)?,
///     at: now,
///     feed: Feed::Live,
/// };
/// let close = Some("500".parse()?);
/// let shown = Snapshot { quote, open: None, high: None, low: None, previous_close: close };
/// let sifted = sift(
///     &Field {
///         names: &[hsbc, tencent],
///         seen: &[(tencent, Sighting::Shown(shown))].into(),
///         listings: &[(tencent, rules.lots.instrument(tencent, date)?.instrument)].into(),
///         ticks: &rules.ticks,
///         date,
///         equity: Money::parse("1000000", Currency::Hkd)?,
///     },
///     &ScanMoment { now, traded_minutes: Some(30), feeds: FeedPolicy::LiveOnly },
///     &ScanLimits::usual(Currency::Hkd)?,
/// );
/// assert_eq!(sifted.passed[0].change_pct, 2.into());
/// assert_eq!(sifted.quarantined, [(hsbc, Sentinel::NoData)]);
/// assert!(sifted.filtered.is_empty() && sifted.feed.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sift(field: &Field<'_>, at: &ScanMoment, limits: &ScanLimits) -> Sifted {
    let seen: Vec<Sighting> = field
        .names
        .iter()
        .map(|name| field.sighting(*name))
        .collect();
    let mut sifted = Sifted {
        passed: Vec::new(),
        filtered: Vec::new(),
        quarantined: Vec::new(),
        feed: doubts(seen.iter(), at),
    };
    for (symbol, sighting) in field.names.iter().zip(&seen) {
        match sighting {
            Sighting::Absent => sifted.quarantine(*symbol, Sentinel::NoData),
            Sighting::Malformed => sifted.quarantine(*symbol, Sentinel::Malformed),
            Sighting::Shown(shown) => match Sentinel::over(shown, at) {
                Some(sentinel) => sifted.quarantine(*symbol, sentinel),
                None if sifted.withholds(Withheld::Prices) => {
                    sifted.quarantine(*symbol, Sentinel::Feed);
                }
                None => match field
                    .listed(*symbol)
                    .and_then(|listing| Figures::of(shown, &listing))
                {
                    None => sifted.filtered.push((*symbol, Filter::NoLot)),
                    Some(found) => match limits.filter(&found, field.equity) {
                        Some(filter) => sifted.filtered.push((*symbol, filter)),
                        None => sifted.passed.push(found),
                    },
                },
            },
        }
    }
    if sifted.withholds(Withheld::Volume) {
        for found in &mut sifted.passed {
            found.turnover = None;
        }
    }
    sifted
}

impl<'a> Field<'a> {
    /// What was said about a name; a snapshot under another name contradicts itself.
    fn sighting(&self, name: Symbol) -> Sighting {
        match self.seen.get(&name) {
            None => Sighting::Absent,
            Some(Sighting::Shown(shown)) if shown.quote.symbol != name => Sighting::Malformed,
            Some(sighting) => *sighting,
        }
    }

    fn listed(&self, name: Symbol) -> Option<Listing<'a>> {
        let instrument = *self.listings.get(&name)?;
        let grid = self.ticks.on(self.date, instrument.kind).ok()?;
        Some(Listing { instrument, grid })
    }
}

impl Sifted {
    /// Whether a doubt about the feed withholds this.
    pub fn withholds(&self, figure: Withheld) -> bool {
        self.feed
            .iter()
            .any(|sentinel| sentinel.withholds() == figure)
    }

    fn quarantine(&mut self, symbol: Symbol, sentinel: Sentinel) {
        self.quarantined.push((symbol, sentinel));
    }
}
