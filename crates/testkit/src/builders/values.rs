//! Small values from their text, and names of cycles and orders.

use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{ClientOrderId, CycleId, Leg};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{CycleStart, Provenance};
use chrono::{DateTime, Utc};

/// A price per share.
pub fn price(text: &str) -> Price {
    text.parse().unwrap()
}

/// Single shares.
pub fn shares(count: u64) -> Shares {
    Shares::new(count).unwrap()
}

/// A symbol in any of its spellings.
pub fn symbol(text: &str) -> Symbol {
    text.parse().unwrap()
}

/// An amount of Hong Kong dollars.
pub fn hkd(text: &str) -> Money {
    Money::parse(text, Currency::Hkd).unwrap()
}

/// An amount of US dollars, in which models are paid.
pub fn usd(text: &str) -> Money {
    Money::parse(text, Currency::Usd).unwrap()
}

/// A moment in UTC; ten in the morning in Hong Kong is `T02:00:00Z`.
pub fn a_moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The cycle of that name, such as `20260914-1000.1`.
pub fn a_cycle(name: &str) -> CycleId {
    name.parse().unwrap()
}

/// The `number`th order of `cycle` in the part of `leg`.
pub fn an_order(cycle: CycleId, number: u16, leg: Leg) -> ClientOrderId {
    ClientOrderId::derive(cycle, number, leg)
}

/// The beginning of a cycle at the slot of `name`, whose attempt does not matter.
pub fn a_cycle_start(name: &str, at: DateTime<Utc>) -> CycleStart {
    CycleStart {
        slot: a_cycle(name),
        advisor: "rules".to_owned(),
        provenance: Provenance {
            version: "0.1.0".to_owned(),
            settings_hash: "5e77".to_owned(),
            prompt_hash: Some("b7".to_owned()),
            rules_hash: "0d".to_owned(),
        },
        at,
    }
}
