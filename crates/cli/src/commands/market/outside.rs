//! Outside: the refusal of a date that no table covers.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::dated::NotCovered;

use crate::commands::inspect::BadQuestion;

/// The date in `field` is none of those that the table asked about speaks of.
pub(super) fn outside_dates(field: &str, date: TradingDate, outside: &NotCovered) -> BadQuestion {
    BadQuestion::new(
        field,
        &date.to_string(),
        &format!(
            "a date from {} to {}, for which the {} is known",
            outside.from, outside.to, outside.table
        ),
    )
}
