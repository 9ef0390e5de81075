//! Exchanges with tables.

use std::str::FromStr;

use super::field::{Field, NotAllowed};

/// A market with tables of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exchange {
    /// The Stock Exchange of Hong Kong.
    Hkex,
}

impl Exchange {
    /// The code of the exchange's own name.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Hkex => "HKEX",
        }
    }
}

impl FromStr for Exchange {
    type Err = NotAllowed;

    fn from_str(text: &str) -> Result<Self, NotAllowed> {
        match text {
            "HKEX" => Ok(Self::Hkex),
            _ => Err(NotAllowed::of::<Self>()),
        }
    }
}

impl Field for Exchange {
    const ALLOWED: &'static str = "HKEX";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}
