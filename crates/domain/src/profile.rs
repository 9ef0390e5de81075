//! Market profile: what every table of one market shares, its currency and the dates it speaks of.

use crate::csv::{CsvError, CsvText};
use crate::dated::{DateSpan, DatedError};
use crate::money::Currency;

const TABLE: &str = "market profile";

/// The currency of a market's own instruments and the dates its tables cover.
///
/// ```
/// use catalyst_domain::profile::MarketProfile;
/// let market = MarketProfile::hkex()?;
/// assert_eq!(market.coverage.to().to_string(), "2027-12-31");
/// # Ok::<(), catalyst_domain::csv::CsvError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarketProfile {
    /// The currency of prices, fees and commissions.
    pub currency: Currency,
    /// Bounds every table, rows without an end included: rules past it are not known yet.
    pub coverage: DateSpan,
}

impl MarketProfile {
    /// The Stock Exchange of Hong Kong.
    pub fn hkex() -> Result<Self, CsvError> {
        Self::parse(include_str!("../data/hkex/profile.csv"))
    }

    /// The markets of the United States.
    pub fn nyse() -> Result<Self, CsvError> {
        Self::parse(include_str!("../data/nyse/profile.csv"))
    }

    /// Reads the one row of `currency,effective_from,effective_to`; both dates are needed.
    pub fn parse(text: &str) -> Result<Self, CsvError> {
        let columns = ["currency", "effective_from", "effective_to"];
        let csv = CsvText::parse(TABLE, text, &columns)?;
        let row = csv
            .rows()
            .next()
            .ok_or(DatedError::Empty { table: TABLE })?;
        let day = |column| row.read(column, "YYYY-MM-DD", |cell| cell.parse().ok());
        let coverage = DateSpan::new(day("effective_from")?, day("effective_to")?)
            .ok_or_else(|| row.refusal("effective_to", "a date not before effective_from"))?;
        let currency = row.read("currency", "HKD, USD, AUD or CNH", |cell| cell.parse().ok())?;
        Ok(Self { currency, coverage })
    }
}
