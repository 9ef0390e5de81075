//! Symbol: the name of an instrument, parsed once into its one spelling.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

const LENGTH_MAX: usize = 8;
const HONG_KONG_DIGITS: usize = 5;

/// An exchange symbol of at most eight characters, in the exchange's own spelling.
///
/// Hong Kong codes are five digits with leading zeros, however they were written; names of other
/// exchanges are upper-case letters, digits and inner dots, as they are quoted there.
///
/// ```
/// use catalyst_domain::symbol::Symbol;
/// for spelling in ["700", "0700", "00700", "HK.00700", "0700.HK"] {
///     assert_eq!(spelling.parse::<Symbol>()?.as_str(), "00700");
/// }
/// assert_eq!("BRK.B".parse::<Symbol>()?.as_str(), "BRK.B");
/// let hidden = "700\u{200b}".parse::<Symbol>().unwrap_err().to_string();
/// assert!(hidden.starts_with("symbol `700\\u{200b}` is not understood"));
/// # Ok::<(), catalyst_domain::symbol::SymbolError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol {
    bytes: [u8; LENGTH_MAX],
    length: u8,
}

/// A text that names no instrument.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "symbol `{}` is not understood, allowed are Hong Kong codes (700, 00700, 0700.HK, HK.00700) \
     and letters such as AAPL or BRK.B",
    found.escape_debug()
)]
pub struct SymbolError {
    /// The text as given, cut to forty characters.
    pub found: String,
}

impl Symbol {
    /// The one spelling.
    pub fn as_str(&self) -> &str {
        let text = self.bytes.get(..usize::from(self.length)).unwrap_or(&[]);
        std::str::from_utf8(text).unwrap_or("")
    }

    /// The code without leading zeros, as Interactive Brokers spells Hong Kong symbols.
    pub fn without_zeros(&self) -> &str {
        let text = self.as_str();
        if self.is_all_digits() {
            text.trim_start_matches('0')
        } else {
            text
        }
    }

    /// True for a Hong Kong code; symbols of other exchanges begin with a letter.
    pub fn is_all_digits(&self) -> bool {
        self.as_str().bytes().all(|b| b.is_ascii_digit())
    }

    /// The code of at most so many digits, with zeros before them.
    fn of_digits(digits: &str) -> Option<Self> {
        let mut code = [b'0'; HONG_KONG_DIGITS];
        let zeros = HONG_KONG_DIGITS.checked_sub(digits.len())?;
        code.get_mut(zeros..)?.copy_from_slice(digits.as_bytes());
        Self::from_ascii(std::str::from_utf8(&code).ok()?)
    }

    fn from_ascii(text: &str) -> Option<Self> {
        let mut bytes = [0; LENGTH_MAX];
        bytes
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        Some(Self {
            bytes,
            length: u8::try_from(text.len()).ok()?,
        })
    }
}

fn canonical(text: &str) -> Option<Symbol> {
    let upper = if text.bytes().any(|b| b.is_ascii_lowercase()) {
        Cow::Owned(text.to_ascii_uppercase())
    } else {
        Cow::Borrowed(text)
    };
    let bare = upper
        .strip_prefix("HK.")
        .or_else(|| upper.strip_suffix(".HK"));
    let code = bare.unwrap_or(&upper);
    if !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit()) {
        let digits = code.trim_start_matches('0');
        if digits.is_empty() || digits.len() > HONG_KONG_DIGITS || code.len() > HONG_KONG_DIGITS {
            return None;
        }
        return Symbol::of_digits(digits);
    }
    let inner_dots = !code.starts_with('.') && !code.ends_with('.');
    let plain = code
        .bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.');
    let begins = code.bytes().next().is_some_and(|b| b.is_ascii_uppercase());
    (bare.is_none() && inner_dots && plain && begins)
        .then(|| Symbol::from_ascii(code))
        .flatten()
}

impl FromStr for Symbol {
    type Err = SymbolError;

    fn from_str(text: &str) -> Result<Self, SymbolError> {
        canonical(text).ok_or_else(|| SymbolError {
            found: text.chars().take(40).collect(),
        })
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Symbol({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_names_nothing_is_refused_with_its_spelling() {
        for text in [
            "",
            "0",
            "00000",
            "123456",
            "000700",
            "7 00",
            "\u{ff17}00",
            "700\u{200b}",
            "HK.",
            "HK.AAPL",
            ".A",
            "A.",
            "ABCDEFGHI",
            "HK.000000700",
            "000000700.HK",
            "ABCDEFGHIJKLMNOP",
            "-700",
            "1A",
        ] {
            assert!(text.parse::<Symbol>().is_err(), "{text:?}");
        }
        let error = "700\u{200b}".parse::<Symbol>().unwrap_err();
        assert!(error.to_string().contains("\\u{200b}"), "{error}");
    }

    #[test]
    fn one_symbol_five_spellings() {
        let one: Symbol = "700".parse().unwrap();

        for text in ["0700", "00700", "HK.00700", "0700.HK", "hk.700"] {
            assert_eq!(text.parse::<Symbol>(), Ok(one));
        }
        assert_eq!(one.without_zeros(), "700");
        for (text, symbol) in [
            ("HK.12345", "12345"),
            ("1", "00001"),
            ("abcdefgh", "ABCDEFGH"),
        ] {
            let read = text.parse::<Symbol>().map(|read| read.as_str().to_owned());
            assert_eq!(read.as_deref(), Ok(symbol));
        }
    }
}
