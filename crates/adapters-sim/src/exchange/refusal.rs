//! Why the exchange or the broker does not take an order, in words that name the limit.

use catalyst_domain::calendar::{Phase, TradingDate};
use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, Leg};
use catalyst_domain::quantity::{LotSize, Shares};
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::LimitPrice;
use thiserror::Error;

use super::event::ExchangeError;

/// A rejection. Nothing of the order was taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OrderRefusal {
    /// The name has been used.
    #[error("order {id} was sent before, an id is accepted once")]
    DuplicateId {
        /// The name.
        id: ClientOrderId,
    },
    /// The name is of another leg than the plan begins with.
    #[error("order {id} is named for a leg `{}`, the plan begins with `{}`", .found.as_str(), .expected.as_str())]
    WrongLeg {
        /// The name.
        id: ClientOrderId,
        /// The leg in the name.
        found: Leg,
        /// The leg of the plan.
        expected: Leg,
    },
    /// No listing with a lot is known today.
    #[error("{symbol} is not listed on {date}")]
    NotListed {
        /// What was ordered.
        symbol: Symbol,
        /// The day.
        date: TradingDate,
    },
    /// The exchange takes no such order now.
    #[error("{what} is not accepted in the phase {phase}")]
    Phase {
        /// The kind of order.
        what: &'static str,
        /// The phase.
        phase: Phase,
    },
    /// Nothing was ordered.
    #[error("an order needs at least one share")]
    NoShares,
    /// A purchase that is not in whole lots.
    #[error("lot size {lot} does not divide {shares} shares")]
    OddLot {
        /// Shares ordered.
        shares: Shares,
        /// Shares to the lot.
        lot: LotSize,
    },
    /// More lots than the exchange's system takes in one order.
    #[error("{lots} board lots are beyond the {max} of one order")]
    TooManyLots {
        /// Lots ordered.
        lots: u64,
        /// The exchange's limit.
        max: u64,
    },
    /// A price of another day's grid.
    #[error("price {price} lies on the grid of {}, today is {date}", .price.date())]
    OtherGrid {
        /// The price.
        price: LimitPrice,
        /// Today.
        date: TradingDate,
    },
    /// Not enough cash beside what other orders may need.
    #[error("the order may cost {needed}, {free} is free")]
    Cash {
        /// Worst cost with fees.
        needed: Money,
        /// Cash less what working purchases may cost.
        free: Money,
    },
    /// More than is held and not yet offered by other orders.
    #[error("{shares} shares of {symbol} are offered, {free} are held and not under another order")]
    Short {
        /// What was to be sold.
        symbol: Symbol,
        /// How many shares.
        shares: Shares,
        /// How many could be.
        free: Shares,
    },
    /// A stop or target under an entry that ended without buying.
    #[error("the entry {id} has ended and bought nothing")]
    EntryEnded {
        /// The entry.
        id: ClientOrderId,
    },
    /// A change of an order that is not at work, or to what it cannot become.
    #[error("order {id} is not at work in this form and cannot be changed to it")]
    NotWorking {
        /// The order.
        id: ClientOrderId,
    },
    /// The stop leg was refused by the broker.
    #[error("the broker refused the stop")]
    StopRefused,
    /// The rules or sums of the day are not known.
    #[error(transparent)]
    Unknown(#[from] ExchangeError),
}
