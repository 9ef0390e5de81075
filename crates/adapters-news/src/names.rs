//! Names: which symbol a company's name in a headline means, for headlines that give no code.
//!
//! The built-in list is `data/names.csv`; a user's own list stands above it.

use std::collections::{BTreeMap, BTreeSet};

use catalyst_domain::news::folded;
use catalyst_domain::symbol::Symbol;
use thiserror::Error;

const BUILT_IN: &str = include_str!("../data/names.csv");

/// Letters that a name must have; a shorter one stands in words of every kind. Chinese names are
/// shorter and say more.
const LATIN_MIN: usize = 4;
const CHINESE_MIN: usize = 2;

/// Names in folded form, with what each means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    symbols: BTreeMap<String, Symbol>,
}

/// A line of a names file that does not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("names line {line}: {found}")]
pub struct NamesError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there, and what is allowed.
    pub found: String,
}

impl Names {
    /// The list that comes with the program.
    pub fn built_in() -> Result<Self, NamesError> {
        let empty = Self {
            symbols: BTreeMap::new(),
        };
        empty.with(BUILT_IN)
    }

    /// These names and those of `text`, which count where both have one: lines `code,name`, a name in
    /// a line of its own, empty lines and those that begin with `#` passed over.
    pub fn with(mut self, text: &str) -> Result<Self, NamesError> {
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') || line == "code,name" {
                continue;
            }
            let (name, symbol) = parsed(line).map_err(|found| NamesError {
                line: index + 1,
                found,
            })?;
            self.symbols.insert(name, symbol);
        }
        Ok(self)
    }

    /// The symbols whose names stand in `text`. Where names lie in one another the longest counts, so
    /// that a bank named after a country is not taken for another.
    pub(crate) fn found_in(&self, text: &str) -> BTreeSet<Symbol> {
        let padded = format!(" {} ", folded(text));
        let mut places: Vec<(usize, usize, Symbol)> = Vec::new();
        for (name, symbol) in &self.symbols {
            for (at, _) in padded.match_indices(name.as_str()) {
                if stands_alone(&padded, at, name) {
                    places.push((at, at + name.len(), *symbol));
                }
            }
        }
        let inside = |(start, end, _): &(usize, usize, Symbol)| {
            places.iter().any(|(other_start, other_end, _)| {
                other_start <= start && end <= other_end && other_end - other_start > end - start
            })
        };
        let outermost = places.iter().filter(|place| !inside(place));
        outermost.map(|(_, _, symbol)| *symbol).collect()
    }
}

fn parsed(line: &str) -> Result<(String, Symbol), String> {
    let Some((code, name)) = line.split_once(',') else {
        return Err("no comma, allowed is `code,name`".to_owned());
    };
    let symbol: Symbol = code.trim().parse().map_err(|error| format!("{error}"))?;
    let name = folded(name);
    let least = if name.is_ascii() {
        LATIN_MIN
    } else {
        CHINESE_MIN
    };
    if name.chars().count() < least {
        return Err(format!(
            "name `{name}` is too short, allowed are {LATIN_MIN} Latin or {CHINESE_MIN} Chinese letters and more"
        ));
    }
    Ok((name, symbol))
}

/// A Latin name is whole words; a Chinese one has no ends to look for.
fn stands_alone(padded: &str, at: usize, name: &str) -> bool {
    if !name.is_ascii() {
        return true;
    }
    let before = padded.get(..at).unwrap_or("");
    let after = padded.get(at + name.len()..).unwrap_or("");
    before.ends_with(' ') && after.starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::Names;

    fn found(names: &Names, text: &str) -> Vec<String> {
        let symbols = names.found_in(text);
        symbols.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_of_the_built_in_list_mean_their_symbols() {
        let names = Names::built_in().unwrap();

        for (text, expected) in [
            ("Tencent's third quarter results", vec!["00700"]),
            ("騰訊控股回購股份", vec!["00700"]),
            ("比亚迪发盈喜", vec!["01211"]),
            ("BYD Electronic placing", vec!["00285"]),
            (
                "Agricultural Bank of China and China Mobile",
                vec!["00941", "01288"],
            ),
            ("Tencent Music, not its parent", vec!["01698"]),
            ("People's Bank of China cuts rates", vec![]),
            ("Nothing of the kind", vec![]),
        ] {
            assert_eq!(found(&names, text), expected, "{text}");
        }
    }

    #[test]
    fn a_users_list_counts_above_and_a_defect_is_named_by_its_line() {
        let names = Names::built_in().unwrap();

        let own = names
            .clone()
            .with("code,name\n# mine\n1,Tencent\n\n2,Ten")
            .unwrap_err();
        assert_eq!(
            own.to_string(),
            "names line 5: name `ten` is too short, allowed are 4 Latin or 2 Chinese letters and more"
        );
        let own = names.with("1,Tencent").unwrap();
        assert_eq!(found(&own, "Tencent"), ["00001"]);
    }
}
