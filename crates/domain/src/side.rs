//! Which way an order goes. Never guessed: an unknown word is an error that names it.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The direction of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Takes shares in.
    Buy,
    /// Gives shares away.
    Sell,
}

/// A word that is no side.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("side `{found}` is unknown, allowed are buy and sell (long and short are read as these)")]
pub struct UnknownSide {
    /// The word as given.
    pub found: String,
}

impl Side {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Buy => "buy",
            Self::Sell => "sell",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Side {
    type Err = UnknownSide;

    /// Reads `buy`, `sell` and the older system's `long`, `short`, in any letter case.
    ///
    /// ```
    /// use catalyst_domain::side::Side;
    /// assert_eq!("LONG".parse::<Side>()?, Side::Buy);
    /// assert_eq!(
    ///     "hold".parse::<Side>().unwrap_err().to_string(),
    ///     "side `hold` is unknown, allowed are buy and sell (long and short are read as these)"
    /// );
    /// # Ok::<(), catalyst_domain::side::UnknownSide>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, UnknownSide> {
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        if is("buy") || is("long") {
            Ok(Self::Buy)
        } else if is("sell") || is("short") {
            Ok(Self::Sell)
        } else {
            Err(UnknownSide {
                found: text.to_owned(),
            })
        }
    }
}
