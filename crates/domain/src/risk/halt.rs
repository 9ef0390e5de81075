//! How much trading is allowed at all: the halt switch, and what the day's loss does to it.

use rust_decimal::Decimal;

use crate::money::Money;
use crate::risk::RiskLimits;

/// The halt switch. Exits pass in every state: a door that can lock from inside is a trap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TradingState {
    /// Entries and exits.
    Trading,
    /// Exits only, until the end of the day or until the owner resumes.
    ExitsOnly,
    /// No new entries and no advisor; only the owner's hands and protection.
    Halted,
}

impl TradingState {
    /// Every state, the freest first.
    pub const ALL: [Self; 3] = [Self::Trading, Self::ExitsOnly, Self::Halted];

    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trading => "trading",
            Self::ExitsOnly => "exits_only",
            Self::Halted => "halted",
        }
    }

    /// The stricter of two states.
    ///
    /// ```
    /// use catalyst_domain::risk::TradingState;
    /// let by_journal = TradingState::ExitsOnly;
    /// assert_eq!(by_journal.stricter(TradingState::Trading), TradingState::ExitsOnly);
    /// assert_eq!(by_journal.stricter(TradingState::Halted), TradingState::Halted);
    /// ```
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        self.max(other)
    }
}

/// What the day's loss so far means for entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DayStage {
    /// Full size.
    Normal,
    /// Past the warning: no entry above half size.
    Conservative,
    /// At the limit: everything is flattened and the day is over.
    Stopped,
}

impl DayStage {
    /// The stage after losing `-pnl` of an equity that was `base` at the start of the day.
    ///
    /// A base that is not above zero leaves nothing to lose and stops at once.
    ///
    /// ```
    /// use catalyst_domain::money::{Currency, Money};
    /// use catalyst_domain::risk::{DayStage, RawLimits, RiskLimits};
    /// let limits = RiskLimits::new(RawLimits::owner(), Currency::Hkd)?;
    /// let base = Money::parse("1000000", Currency::Hkd)?;
    /// for (pnl, stage) in [
    ///     ("-14999.99", DayStage::Normal),
    ///     ("-15000", DayStage::Conservative),
    ///     ("-20000", DayStage::Stopped),
    /// ] {
    ///     assert_eq!(DayStage::after(Money::parse(pnl, Currency::Hkd)?, base, &limits), stage);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn after(pnl: Money, base: Money, limits: &RiskLimits) -> Self {
        let loss = -pnl.amount();
        let reaches = |share: Decimal| loss >= base.amount() * share;
        if base.amount() <= Decimal::ZERO || reaches(limits.max_daily_loss().to_fraction()) {
            Self::Stopped
        } else if reaches(limits.warning_loss().to_fraction()) {
            Self::Conservative
        } else {
            Self::Normal
        }
    }
}
