//! Phases of a trading day and what the exchange allows in each.
//!
//! The words cover an exchange with two auctions and a lunch; one without them has days in which
//! these phases do not occur.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// What the exchange is doing. Meanings follow HKEX's securities market operations FAQ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// No trading: night, weekend, holiday, or the day is over.
    Closed,
    /// Opening auction: orders are entered, amended and cancelled.
    PreOpenInput,
    /// Opening auction: orders may be entered, none amended or cancelled.
    PreOpenNoCancel,
    /// Opening auction: the match comes at a random moment; orders are entered until it does.
    /// Before 2020-10-19 it came at its own time and none were taken, which the phase cannot tell.
    PreOpenMatch,
    /// Between the opening match and continuous trading: nothing may be done.
    PreOpenBlocked,
    /// Continuous trading before lunch, or of the whole day where there is no lunch.
    ContinuousMorning,
    /// Pause between the continuous sessions. What an exchange lets one cancel here is not relied on.
    Lunch,
    /// Continuous trading after lunch, or after a morning that was cancelled.
    ContinuousAfternoon,
    /// Closing auction: the reference price is taken, nothing may be done.
    AuctionReference,
    /// Closing auction: orders are entered, amended and cancelled.
    AuctionInput,
    /// Closing auction: orders may be entered, none amended or cancelled.
    AuctionNoCancel,
    /// Closing auction: the match comes at a random moment; orders are entered until it does.
    AuctionRandomClose,
}

/// A word that is no phase.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("phase `{found}` is unknown, allowed are words such as lunch and continuous_morning")]
pub struct UnknownPhase {
    /// The word as given.
    pub found: String,
}

impl Phase {
    /// Every phase, in the order in which a full day passes through them.
    pub const ALL: [Self; 12] = [
        Self::Closed,
        Self::PreOpenInput,
        Self::PreOpenNoCancel,
        Self::PreOpenMatch,
        Self::PreOpenBlocked,
        Self::ContinuousMorning,
        Self::Lunch,
        Self::ContinuousAfternoon,
        Self::AuctionReference,
        Self::AuctionInput,
        Self::AuctionNoCancel,
        Self::AuctionRandomClose,
    ];

    /// The lower-case word, the same in data files, reports and tools.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::PreOpenInput => "pre_open_input",
            Self::PreOpenNoCancel => "pre_open_no_cancel",
            Self::PreOpenMatch => "pre_open_match",
            Self::PreOpenBlocked => "pre_open_blocked",
            Self::ContinuousMorning => "continuous_morning",
            Self::Lunch => "lunch",
            Self::ContinuousAfternoon => "continuous_afternoon",
            Self::AuctionReference => "auction_reference",
            Self::AuctionInput => "auction_input",
            Self::AuctionNoCancel => "auction_no_cancel",
            Self::AuctionRandomClose => "auction_random_close",
        }
    }

    /// True while orders match as they arrive.
    pub const fn is_continuous(self) -> bool {
        matches!(self, Self::ContinuousMorning | Self::ContinuousAfternoon)
    }

    /// True when the exchange takes a new order of the kind that belongs to the phase.
    pub const fn accepts_orders(self) -> bool {
        match self {
            Self::PreOpenInput
            | Self::PreOpenNoCancel
            | Self::PreOpenMatch
            | Self::ContinuousMorning
            | Self::ContinuousAfternoon
            | Self::AuctionInput
            | Self::AuctionNoCancel
            | Self::AuctionRandomClose => true,
            Self::Closed | Self::PreOpenBlocked | Self::Lunch | Self::AuctionReference => false,
        }
    }

    /// True when a resting order may be changed.
    pub const fn amends(self) -> bool {
        self.is_continuous() || matches!(self, Self::PreOpenInput | Self::AuctionInput)
    }

    /// True when a resting order may be withdrawn.
    pub const fn cancels(self) -> bool {
        self.amends()
    }

    /// True when trades can happen, continuously or in one auction match.
    pub const fn matches(self) -> bool {
        self.is_continuous() || matches!(self, Self::PreOpenMatch | Self::AuctionRandomClose)
    }

    /// True when the agent may open a position: in continuous trading only.
    pub const fn accepts_entries(self) -> bool {
        self.is_continuous()
    }

    /// True when the agent may leave a position: continuous trading, and the closing auction while
    /// it takes orders.
    ///
    /// ```
    /// use catalyst_domain::calendar::Phase;
    /// assert!(Phase::AuctionInput.accepts_exits());
    /// assert!(!Phase::AuctionInput.accepts_entries());
    /// ```
    pub const fn accepts_exits(self) -> bool {
        self.is_continuous()
            || matches!(
                self,
                Self::AuctionInput | Self::AuctionNoCancel | Self::AuctionRandomClose
            )
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Phase {
    type Err = UnknownPhase;

    /// Reads the exact word.
    ///
    /// ```
    /// use catalyst_domain::calendar::Phase;
    /// assert_eq!("lunch".parse::<Phase>()?, Phase::Lunch);
    /// assert_eq!(
    ///     "open".parse::<Phase>().unwrap_err().to_string(),
    ///     "phase `open` is unknown, allowed are words such as lunch and continuous_morning"
    /// );
    /// # Ok::<(), catalyst_domain::calendar::UnknownPhase>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, UnknownPhase> {
        Self::ALL
            .into_iter()
            .find(|phase| phase.as_str() == text)
            .ok_or_else(|| UnknownPhase {
                found: text.chars().take(40).collect(),
            })
    }
}
