//! Order plan: what a broker is to do, in legal prices and whole numbers. A plan alone opens no door:
//! the order gateway takes only an approved order, which holds one.

use crate::instrument::Instrument;
use crate::order::{Bracket, ExitCause};
use crate::quantity::Shares;
use crate::side::Side;
use crate::symbol::Symbol;
use crate::tick::LimitPrice;

/// The three things a broker is ever asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderPlan {
    /// Buy, and once bought hold a stop and a target of which one cancels the other.
    Bracket(BracketPlan),
    /// Sell what is held.
    Exit(ExitPlan),
    /// Hold a stop, and perhaps a target, under what is held already.
    Protect(ProtectPlan),
}

/// How an approved entry meets the market. Both carry the worst price that may be paid.
///
/// Shown at [`RiskGate`](crate::risk::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryPrice {
    /// A limit order.
    Limit(LimitPrice),
    /// A limit order through the best ask, so that it trades at once but never beyond this price.
    Marketable(LimitPrice),
}

impl EntryPrice {
    /// The worst price that may be paid.
    pub const fn worst(self) -> LimitPrice {
        match self {
            Self::Limit(price) | Self::Marketable(price) => price,
        }
    }
}

/// A purchase with its exits.
///
/// Shown at [`RiskGate`](crate::risk::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BracketPlan {
    /// What to buy.
    pub instrument: Instrument,
    /// Whole lots, counted in shares.
    pub shares: Shares,
    /// How the entry meets the market.
    pub entry: EntryPrice,
    /// The exits around it.
    pub bracket: Bracket,
}

/// How an approved exit meets the market.
///
/// Shown at [`OrderPlan::side`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitPrice {
    /// At this price or better.
    Limit(LimitPrice),
    /// At the auction's price.
    Auction,
}

/// A sale of what is held.
///
/// Shown at [`OrderPlan::side`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExitPlan {
    /// What to sell.
    pub symbol: Symbol,
    /// How many shares.
    pub shares: Shares,
    /// How to meet the market.
    pub price: ExitPrice,
    /// Why the position is left.
    pub cause: ExitCause,
}

/// Guards for what is held.
///
/// Shown at [`OrderPlan::side`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProtectPlan {
    /// What to guard.
    pub symbol: Symbol,
    /// How many shares.
    pub shares: Shares,
    /// Where to leave at a loss.
    pub stop: LimitPrice,
    /// Where to leave with a gain, when known.
    pub target: Option<LimitPrice>,
}

impl OrderPlan {
    /// The symbol of the plan.
    pub const fn symbol(&self) -> Symbol {
        match self {
            Self::Bracket(plan) => plan.instrument.symbol,
            Self::Exit(plan) => plan.symbol,
            Self::Protect(plan) => plan.symbol,
        }
    }

    /// The shares of the plan.
    pub const fn shares(&self) -> Shares {
        match self {
            Self::Bracket(plan) => plan.shares,
            Self::Exit(plan) => plan.shares,
            Self::Protect(plan) => plan.shares,
        }
    }

    /// The side of the plan's first order.
    ///
    /// ```
    /// use catalyst_domain::instrument::InstrumentKind;
    /// use catalyst_domain::order::{ExitCause, ExitPlan, ExitPrice, OrderPlan, ProtectPlan};
    /// use catalyst_domain::{quantity::Shares, side::Side, tick::TickTable};
    /// let (symbol, shares) = ("700".parse()?, Shares::new(100)?);
    /// let leave = ExitPlan {
    ///     symbol,
    ///     shares,
    ///     price: ExitPrice::Auction,
    ///     cause: ExitCause::EndOfDay,
    /// };
    /// let ticks = TickTable::hkex()?;
    /// let grid = ticks.on("2026-11-23".parse()?, InstrumentKind::Equity)?;
    /// let guard = ProtectPlan {
    ///     symbol,
    ///     shares,
    ///     stop: grid.exact("490".parse()?)?,
    ///     target: None,
    /// };
    /// let plans = [OrderPlan::Exit(leave), OrderPlan::Protect(guard)];
    /// assert_eq!(plans.map(|plan| plan.side()), [Side::Sell; 2]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn side(&self) -> Side {
        match self {
            Self::Bracket(_) => Side::Buy,
            Self::Exit(_) | Self::Protect(_) => Side::Sell,
        }
    }
}
