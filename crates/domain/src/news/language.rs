//! Language: in which of the exchange's two languages a headline is written.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The exchange's languages; filings come in both.
///
/// ```
/// use catalyst_domain::news::Language;
/// assert_eq!(Language::of("Profit warning"), Language::English);
/// assert_eq!(Language::of("盈利警告"), Language::Chinese);
/// assert_eq!("zh".parse::<Language>()?.as_str(), "zh");
/// let wrong = "fr".parse::<Language>().unwrap_err().to_string();
/// assert_eq!(wrong, "language `fr` is unknown, allowed are en, zh");
/// # Ok::<(), catalyst_domain::news::UnknownLanguage>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    English,
    /// Chinese, in either script.
    Chinese,
}

/// A word that is no language of this exchange.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("language `{found}` is unknown, allowed are en, zh")]
pub struct UnknownLanguage {
    /// The word as given.
    pub found: String,
}

impl Language {
    /// The language of `text`: Chinese where any Chinese character stands in it.
    pub fn of(text: &str) -> Self {
        if text.chars().any(is_chinese) {
            Self::Chinese
        } else {
            Self::English
        }
    }

    /// The two-letter word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }
}

/// The blocks of Chinese characters in use: the unified ones, their extensions, the compatible ones.
pub(super) const fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        match text {
            "en" => Ok(Self::English),
            "zh" => Ok(Self::Chinese),
            _ => Err(UnknownLanguage {
                found: text.to_owned(),
            }),
        }
    }
}
