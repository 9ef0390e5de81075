//! Lot table: dated board lots from the exchange's lists, under the lists of the user.

use std::collections::BTreeMap;

use super::answer::{LotAnswer, LotError, LotWarning};
use crate::calendar::TradingDate;
use crate::csv::{CsvError, CsvRow, CsvText};
use crate::dated::{DateSpan, Dated};
use crate::instrument::{Instrument, InstrumentKind};
use crate::profile::MarketProfile;
use crate::quantity::LotSize;
use crate::symbol::Symbol;

const TABLE: &str = "lot table";
const USER_TABLE: &str = "lot list of the user";
const UNITS_TABLE: &str = "standard lots";
const AGE_MAX_DAYS: i64 = 90;
const KIND_WORDS: &str = "equity, etf or reit";
const LOT_WORDS: &str = "a whole number of shares from 1";
const CODE_WORDS: &str = "a symbol such as 00700";

/// Board lots of one market by symbol and trade date.
///
/// ```
/// use catalyst_domain::lots::LotTable;
/// let lots = LotTable::hkex()?;
/// let byd = "01211".parse()?;
/// let lot = |date: &str| -> Result<u32, Box<dyn std::error::Error>> {
///     Ok(lots.instrument(byd, date.parse()?)?.instrument.lot_size.shares())
/// };
/// assert_eq!(lot("2025-09-18")?, 500);
/// assert_eq!(lot("2025-09-19")?, 100);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct LotTable {
    market: MarketProfile,
    /// Rows of a symbol; the first that holds on a date is believed.
    rows: BTreeMap<Symbol, Vec<LotRow>>,
    /// What holds for symbols of letters that no row names, where a market has such a rule.
    rule: Vec<LotRow>,
    standard_units: Vec<(TradingDate, LotSize)>,
}

#[derive(Debug, Clone)]
struct LotRow {
    span: DateSpan,
    kind: InstrumentKind,
    lot: LotSize,
    as_of: TradingDate,
    source: String,
}

/// Whom a row speaks of.
enum Names {
    One(Symbol),
    AllOfLetters,
}

impl LotTable {
    /// Hong Kong's larger names, by the exchange's lists of 2025-07-11 and 2026-09-14.
    pub fn hkex() -> Result<Self, CsvError> {
        let text = include_str!("../../data/hkex/instruments.csv");
        Self::parse(text, MarketProfile::hkex()?)?
            .with_standard_units(include_str!("../../data/hkex/lot_units.csv"))
    }

    /// United States: one share for every symbol that begins with a letter. A Hong Kong code has no
    /// lot here.
    ///
    /// ```
    /// use catalyst_domain::lots::LotTable;
    /// let lots = LotTable::nyse()?;
    /// let date = "2026-11-23".parse()?;
    /// assert_eq!(lots.instrument("BRK.B".parse()?, date)?.instrument.lot_size.shares(), 1);
    /// assert!(lots.instrument("00700".parse()?, date).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn nyse() -> Result<Self, CsvError> {
        let text = include_str!("../../data/nyse/instruments.csv");
        Self::parse(text, MarketProfile::nyse()?)
    }

    /// Reads `code,kind,lot,effective_from,effective_to,as_of,source`; no date of a symbol may be
    /// claimed twice.
    ///
    /// The code `*` is the rule of a market where the lot is no matter of the issuer: it holds for
    /// every symbol that begins with a letter and has no row of its own, and does not grow old.
    pub fn parse(text: &str, market: MarketProfile) -> Result<Self, CsvError> {
        let columns = ["code", "kind", "lot", "effective_from", "as_of", "source"];
        let csv = CsvText::parse(TABLE, text, &columns)?;
        let mut table = Self::empty(market);
        for row in csv.rows() {
            let names = row.read("code", "a symbol such as 00700, or *", |cell| match cell {
                "*" => Some(Names::AllOfLetters),
                code => code.parse().ok().map(Names::One),
            })?;
            let found = LotRow {
                span: market.coverage,
                kind: row.read("kind", KIND_WORDS, |cell| cell.parse().ok())?,
                lot: row.read("lot", LOT_WORDS, lot)?,
                as_of: row.read("as_of", "YYYY-MM-DD", |cell| cell.parse().ok())?,
                source: row.text("source").to_owned(),
            };
            let Some(span) = row.span(market.coverage)? else {
                continue;
            };
            match names {
                Names::One(symbol) => table.add(symbol, LotRow { span, ..found }),
                Names::AllOfLetters => table.rule.push(LotRow { span, ..found }),
            }
        }
        table.checked(TABLE)
    }

    /// Names the lots that a reform makes standard, from `effective_from,lot`.
    pub fn with_standard_units(mut self, text: &str) -> Result<Self, CsvError> {
        let csv = CsvText::parse(UNITS_TABLE, text, &["effective_from", "lot"])?;
        for row in csv.rows() {
            let from = row.read("effective_from", "YYYY-MM-DD", |cell| cell.parse().ok())?;
            let unit = row.read("lot", LOT_WORDS, lot)?;
            self.standard_units.push((from, unit));
        }
        Ok(self)
    }

    /// Reads a list of the user: columns `code` and `board_lot`, and where given `effective_from`,
    /// `effective_to`, `as_of` (or `last_seen`), `kind` (else equity); other columns are ignored.
    ///
    /// A row without any date holds over `undated`, because an old list must not speak of today.
    ///
    /// ```
    /// use catalyst_domain::lots::LotTable;
    /// use catalyst_domain::profile::MarketProfile;
    /// let market = MarketProfile::hkex()?;
    /// let error = LotTable::parse_user("code,board_lot\n00700,0", market.coverage, market);
    /// assert_eq!(
    ///     error.unwrap_err().to_string(),
    ///     "lot list of the user, line 2, column `board_lot`: found `0`, \
    ///      allowed is a whole number of shares from 1"
    /// );
    /// # Ok::<(), catalyst_domain::csv::CsvError>(())
    /// ```
    pub fn parse_user(
        text: &str,
        undated: DateSpan,
        market: MarketProfile,
    ) -> Result<Self, CsvError> {
        let csv = CsvText::parse(USER_TABLE, text, &["code", "board_lot"])?;
        let mut table = Self::empty(market);
        for row in csv.rows() {
            let symbol = row.read("code", CODE_WORDS, |cell| cell.parse().ok())?;
            let size = row.read("board_lot", LOT_WORDS, lot)?;
            let kind = row.read_optional("kind", KIND_WORDS, |cell| cell.parse().ok())?;
            let Some(span) = user_span(row, undated, market)? else {
                continue;
            };
            table.add(
                symbol,
                LotRow {
                    span,
                    kind: kind.unwrap_or(InstrumentKind::Equity),
                    lot: size,
                    as_of: user_as_of(row, span, undated)?,
                    source: USER_TABLE.to_owned(),
                },
            );
        }
        table.checked(USER_TABLE)
    }

    /// This table under a list of the user, whose dated rows win. Rows without dates hold for the
    /// covered dates before this table's first row, where it says nothing.
    pub fn with_user_list(self, text: &str) -> Result<Self, CsvError> {
        let first = self
            .rows
            .values()
            .flatten()
            .map(|row| row.span.from())
            .min();
        let coverage = self.market.coverage;
        let before = first.and_then(|first| DateSpan::new(coverage.from(), first.previous()));
        let user = Self::parse_user(text, before.unwrap_or(coverage), self.market)?;
        Ok(self.with_overrides(user))
    }

    /// This table, where rows of `overrides` win on the dates they hold.
    #[must_use]
    pub fn with_overrides(mut self, overrides: Self) -> Self {
        for (symbol, mut rows) in overrides.rows {
            let below = self.rows.entry(symbol).or_default();
            rows.append(below);
            *below = rows;
        }
        self
    }

    /// The instrument `symbol` with its lot on `date`.
    ///
    /// ```
    /// use catalyst_domain::lots::LotTable;
    /// let lots = LotTable::hkex()?;
    /// let tencent = lots.instrument("700".parse()?, "2026-11-24".parse()?)?;
    /// assert_eq!(tencent.instrument.lot_size.shares(), 100);
    /// assert_eq!(tencent.warning, None);
    /// let later = lots.instrument("700".parse()?, "2026-12-31".parse()?)?;
    /// assert_eq!(
    ///     later.warning.map(|warning| warning.to_string()).as_deref(),
    ///     Some("lot is as of 2026-09-14, 108 days ago, it may have changed")
    /// );
    /// assert_eq!(
    ///     lots.instrument("99999".parse()?, "2026-11-24".parse()?).unwrap_err().to_string(),
    ///     "lot of 99999 is not known, a list of the user can name it"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn instrument(&self, symbol: Symbol, date: TradingDate) -> Result<LotAnswer<'_>, LotError> {
        let rows = self.rows.get(&symbol).map_or(&[][..], Vec::as_slice);
        if let Some(row) = rows.iter().find(|row| row.span.contains(date)) {
            return Ok(self.answer(symbol, row, self.warning(row, date)));
        }
        let ruled = if symbol.is_all_digits() {
            &[][..]
        } else {
            &self.rule
        };
        if let Some(row) = ruled.iter().find(|row| row.span.contains(date)) {
            return Ok(self.answer(symbol, row, None));
        }
        let spans = || rows.iter().chain(ruled).map(|row| row.span);
        let from = spans().map(DateSpan::from).min();
        let to = spans().map(DateSpan::to).max();
        Err(match from.zip(to) {
            Some((from, to)) => LotError::NotCovered {
                symbol,
                date,
                from,
                to,
            },
            None => LotError::Unknown { symbol },
        })
    }

    /// The symbols that have a row for some date, in order.
    pub fn symbols(&self) -> impl Iterator<Item = Symbol> {
        self.rows.keys().copied()
    }

    fn answer<'a>(
        &self,
        symbol: Symbol,
        row: &'a LotRow,
        warning: Option<LotWarning>,
    ) -> LotAnswer<'a> {
        LotAnswer {
            instrument: Instrument {
                symbol,
                kind: row.kind,
                currency: self.market.currency,
                lot_size: row.lot,
            },
            as_of: row.as_of,
            source: &row.source,
            warning,
        }
    }

    fn warning(&self, row: &LotRow, date: TradingDate) -> Option<LotWarning> {
        let as_of = row.as_of;
        let age_days = (date.as_naive() - as_of.as_naive()).num_days();
        let mut units = self.standard_units.iter().filter(|(from, _)| *from <= date);
        let reformed = units.clone().next().is_some();
        if reformed && age_days > 0 && !units.any(|(_, unit)| *unit == row.lot) {
            return Some(LotWarning::NotStandardUnit {
                lot: row.lot,
                as_of,
            });
        }
        let age = u32::try_from(age_days).ok()?;
        (age_days > AGE_MAX_DAYS).then_some(LotWarning::Old {
            as_of,
            age_days: age,
        })
    }

    const fn empty(market: MarketProfile) -> Self {
        Self {
            market,
            rows: BTreeMap::new(),
            rule: Vec::new(),
            standard_units: Vec::new(),
        }
    }

    fn add(&mut self, symbol: Symbol, row: LotRow) {
        self.rows.entry(symbol).or_default().push(row);
    }

    fn checked(self, table: &'static str) -> Result<Self, CsvError> {
        let rule = (!self.rule.is_empty()).then_some(&self.rule);
        for rows in self.rows.values().chain(rule) {
            Dated::new(table, rows.iter().map(|row| (row.span, ())).collect())?;
        }
        Ok(self)
    }
}

fn lot(cell: &str) -> Option<LotSize> {
    let digits = cell.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| LotSize::new(cell.parse().ok()?).ok())?
}

fn user_span(
    row: CsvRow<'_>,
    undated: DateSpan,
    market: MarketProfile,
) -> Result<Option<DateSpan>, CsvError> {
    let is_undated = ["effective_from", "effective_to"]
        .into_iter()
        .all(|column| row.text(column).is_empty());
    if is_undated {
        return Ok(undated.clipped_to(market.coverage));
    }
    row.span(market.coverage)
}

/// When the user's source showed the lot: as it says, else the first date of a dated row, else the
/// last date of an undated one.
fn user_as_of(row: CsvRow<'_>, span: DateSpan, undated: DateSpan) -> Result<TradingDate, CsvError> {
    let said = row.date("as_of")?.or(row.date("last_seen")?);
    let unsaid = if span == undated {
        span.to()
    } else {
        span.from()
    };
    Ok(said.unwrap_or(unsaid))
}
