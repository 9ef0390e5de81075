//! Exchange: the markets whose rules ship with the library, by the name that is asked for.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A market with tables of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Exchange {
    /// The securities market of the Stock Exchange of Hong Kong.
    Hkex,
    /// The New York Stock Exchange. Nasdaq keeps the same hours, ticks and charges.
    Nyse,
}

/// A word that is no exchange.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("exchange `{found}` is unknown, allowed are HKEX, NYSE")]
pub struct UnknownExchange {
    /// The word as given, cut to forty characters.
    pub found: String,
}

impl Exchange {
    /// Every exchange of the library.
    pub const ALL: [Self; 2] = [Self::Hkex, Self::Nyse];

    /// The upper-case word, the same in flags, questions and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hkex => "HKEX",
            Self::Nyse => "NYSE",
        }
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Exchange {
    type Err = UnknownExchange;

    /// Reads the exact word.
    ///
    /// ```
    /// use catalyst_domain::exchange::Exchange;
    /// assert_eq!("NYSE".parse::<Exchange>()?, Exchange::Nyse);
    /// assert_eq!(
    ///     "nyse".parse::<Exchange>().unwrap_err().to_string(),
    ///     "exchange `nyse` is unknown, allowed are HKEX, NYSE"
    /// );
    /// # Ok::<(), catalyst_domain::exchange::UnknownExchange>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, UnknownExchange> {
        let named = Self::ALL
            .into_iter()
            .find(|exchange| exchange.as_str() == text);
        named.ok_or_else(|| UnknownExchange {
            found: text.chars().take(40).collect(),
        })
    }
}
