//! An amount in a document to its last decimal, with its currency: a question to a model costs parts of a
//! cent, and dollars that are not those of the account.

use catalyst_domain::money::Money;
use serde::{Serialize, Serializer};

/// Written as `0.012345 USD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exact(pub(crate) Money);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
