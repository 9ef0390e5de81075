//! Bracket: an entry between its stop and its target, all on the tick grid.

use thiserror::Error;

use crate::tick::LimitPrice;

/// Three legal prices of a long trade with stop below entry below target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bracket {
    stop: LimitPrice,
    entry: LimitPrice,
    target: LimitPrice,
}

/// Prices in the wrong order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a long trade needs stop {stop} below entry {entry} below target {target}")]
pub struct BracketError {
    /// The stop as given.
    pub stop: LimitPrice,
    /// The entry as given.
    pub entry: LimitPrice,
    /// The target as given.
    pub target: LimitPrice,
}

impl Bracket {
    /// A long bracket.
    ///
    /// ```
    /// use catalyst_domain::instrument::InstrumentKind;
    /// use catalyst_domain::order::Bracket;
    /// use catalyst_domain::tick::TickTable;
    /// let ticks = TickTable::hkex()?;
    /// let grid = ticks.on("2026-11-23".parse()?, InstrumentKind::Equity)?;
    /// let (stop, entry) = (grid.exact("490".parse()?)?, grid.exact("500".parse()?)?);
    /// let target = grid.exact("525".parse()?)?;
    /// assert_eq!(Bracket::long(stop, entry, target)?.entry().to_string(), "500.00");
    /// assert_eq!(
    ///     Bracket::long(target, entry, stop).unwrap_err().to_string(),
    ///     "a long trade needs stop 525.00 below entry 500.00 below target 490.00"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn long(
        stop: LimitPrice,
        entry: LimitPrice,
        target: LimitPrice,
    ) -> Result<Self, BracketError> {
        if stop.price() < entry.price() && entry.price() < target.price() {
            Ok(Self {
                stop,
                entry,
                target,
            })
        } else {
            Err(BracketError {
                stop,
                entry,
                target,
            })
        }
    }

    /// Where the trade is wrong and leaves.
    pub const fn stop(self) -> LimitPrice {
        self.stop
    }

    /// The highest price paid.
    pub const fn entry(self) -> LimitPrice {
        self.entry
    }

    /// Where the trade is right and leaves.
    pub const fn target(self) -> LimitPrice {
        self.target
    }
}
