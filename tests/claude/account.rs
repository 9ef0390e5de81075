//! The account of what a request reads from the cache and what it writes, kept as the provider keeps it:
//! prefixes and their lifetimes, marks, and twenty blocks of look-back. Tokens are estimated from bytes.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::Value;

/// Blocks that a read looks back from its mark.
const LOOK_BACK: usize = 20;
/// Thousandths of a minute, in which time is told here.
pub(super) const MINUTE: u64 = 1_000;
/// Tokens of the words that the provider adds to a request with tools.
const HIDDEN_TOKENS: u64 = 286;
/// Tools, then instructions: the mark on the latter covers both.
const FIXED: usize = 1;

/// Tokens by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tokens {
    pub(super) read: u64,
    /// Written for five minutes.
    pub(super) tail: u64,
    /// Written for an hour.
    pub(super) fixed: u64,
    pub(super) out: u64,
}

/// What the provider's cache holds.
#[derive(Debug, Default)]
pub(super) struct Account {
    /// When each prefix is forgotten.
    until: BTreeMap<u64, u64>,
}

/// The beginning of a request up to some block.
struct Prefix {
    name: u64,
    tokens: u64,
}

/// Estimated tokens of so many bytes: three and a half to a token.
pub(super) fn tokens_of(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap() * 2 / 7
}

impl Tokens {
    /// What was sent.
    pub(super) const fn sent(&self) -> u64 {
        self.read + self.tail + self.fixed
    }

    /// The share of what was sent that came from the cache, in hundredths, rounded down.
    pub(super) const fn percent_read(&self) -> u64 {
        self.read * 100 / self.sent()
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self {
            read: self.read + other.read,
            tail: self.tail + other.tail,
            fixed: self.fixed + other.fixed,
            out: self.out + other.out,
        }
    }
}

impl Account {
    /// What the request `body` reads and writes at `now`, `out` tokens of its answer aside.
    pub(super) fn charge(&mut self, body: &Value, now: u64, out: u64) -> Tokens {
        let prefixes = prefixes(body);
        let last = prefixes.len() - 1;
        let hit = [last, FIXED].into_iter().find_map(|mark| {
            let near = (mark.saturating_sub(LOOK_BACK)..=mark).rev();
            near.into_iter().find(|at| {
                let until = self.until.get(&prefixes[*at].name);
                until.is_some_and(|until| *until >= now)
            })
        });
        let read = hit.map_or(0, |at| prefixes[at].tokens);
        let fixed = prefixes[FIXED].tokens.saturating_sub(read);
        self.until.insert(prefixes[FIXED].name, now + 60 * MINUTE);
        self.until.insert(prefixes[last].name, now + 5 * MINUTE);
        Tokens {
            read,
            fixed,
            tail: prefixes[last].tokens - read - fixed,
            out,
        }
    }
}

/// Every prefix of a request. A choice of tools makes other prefixes of all messages.
fn prefixes(body: &Value) -> Vec<Prefix> {
    let mut blocks = vec![body["tools"].to_string(), body["system"].to_string()];
    for message in body["messages"].as_array().unwrap() {
        let content = message["content"].as_array().unwrap();
        blocks.extend(content.iter().map(Value::to_string));
    }
    let mut hasher = DefaultHasher::new();
    let mut tokens = HIDDEN_TOKENS;
    let mut prefixes = Vec::new();
    for (place, block) in blocks.iter().enumerate() {
        if place == FIXED + 1 {
            body["tool_choice"].to_string().hash(&mut hasher);
        }
        block.hash(&mut hasher);
        tokens += tokens_of(block.len());
        prefixes.push(Prefix {
            name: hasher.finish(),
            tokens,
        });
    }
    prefixes
}
