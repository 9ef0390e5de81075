//! Limit ledger: the limits last in force, against which those of the settings are weighed.
//!
//! A stricter value counts at once. A looser one waits until the owner accepts it, and entries are
//! refused so long.

use std::collections::BTreeMap;

use crate::risk::{LimitValue, NamedLimit, RiskLimits};

/// The limits in force, as the journal remembers them: texts by name.
///
/// ```
/// use catalyst_domain::money::Currency;
/// use catalyst_domain::risk::{LimitLedger, LimitValue, RawLimits, RiskLimits};
/// let limits = |max_positions, cooldown_minutes| {
///     let raw = RawLimits { max_positions, cooldown_minutes, ..RawLimits::owner() };
///     RiskLimits::new(raw, Currency::Hkd)
/// };
/// let mut ledger = LimitLedger::of(&limits(5, 30)?);
/// let weighed = ledger.weigh(&limits(8, 60)?);
/// assert_eq!(weighed.stricter[0].name, "risk.cooldown_minutes");
/// let [looser] = weighed.looser[..] else { panic!() };
/// assert_eq!(looser.to_string(), "risk.max_positions from 5 to 8");
///
/// ledger.remember("risk.max_positions", "8");
/// ledger.remember("risk.cooldown_minutes", "60.0");
/// assert!(ledger.weigh(&limits(8, 60)?).is_settled());
/// assert_eq!(ledger.value("risk.cooldown_minutes"), Some("60.0"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitLedger {
    values: BTreeMap<String, String>,
}

/// A limit that is not what was last in force.
///
/// Shown at [`LimitLedger`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LimitChange {
    /// Section and key of the settings file.
    pub name: &'static str,
    /// What was in force; `None` for a limit that the ledger does not know yet.
    pub from: Option<LimitValue>,
    /// What the settings say.
    pub to: LimitValue,
}

/// The settings' limits against those in force; each change in the order of the limits.
///
/// Shown at [`LimitLedger`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// Changes that count at once: stricter values, and limits that the ledger does not know yet.
    pub stricter: Vec<LimitChange>,
    /// Changes that wait for the owner: looser values, and all that cannot be compared because what
    /// is remembered cannot be read.
    pub looser: Vec<LimitChange>,
}

impl LimitLedger {
    /// Nothing remembered, as before the first run: every limit is taken as it is.
    pub const fn empty() -> Self {
        Self {
            values: BTreeMap::new(),
        }
    }

    /// A ledger in which `limits` are in force.
    pub fn of(limits: &RiskLimits) -> Self {
        let mut ledger = Self::empty();
        for limit in limits.named() {
            ledger.remember(limit.name, &limit.value.to_string());
        }
        ledger
    }

    /// Puts a value in force. The text is kept as it is, readable or not.
    pub fn remember(&mut self, name: &str, value: &str) {
        self.values.insert(name.to_owned(), value.to_owned());
    }

    /// The value in force under `name`, as it was remembered.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// What `now` changes, by value and not by text: 1.50 and 1.5 are equal.
    pub fn weigh(&self, now: &RiskLimits) -> Weighed {
        let mut weighed = Weighed {
            stricter: Vec::new(),
            looser: Vec::new(),
        };
        for NamedLimit {
            name,
            value: to,
            looser,
        } in now.named()
        {
            let from = self.value(name).map(|text| looser.read(text));
            let change = LimitChange { name, from, to };
            let Some(remembered) = from else {
                weighed.stricter.push(change);
                continue;
            };
            match looser.looseness(remembered) {
                Some(before) if looser.looseness(to) == Some(before) => {}
                Some(before) if looser.looseness(to) < Some(before) => {
                    weighed.stricter.push(change);
                }
                Some(_) | None => weighed.looser.push(change),
            }
        }
        weighed
    }
}

impl Weighed {
    /// True when the settings are what is in force.
    pub const fn is_settled(&self) -> bool {
        self.stricter.is_empty() && self.looser.is_empty()
    }
}

impl std::fmt::Display for LimitChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.from {
            Some(from) => write!(f, "{} from {from} to {}", self.name, self.to),
            None => write!(f, "{} to {}", self.name, self.to),
        }
    }
}
