//! Told: a JSON text of the journal in the order it was written, cut to what concerns one symbol.

use std::fmt;

use catalyst_domain::symbol::Symbol;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Keys under which a tool names the symbol of an object.
const NAMES: [&str; 2] = ["symbol", "s"];

/// A JSON value whose keys keep their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// A string, a number, a truth or nothing, as its text.
    Word(String),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Map(Vec<(String, Self)>),
}

impl Told {
    /// Reads `json`.
    pub(super) fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The value under `key` of an object.
    pub(super) fn find(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries
                .iter()
                .find_map(|(name, value)| (name == key).then_some(value)),
            Self::Word(_) | Self::List(_) => None,
        }
    }

    /// True when `symbol` stands anywhere in it, in any spelling.
    pub(super) fn mentions(&self, symbol: Symbol) -> bool {
        match self {
            Self::Word(word) => is_symbol(word, symbol),
            Self::List(items) => items.iter().any(|item| item.mentions(symbol)),
            Self::Map(entries) => entries
                .iter()
                .any(|(key, value)| is_symbol(key, symbol) || value.mentions(symbol)),
        }
    }

    /// Without what is about other symbols: items of lists, entries of objects by symbol, and what
    /// they leave empty. Items that are left do not say again what they are about.
    pub(super) fn about(&self, symbol: Symbol) -> Self {
        match self {
            Self::Word(word) => Self::Word(word.clone()),
            Self::List(items) => {
                let own = items.iter().filter(|item| !item.is_of_another(symbol));
                Self::List(own.map(|item| item.about(symbol).unnamed(symbol)).collect())
            }
            Self::Map(entries) => {
                let own = entries
                    .iter()
                    .filter(|(key, _)| !is_code(key) || is_symbol(key, symbol));
                let cut = own.map(|(key, value)| (key, value, value.about(symbol)));
                let kept = cut.filter(|(_, whole, cut)| whole.is_empty() || !cut.is_empty());
                Self::Map(kept.map(|(key, _, cut)| (key.clone(), cut)).collect())
            }
        }
    }

    /// `symbol` names what an object is about, and so does `s` where it holds a code; of a headline
    /// it holds a mood.
    fn is_of_another(&self, symbol: Symbol) -> bool {
        let is_another = |word: &Self| !word.mentions(symbol);
        match self {
            Self::Word(word) => is_code(word) && !is_symbol(word, symbol),
            Self::List(_) => false,
            Self::Map(_) => match (self.find("symbol"), self.find("s")) {
                (Some(name), Some(_) | None) => is_another(name),
                (None, Some(name)) => name.is_code() && is_another(name),
                (None, None) => false,
            },
        }
    }

    fn unnamed(self, symbol: Symbol) -> Self {
        match self {
            Self::Map(mut entries) if entries.len() > 1 => {
                entries.retain(|(key, value)| {
                    !(NAMES.contains(&key.as_str()) && value.is_word(symbol.as_str()))
                });
                Self::Map(entries)
            }
            other @ (Self::Word(_) | Self::List(_) | Self::Map(_)) => other,
        }
    }

    fn is_code(&self) -> bool {
        matches!(self, Self::Word(word) if is_code(word))
    }

    fn is_word(&self, text: &str) -> bool {
        matches!(self, Self::Word(word) if word == text)
    }

    const fn is_empty(&self) -> bool {
        match self {
            Self::Word(_) => false,
            Self::List(items) => items.is_empty(),
            Self::Map(entries) => entries.is_empty(),
        }
    }
}

/// A Hong Kong code as the program spells it. Prices and amounts are five bare digits only by chance,
/// and are asked about only where they stand alone in a list.
fn is_code(word: &str) -> bool {
    word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_symbol(word: &str, symbol: Symbol) -> bool {
    word == symbol.as_str()
}

/// Words for a person: `px 62.9, day {hi 63, lo 62.25}, bb [63.086, 61.132]`.
impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::List(items) => {
                f.write_str("[")?;
                listed(f, items.iter(), |f, item| item.inner(f))?;
                f.write_str("]")
            }
            Self::Map(entries) => listed(f, entries.iter(), |f, (key, value)| {
                write!(f, "{key} ")?;
                value.inner(f)
            }),
        }
    }
}

impl Told {
    /// The sentence of a broken limit, which says what its other keys say.
    fn sentence(&self) -> Option<&Self> {
        self.find("rule").and(self.find("text"))
    }

    fn inner(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(_) | Self::List(_) => write!(f, "{self}"),
            Self::Map(_) => match self.sentence() {
                Some(sentence) => write!(f, "{sentence}"),
                None => write!(f, "{{{self}}}"),
            },
        }
    }
}

fn listed<T>(
    f: &mut fmt::Formatter<'_>,
    items: impl Iterator<Item = T>,
    write: impl Fn(&mut fmt::Formatter<'_>, T) -> fmt::Result,
) -> fmt::Result {
    for (item, number) in items.zip(0_usize..) {
        if number > 0 {
            f.write_str(", ")?;
        }
        write(f, item)?;
    }
    Ok(())
}

impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Told;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Told, E> {
        Ok(Told::Word(if value { "yes" } else { "no" }.to_owned()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Told, E> {
        Ok(Told::Word(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Told, E> {
        Ok(Told::Word(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Told, E> {
        Ok(Told::Word(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Told, E> {
        Ok(Told::Word(value.to_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Told, E> {
        Ok(Told::Word("none".to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Told, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Told::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Told, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Told::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::Told;

    fn about(json: &str) -> String {
        let told = Told::parse(json).unwrap();
        told.about("700".parse().unwrap()).to_string()
    }

    #[test]
    fn a_reply_keeps_what_is_about_the_symbol_in_the_order_it_was_written() {
        let scan = r#"{"n":12,"filtered":{"not_rising":["00005","00700"],"thin":["00388"]},
            "c":[{"s":"02318","px":"62.9"},{"s":"00700","px":"450.8","vw":true}]}"#;

        assert_eq!(
            about(scan),
            "n 12, filtered {not_rising [00700]}, c [{px 450.8, vw yes}]"
        );
    }

    #[test]
    fn entries_by_symbol_are_cut_and_what_was_empty_stays() {
        let quotes =
            r#"{"none":{"00700":"halted","00005":"stale"},"items":[],"q":[{"s":"00005"}]}"#;

        assert_eq!(about(quotes), "none {00700 halted}, items []");
    }

    #[test]
    fn a_headline_keeps_its_mood_and_a_warning_is_its_sentence() {
        let news = r#"{"news":[{"symbol":"00700","items":[{"h":"Up","s":"positive"}]}],
            "warnings":[{"rule":"tick","limit":"1","found":"2","text":"tick: 1 allowed"}]}"#;

        assert_eq!(
            about(news),
            "news [{items [{h Up, s positive}]}], warnings [tick: 1 allowed]"
        );
    }

    #[test]
    fn a_symbol_is_found_wherever_it_stands() {
        let mentions = |json| Told::parse(json).unwrap().mentions("700".parse().unwrap());

        assert!(mentions(r#"{"none":{"00700":"halted"}}"#));
        assert!(mentions(r#"{"input":{"symbols":["00005","00700"]}}"#));
        assert!(!mentions(r#"{"px":"700","s":"00005"}"#));
    }
}
