//! Headline text: what others wrote, cleaned and cut, in a type that cannot hold anything else.

use std::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Language;
use super::look_alike::in_latin;
use super::unmarked::{without_links, without_markup};

/// Characters of a headline that are kept.
const LENGTH_MAX: usize = 200;

/// Characters that are looked at; markup beyond is cut off with what it holds.
const READ_MAX: usize = 4_000;

/// How often a text may be unpacked, since markup may be packed in markup.
const PASSES_MAX: usize = 8;

/// One line of at most 200 characters in compatible normal form (NFKC), without control, zero-width
/// and direction characters, combining marks, markup, entities and links, Latin words in Latin letters.
///
/// It is still what somebody else wrote: data, never an instruction.
///
/// ```
/// use catalyst_domain::news::HeadlineText;
/// let text = HeadlineText::clean("<b>Profit&nbsp;warning</b>\u{202e} ＡＢＣ https://example.com/x")?;
/// assert_eq!(text.as_str(), "Profit warning ABC");
/// let nothing = HeadlineText::clean("<br/>\u{200b}").unwrap_err().to_string();
/// assert_eq!(nothing, "nothing is left of the headline after cleaning");
/// # Ok::<(), catalyst_domain::news::EmptyHeadline>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HeadlineText(String);

/// A headline of which cleaning leaves nothing.
///
/// Shown at [`HeadlineText`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("nothing is left of the headline after cleaning")]
pub struct EmptyHeadline;

impl HeadlineText {
    /// Cleans `raw`; cleaning what is clean changes nothing.
    pub fn clean(raw: &str) -> Result<Self, EmptyHeadline> {
        let kept = cleaned(raw, LENGTH_MAX);
        if kept.is_empty() {
            return Err(EmptyHeadline);
        }
        Ok(Self(kept))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language it is written in.
    ///
    /// ```
    /// use catalyst_domain::news::{HeadlineText, Language};
    /// assert_eq!(HeadlineText::clean("復牌")?.language(), Language::Chinese);
    /// # Ok::<(), catalyst_domain::news::EmptyHeadline>(())
    /// ```
    pub fn language(&self) -> Language {
        Language::of(&self.0)
    }
}

impl fmt::Display for HeadlineText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is left of any text from outside when it is cleaned like a headline and cut to `length_max`
/// characters; empty where nothing is. At most the first 4,000 characters are looked at.
///
/// ```
/// use catalyst_domain::news::cleaned;
/// assert_eq!(cleaned("stop\u{7} hit,\nsee https://evil.example", 40), "stop hit, see");
/// assert_eq!(cleaned("рауment of \u{ff13}\u{ff10}", 40), "payment of 30");
/// ```
pub fn cleaned(raw: &str, length_max: usize) -> String {
    let kept: String = unpacked(raw).chars().take(length_max).collect();
    kept.trim().to_owned()
}

fn unpacked(raw: &str) -> String {
    let mut text: String = raw.chars().take(READ_MAX).collect();
    for _ in 0..PASSES_MAX {
        let next = pass(&text);
        if next == text {
            return next;
        }
        text = next;
    }
    // Without ampersands nothing can be unpacked any more, so this ends.
    let mut text = text.replace('&', " ");
    for _ in 0..PASSES_MAX {
        text = pass(&text);
    }
    text
}

/// One round of cleaning. Hidden characters go first, so that nothing is composed across them; marks
/// that then still stand alone are none of a language read here.
fn pass(text: &str) -> String {
    let seen = text.chars().filter_map(visible).nfkc();
    let seen: String = seen
        .filter_map(visible)
        .filter(|letter| !is_combining_mark(*letter))
        .collect();
    let plain = without_links(&without_markup(&in_latin(&seen)));
    let mut line = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The character as it may stand in a headline: a blank for what divides, nothing for what hides.
fn visible(letter: char) -> Option<char> {
    if letter.is_whitespace() || letter.is_control() {
        return Some(' ');
    }
    (!is_hidden(letter)).then_some(letter)
}

/// Format characters of Unicode (general category Cf), fillers that look like nothing, variation
/// selectors, private use, and the sign for what could not be read.
const fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1345f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
}
