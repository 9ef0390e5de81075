//! What the gateway says of itself, and where the real one's behaviour is not known for certain.

use std::net::SocketAddr;

use catalyst_domain::money::Currency;
use rust_decimal::Decimal;

/// Settings of one gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmulatorConfig {
    /// Where clients connect; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The account of the login.
    pub account: String,
    /// The currency in which the account is reported.
    pub base: BaseCurrency,
    /// The version told in the handshake; clients of today take 213 to 226.
    pub server_version: i32,
    /// What quotes the login may have.
    pub feed: QuoteFeed,
    /// The code with which a size that is not in whole lots is refused.
    pub lot_refusal: LotRefusal,
    /// Whether contract details tell the board lot.
    pub lot_fields: LotFields,
    /// What becomes of an order under a parent, or in a group, that somebody tries to change.
    pub revision: Revision,
    /// The name of the exchange's time zone in handshake, contract details and bars.
    pub zone: String,
    /// Whether orders are taken at all.
    pub access: Access,
    /// How time passes.
    pub time: TimeFlow,
}

/// The currency of the account's sums, and what the account holds of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseCurrency {
    /// The currency.
    pub currency: Currency,
    /// Hong Kong dollars for one unit of it, above zero.
    pub hkd_per_unit: Decimal,
    /// Cash in it beside the cash in Hong Kong dollars; zero where the base is the Hong Kong dollar.
    pub cash: Decimal,
}

/// What quotes the login may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteFeed {
    /// As they happen.
    Live,
    /// Fifteen minutes late, to those who ask for delayed quotes.
    Delayed,
    /// Neither.
    Absent,
}

/// The code of a refusal for a size that is not in whole lots; which one the real gateway uses at this
/// exchange is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LotRefusal {
    /// 355, the size does not conform to the market rule.
    MarketRule,
    /// 201, order rejected.
    Rejected,
}

/// Whether contract details tell the board lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LotFields {
    /// As smallest size and as increment.
    Given,
    /// Neither.
    Absent,
}

/// What becomes of an order of a family when somebody tries to change it: both have been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision {
    /// Error 10326, and the order stays as it was.
    Kept,
    /// Error 10326, and the order is cancelled.
    Cancelled,
}

/// Whether orders are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// They are.
    Trading,
    /// The switch "Read-Only API" is on: every order is refused with 321.
    ReadOnly,
}

/// How the world's time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFlow {
    /// Only when a client of the control line or the owner of the world moves it.
    Stands,
    /// By itself, this many seconds of the world in each real one.
    Runs {
        /// At least one.
        speed: u32,
    },
}

impl BaseCurrency {
    /// An account in Hong Kong dollars.
    pub const HKD: Self = Self {
        currency: Currency::Hkd,
        hkd_per_unit: Decimal::ONE,
        cash: Decimal::ZERO,
    };
}

impl EmulatorConfig {
    /// A paper account in Hong Kong dollars with live quotes on a gateway of 2026 whose time stands.
    pub fn paper(listen: SocketAddr) -> Self {
        Self {
            listen,
            account: "DU1234567".to_owned(),
            base: BaseCurrency::HKD,
            server_version: 225,
            feed: QuoteFeed::Live,
            lot_refusal: LotRefusal::MarketRule,
            lot_fields: LotFields::Given,
            revision: Revision::Kept,
            zone: "Hongkong".to_owned(),
            access: Access::Trading,
            time: TimeFlow::Stands,
        }
    }
}
