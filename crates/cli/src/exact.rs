//! An amount to its last decimal, with its currency: a question to a model costs parts of a cent, and
//! dollars that are not those of the account.

use std::fmt;

use catalyst_domain::money::Money;
use serde::{Serialize, Serializer};

/// Written as `0.012345 USD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exact(pub(crate) Money);

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.amount().normalize(), self.0.currency())
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
