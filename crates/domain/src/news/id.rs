//! News id: the short name by which a trade says which headline it rests on.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use thiserror::Error;

const LENGTH_MAX: usize = 24;

/// The name of one story: 1 to 24 of `a-z A-Z 0-9 - _ .`, so that it can be repeated without a
/// mistake and can hold no instruction.
///
/// ```
/// use catalyst_domain::news::NewsId;
/// let id: NewsId = "alert-700".parse()?;
/// assert_eq!(id.to_string(), "alert-700");
/// let wrong = "buy it!".parse::<NewsId>().unwrap_err().to_string();
/// assert_eq!(
///     wrong,
///     "news id `buy it!` is not understood, allowed are 1 to 24 of letters, digits, `-`, `_`, `.`"
/// );
/// # Ok::<(), catalyst_domain::news::NewsIdError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NewsId {
    /// Filled up with zeros, which are no letters of an id.
    letters: [u8; LENGTH_MAX],
}

/// A text that is no name of a story.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "news id `{}` is not understood, allowed are 1 to 24 of letters, digits, `-`, `_`, `.`",
    found.escape_debug()
)]
pub struct NewsIdError {
    /// The text as given, cut to forty characters.
    pub found: String,
}

impl NewsId {
    /// The name that follows from `parts` alone, the same on every day and machine: an `n`, so that
    /// nobody takes it for a number, and nine hexadecimal digits. It tells stories apart and protects nothing, so whoever derives names for texts
    /// that others wrote has to look for two stories under one.
    ///
    /// ```
    /// use catalyst_domain::news::NewsId;
    /// let id = NewsId::derived(&["feed", "guid-1"]);
    /// assert_eq!(id, NewsId::derived(&["feed", "guid-1"]));
    /// assert_ne!(id, NewsId::derived(&["feedguid", "-1"]));
    /// assert_eq!(id.to_string().len(), 10);
    /// ```
    pub fn derived(parts: &[&str]) -> Self {
        let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
        let hash = bytes.fold(FNV_BASIS, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
        });
        let folded = (hash >> 36) ^ hash;
        let digits = (0..9).rev().map(|place| {
            let digit = u32::try_from((folded >> (4 * place)) & 0xf).unwrap_or(0);
            char::from_digit(digit, 16).unwrap_or('0')
        });
        Self::of(['n'].into_iter().chain(digits))
    }

    fn of(text: impl Iterator<Item = char>) -> Self {
        let mut letters = [0; LENGTH_MAX];
        for (place, letter) in letters.iter_mut().zip(text) {
            *place = u8::try_from(letter).unwrap_or(b'.');
        }
        Self { letters }
    }
}

/// The constants of the hash FNV-1a with 64 bits, by its authors.
const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

impl fmt::Display for NewsId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.letters
            .iter()
            .take_while(|letter| **letter != 0)
            .try_for_each(|letter| f.write_char(char::from(*letter)))
    }
}

impl fmt::Debug for NewsId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewsId({self})")
    }
}

impl FromStr for NewsId {
    type Err = NewsIdError;

    fn from_str(text: &str) -> Result<Self, NewsIdError> {
        let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        if (1..=LENGTH_MAX).contains(&text.len()) && text.chars().all(allowed) {
            return Ok(Self::of(text.chars()));
        }
        Err(NewsIdError {
            found: text.chars().take(40).collect(),
        })
    }
}
