//! Folding: one spelling of a headline for rules and comparisons, whatever its case, width and
//! punctuation.

use unicode_normalization::UnicodeNormalization as _;

use super::language::is_chinese;

/// `text` in compatible normal form and lower case, words divided by one blank, Chinese characters
/// that only blanks divided brought together.
///
/// ```
/// use catalyst_domain::news::folded;
/// assert_eq!(folded("ＰＲＯＦＩＴ　Warning: Ltd."), "profit warning ltd");
/// assert_eq!(folded("盈利 警告(Profit-Warning)"), "盈利警告 profit warning");
/// ```
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last: Option<char> = None;
    let mut gap = Gap::None;
    let letters = text.nfkc().flat_map(char::to_lowercase).nfkc();
    for letter in letters {
        if !letter.is_alphanumeric() {
            gap = gap.wider(letter);
            continue;
        }
        let divided = last.is_some_and(|last| match (is_chinese(last), is_chinese(letter)) {
            (true, true) => gap == Gap::Mark,
            (true, false) | (false, true) => true,
            (false, false) => gap != Gap::None,
        });
        if divided {
            out.push(' ');
        }
        out.push(letter);
        last = Some(letter);
        gap = Gap::None;
    }
    out
}

/// What stands between two letters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Blank,
    /// Punctuation or anything else that no word goes across.
    Mark,
}

impl Gap {
    fn wider(self, letter: char) -> Self {
        match self {
            Self::None | Self::Blank if letter.is_whitespace() => Self::Blank,
            Self::None | Self::Blank | Self::Mark => Self::Mark,
        }
    }
}
