//! Tick table: which grid holds for a kind of instrument on a trade date.

use rust_decimal::Decimal;

use super::band::{Band, Bands, Begins};
use super::grid::TickGrid;
use super::units::whole_units;
use crate::calendar::TradingDate;
use crate::csv::{CsvError, CsvRow, CsvText};
use crate::dated::{DateSpan, Dated, NotCovered};
use crate::instrument::InstrumentKind;
use crate::money::plain_decimal;
use crate::profile::MarketProfile;

const COLUMNS: [&str; 8] = [
    "kinds",
    "effective_from",
    "effective_to",
    "begins",
    "over",
    "up_to",
    "lowest",
    "tick",
];

/// The minimum spreads of one market, by kind of instrument and trade date.
///
/// ```
/// use catalyst_domain::instrument::InstrumentKind;
/// use catalyst_domain::tick::TickTable;
/// let ticks = TickTable::hkex()?;
/// let price = "49.98".parse()?;
/// let before = ticks.on("2025-08-01".parse()?, InstrumentKind::Equity)?;
/// let after = ticks.on("2025-08-04".parse()?, InstrumentKind::Equity)?;
/// assert!(before.exact(price).is_err());
/// assert_eq!(after.exact(price)?.to_string(), "49.98");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct TickTable {
    equity: Dated<Bands>,
    etf: Dated<Bands>,
    reit: Dated<Bands>,
}

impl TickTable {
    /// The Second Schedule of the rules of the Stock Exchange of Hong Kong: part A for equities and
    /// REITs, part D for exchange traded funds, whose table is known from 2026-08-03 on.
    pub fn hkex() -> Result<Self, CsvError> {
        let text = include_str!("../../data/hkex/ticks.csv");
        Self::parse(text, MarketProfile::hkex()?)
    }

    /// New York and Nasdaq: 0.01 at or above one dollar, 0.0001 below (Rule 612 of Regulation NMS),
    /// to 2027-10-31. From the next day on half-penny ticks go by symbol, and which is not known.
    ///
    /// ```
    /// use catalyst_domain::instrument::InstrumentKind;
    /// use catalyst_domain::tick::TickTable;
    /// let ticks = TickTable::nyse()?;
    /// let grid = ticks.on("2026-11-23".parse()?, InstrumentKind::Equity)?;
    /// let dollar = grid.exact("1".parse()?)?;
    /// assert_eq!(dollar.to_string(), "1.00");
    /// assert_eq!(grid.down(dollar).map(|p| p.to_string()).as_deref(), Some("0.9999"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn nyse() -> Result<Self, CsvError> {
        let text = include_str!("../../data/nyse/ticks.csv");
        Self::parse(text, MarketProfile::nyse()?)
    }

    /// Reads `kinds,effective_from,effective_to,begins,over,up_to,lowest,tick`, bands in rising order.
    ///
    /// `kinds` are words between blanks. A band that `begins` with the word `over` leaves its lower
    /// edge to the band before, one that begins `at` holds it. `lowest` stands with the first band
    /// of a table only. Every kind needs a table, since a kind without one would have to be guessed.
    pub fn parse(text: &str, market: MarketProfile) -> Result<Self, CsvError> {
        let csv = CsvText::parse("tick table", text, &COLUMNS)?;
        let of_kind = |table, kind| -> Result<Dated<Bands>, CsvError> {
            let mut rows: Vec<(DateSpan, Bands)> = Vec::new();
            for row in csv.rows() {
                if !kinds_of(row)?.contains(&kind) {
                    continue;
                }
                let Some(span) = row.span(market.coverage)? else {
                    continue;
                };
                match rows.last_mut().filter(|(of, _)| *of == span) {
                    Some((_, bands)) => bands.rest.push(next_band(row, bands)?),
                    None => rows.push((span, first_band(row)?)),
                }
            }
            Ok(Dated::new(table, rows)?)
        };
        Ok(Self {
            equity: of_kind("tick table of equities", InstrumentKind::Equity)?,
            etf: of_kind("tick table of exchange traded funds", InstrumentKind::Etf)?,
            reit: of_kind("tick table of REITs", InstrumentKind::Reit)?,
        })
    }

    /// The legal prices of `kind` on `date`.
    pub fn on(&self, date: TradingDate, kind: InstrumentKind) -> Result<TickGrid<'_>, NotCovered> {
        let tables = match kind {
            InstrumentKind::Equity => &self.equity,
            InstrumentKind::Etf => &self.etf,
            InstrumentKind::Reit => &self.reit,
        };
        tables.on(date).map(|bands| TickGrid::new(bands, date))
    }
}

fn kinds_of(row: CsvRow<'_>) -> Result<Vec<InstrumentKind>, CsvError> {
    row.read("kinds", "equity, etf, reit, between blanks", |cell| {
        cell.split_whitespace()
            .map(|word| word.parse().ok())
            .collect()
    })
}

fn first_band(row: CsvRow<'_>) -> Result<Bands, CsvError> {
    let (tick, up_to) = tick_and_edge(row)?;
    let lowest = row.read("lowest", "a multiple of the tick, up to the edge", |cell| {
        units(cell).filter(|lowest| *lowest <= up_to && *lowest >= tick && lowest % tick == 0)
    })?;
    Ok(Bands {
        first: Band {
            over: lowest - tick,
            begins: row.read("begins", "over, as there is no band before", |cell| {
                begins(cell).filter(|begins| *begins == Begins::Over)
            })?,
            up_to,
            tick,
            legal_below: 0,
        },
        rest: Vec::new(),
    })
}

fn next_band(row: CsvRow<'_>, bands: &Bands) -> Result<Band, CsvError> {
    let before = bands.last();
    let (tick, up_to) = tick_and_edge(row)?;
    let over = row.read(
        "over",
        "the upper edge of the band before, on both ticks",
        |cell| {
            units(cell).filter(|over| *over == before.up_to && over % tick == 0 && *over < up_to)
        },
    )?;
    Ok(Band {
        over,
        begins: row.read("begins", "over or at", begins)?,
        up_to,
        tick,
        legal_below: before.legal_below + (before.up_to - before.over) / before.tick,
    })
}

fn tick_and_edge(row: CsvRow<'_>) -> Result<(u64, u64), CsvError> {
    let tick = row.read("tick", "0.0001 or more, in steps of 0.0001", |cell| {
        units(cell).filter(|tick| *tick > 0)
    })?;
    let up_to = row.read("up_to", "a multiple of the tick up to 10000000", |cell| {
        units(cell).filter(|edge| edge % tick == 0 && *edge <= EDGE_MAX)
    })?;
    Ok((tick, up_to))
}

fn begins(cell: &str) -> Option<Begins> {
    match cell {
        "over" => Some(Begins::Over),
        "at" => Some(Begins::At),
        _ => None,
    }
}

/// The highest price there is, in units.
const EDGE_MAX: u64 = 100_000_000_000;

fn units(cell: &str) -> Option<u64> {
    plain_decimal(cell).and_then(|number: Decimal| whole_units(number))
}
