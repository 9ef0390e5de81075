//! Index membership: which names an index held on a trade date, as far as sources tell.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::calendar::TradingDate;
use crate::csv::{CsvError, CsvText};
use crate::dated::{DateSpan, NotCovered};
use crate::profile::MarketProfile;
use crate::symbol::Symbol;

const TABLE: &str = "index membership";
const USER_TABLE: &str = "index list of the user";
const CODE_WORDS: &str = "a symbol such as 00700";

/// An index whose members can be looked through.
///
/// ```
/// use catalyst_domain::index::IndexName;
/// assert_eq!("hstech".parse::<IndexName>()?, IndexName::Hstech);
/// assert_eq!(
///     "SPX".parse::<IndexName>().unwrap_err().to_string(),
///     "index `SPX` is unknown, allowed are HSI, HSCEI, HSTECH"
/// );
/// # Ok::<(), catalyst_domain::index::UnknownIndex>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IndexName {
    /// Hang Seng Index.
    Hsi,
    /// Hang Seng China Enterprises Index.
    Hscei,
    /// Hang Seng TECH Index.
    Hstech,
}

/// A word that is no index.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("index `{found}` is unknown, allowed are HSI, HSCEI, HSTECH")]
pub struct UnknownIndex {
    /// The word as given.
    pub found: String,
}

impl IndexName {
    const ALL: [Self; 3] = [Self::Hsi, Self::Hscei, Self::Hstech];

    /// The upper-case short name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hsi => "HSI",
            Self::Hscei => "HSCEI",
            Self::Hstech => "HSTECH",
        }
    }
}

impl fmt::Display for IndexName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for IndexName {
    type Err = UnknownIndex;

    fn from_str(text: &str) -> Result<Self, UnknownIndex> {
        let named = Self::ALL
            .into_iter()
            .find(|index| index.as_str().eq_ignore_ascii_case(text));
        named.ok_or_else(|| UnknownIndex {
            found: text.to_owned(),
        })
    }
}

/// Why the members on a date are not known.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MembershipError {
    /// The index is on file, but not for this date.
    #[error("members of {index}: {cause}")]
    NotCovered {
        /// The index asked about.
        index: IndexName,
        /// The dates on file.
        cause: NotCovered,
    },
    /// Nothing is on file for the index.
    #[error("members of {index} are not on file, they need a list of the user")]
    NeedsUserList {
        /// The index asked about.
        index: IndexName,
    },
}

/// Members of the indices of one market by trade date, and lists of the user above them.
///
/// ```
/// use catalyst_domain::index::{IndexMembership, IndexName};
/// let indices = IndexMembership::hkex()?;
/// assert_eq!(indices.members(IndexName::Hsi, "2026-03-09".parse()?)?.len(), 90);
/// assert!(indices.members(IndexName::Hsi, "2020-03-09".parse()?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct IndexMembership {
    market: MarketProfile,
    rows: Vec<Member>,
    user_lists: Vec<UserList>,
}

#[derive(Debug, Clone, Copy)]
struct Member {
    index: IndexName,
    symbol: Symbol,
    span: DateSpan,
}

#[derive(Debug, Clone)]
struct UserList {
    index: IndexName,
    dates: DateSpan,
    symbols: Vec<Symbol>,
}

impl IndexMembership {
    /// HSI from 2026-03-09 and HSTECH from 2026-04-22, both to the day before the review of
    /// December 2026, whose result is not on file; HSCEI not at all.
    pub fn hkex() -> Result<Self, CsvError> {
        let text = include_str!("../data/hkex/index_members.csv");
        Self::parse(text, MarketProfile::hkex()?)
    }

    /// New York: nothing on file, lists of the user alone.
    pub fn nyse() -> Result<Self, CsvError> {
        Ok(Self {
            market: MarketProfile::nyse()?,
            rows: Vec::new(),
            user_lists: Vec::new(),
        })
    }

    /// Reads `index,code,effective_from,effective_to`; between the first and the last date of an
    /// index its rows are complete.
    pub fn parse(text: &str, market: MarketProfile) -> Result<Self, CsvError> {
        let columns = ["index", "code", "effective_from", "effective_to"];
        let csv = CsvText::parse(TABLE, text, &columns)?;
        let mut rows = Vec::new();
        for row in csv.rows() {
            let index = row.read("index", "HSI, HSCEI or HSTECH", |cell| cell.parse().ok())?;
            let symbol = row.read("code", CODE_WORDS, |cell| cell.parse().ok())?;
            if let Some(span) = row.span(market.coverage)? {
                rows.push(Member {
                    index,
                    symbol,
                    span,
                });
            }
        }
        Ok(Self {
            market,
            rows,
            user_lists: Vec::new(),
        })
    }

    /// Takes a list of the user, a table with the column `code`, as the members of `index` over
    /// `dates`; it wins over what is on file and over lists taken before.
    ///
    /// ```
    /// use catalyst_domain::dated::DateSpan;
    /// use catalyst_domain::index::{IndexMembership, IndexName};
    /// let (indices, date) = (IndexMembership::hkex()?, "2026-11-23".parse()?);
    /// assert_eq!(
    ///     indices.members(IndexName::Hscei, date).unwrap_err().to_string(),
    ///     "members of HSCEI are not on file, they need a list of the user"
    /// );
    /// let today = DateSpan::new(date, date).ok_or("backwards")?;
    /// let indices = indices.with_user_list(IndexName::Hscei, today, "code\n0700\n00700\n9988")?;
    /// assert_eq!(indices.members(IndexName::Hscei, date)?.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_user_list(
        mut self,
        index: IndexName,
        dates: DateSpan,
        text: &str,
    ) -> Result<Self, CsvError> {
        let csv = CsvText::parse(USER_TABLE, text, &["code"])?;
        let mut symbols = csv
            .rows()
            .map(|row| row.read("code", CODE_WORDS, |cell| cell.parse().ok()))
            .collect::<Result<Vec<Symbol>, _>>()?;
        symbols.sort_unstable();
        symbols.dedup();
        if let Some(dates) = dates.clipped_to(self.market.coverage) {
            self.user_lists.push(UserList {
                index,
                dates,
                symbols,
            });
        }
        Ok(self)
    }

    /// The members of `index` on `date`, in the order of their codes.
    pub fn members(
        &self,
        index: IndexName,
        date: TradingDate,
    ) -> Result<Vec<Symbol>, MembershipError> {
        let mut lists = self.user_lists.iter().rev();
        if let Some(list) = lists.find(|list| list.index == index && list.dates.contains(date)) {
            return Ok(list.symbols.clone());
        }
        let coverage = self
            .coverage(index)
            .ok_or(MembershipError::NeedsUserList { index })?;
        if !coverage.contains(date) {
            let cause = NotCovered {
                table: TABLE,
                date,
                from: coverage.from(),
                to: coverage.to(),
            };
            return Err(MembershipError::NotCovered { index, cause });
        }
        let held = |row: &&Member| row.index == index && row.span.contains(date);
        let mut symbols: Vec<Symbol> = self
            .rows
            .iter()
            .filter(held)
            .map(|row| row.symbol)
            .collect();
        symbols.sort_unstable();
        Ok(symbols)
    }

    /// From the first to the last date on file for `index`.
    fn coverage(&self, index: IndexName) -> Option<DateSpan> {
        let spans = || {
            self.rows
                .iter()
                .filter(|row| row.index == index)
                .map(|row| row.span)
        };
        let from = spans().map(DateSpan::from).min()?;
        let to = spans().map(DateSpan::to).max()?;
        DateSpan::new(from, to)
    }
}
