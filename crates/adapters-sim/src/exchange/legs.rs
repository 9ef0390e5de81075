//! One order as a broker hands it to the exchange, alone or with the rest of its family.

use catalyst_domain::order::{ClientOrderId, Leg};
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::LimitPrice;

use super::order::Role;

/// An order of a family. Its name says which leg it is, and through it which orders it belongs to: a
/// stop or target under an entry of its name waits for that entry, stop and target of one name give up
/// what the other sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LegOrder {
    /// Its name, used once.
    pub id: ClientOrderId,
    /// What it trades.
    pub symbol: Symbol,
    /// How many shares; under an entry that has bought, at most what it bought.
    pub shares: Shares,
    /// What it does.
    pub terms: LegTerms,
}

/// What an order does, at which price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegTerms {
    /// Buys at this price or better, today.
    Buy(LimitPrice),
    /// Sells at any price once this one has traded, until withdrawn.
    Stop(LimitPrice),
    /// Sells at this price, until withdrawn.
    Target(LimitPrice),
    /// Sells at this price or better, today.
    Sell(LimitPrice),
    /// Sells in today's closing auction.
    SellInAuction,
}

impl LegTerms {
    /// The leg that an order with these terms is named for.
    pub const fn leg(self) -> Leg {
        match self {
            Self::Buy(_) => Leg::Entry,
            Self::Stop(_) => Leg::Stop,
            Self::Target(_) => Leg::Target,
            Self::Sell(_) | Self::SellInAuction => Leg::Exit,
        }
    }

    /// Limit or trigger; `None` in an auction.
    pub const fn price(self) -> Option<LimitPrice> {
        match self {
            Self::Buy(price) | Self::Stop(price) | Self::Target(price) | Self::Sell(price) => {
                Some(price)
            }
            Self::SellInAuction => None,
        }
    }

    pub(super) const fn role(self) -> Role {
        match self {
            Self::Buy(limit) => Role::Entry {
                limit: limit.price(),
            },
            Self::Stop(trigger) => Role::Stop {
                trigger: trigger.price(),
                triggered: false,
            },
            Self::Target(limit) => Role::Target {
                limit: limit.price(),
            },
            Self::Sell(limit) => Role::Exit {
                limit: limit.price(),
            },
            Self::SellInAuction => Role::AuctionExit,
        }
    }
}
