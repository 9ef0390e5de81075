//! The owner's limits for tests of other things than the entry criteria.

use catalyst_domain::money::Currency;
use catalyst_domain::risk::{EntryCriteria, RawLimits, RiskLimits};

/// The owner's numbers in Hong Kong dollars, with the entry criteria reported and not required.
pub fn limits() -> RiskLimits {
    let raw = RawLimits {
        entry_criteria: EntryCriteria::Report,
        ..RawLimits::owner()
    };
    RiskLimits::new(raw, Currency::Hkd).unwrap()
}
