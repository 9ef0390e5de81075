//! One generated day: bars, the daily bars before it, and its news.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::market::{Bar, Ohlc};
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::TickGrid;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::cast::{Part, cast};
use super::daily::{CastDay, Company, JUMP_DAYS, WHOLE, lots, moved, raw_close, raw_open};
use super::error::{GeneratorError, OffGrid};
use super::minutes::{DayPlan, Minutes, Snap, price};
use super::names::NAMES;
use super::news;
use super::rng::Stream;
use super::script::{Script, script};
use super::volume::spread;
use crate::headlines::Headline;
use catalyst_domain::rulebook::Rulebook;

/// Daily bars before a generated day.
pub const HISTORY_DAYS: usize = 20;

/// Prices are made in 1/10,000 of a dollar.
const UNITS: i64 = 10_000;

/// How far a day of history is taken to stray beyond its open and close, in parts per million.
const STRAY: i64 = 7_000;

const COMPANY: u64 = 6;
const SCRIPTS: u64 = 7;
const MINUTES: u64 = 8;

/// A maker of days.
#[derive(Debug, Clone)]
pub struct Generator {
    rules: Arc<Rulebook>,
    seed: u64,
    companies: Vec<Company>,
}

/// A made day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedDay {
    /// Which day.
    pub date: TradingDate,
    /// Minute bars by symbol: the opening print, then every minute of continuous trading.
    pub bars: BTreeMap<Symbol, Vec<Bar>>,
    /// Daily bars of the sessions before, oldest first. Open, close and volume are those of that
    /// day's minutes; high and low are estimates around them.
    pub history: BTreeMap<Symbol, Vec<Bar>>,
    /// Headlines of the day.
    pub news: Vec<Headline>,
}

/// A day whose minutes are still to be made.
#[derive(Debug)]
pub(crate) struct PlannedDay {
    /// What makes the minute bars of a symbol.
    pub(crate) minutes: BTreeMap<Symbol, Minutes>,
    /// As [`GeneratedDay::history`].
    pub(crate) history: BTreeMap<Symbol, Vec<Bar>>,
    /// Headlines of the day.
    pub(crate) news: Vec<Headline>,
}

/// Open, close and lots of a day, in units on the grid.
#[derive(Debug, Clone, Copy)]
struct DayFrame {
    open: i64,
    high: i64,
    low: i64,
    close: i64,
    lots: i64,
}

impl Generator {
    /// Days of `symbols`; those outside the built-in list get an invented price too.
    pub fn new(rules: Arc<Rulebook>, seed: u64, symbols: &[Symbol]) -> Self {
        let companies = symbols.iter().enumerate();
        let companies = companies.map(|(place, symbol)| company(place, *symbol));
        Self {
            rules,
            seed,
            companies: companies.collect(),
        }
    }

    /// Days of the first `count` names of the built-in list.
    pub fn of_first(rules: Arc<Rulebook>, seed: u64, count: usize) -> Result<Self, GeneratorError> {
        let names = NAMES.get(..count).filter(|names| !names.is_empty());
        let names = names.ok_or(GeneratorError::Count { found: count })?;
        let symbols = names.iter().map(|(code, _)| code.parse());
        let symbols: Vec<Symbol> = symbols.collect::<Result<_, _>>()?;
        Ok(Self::new(rules, seed, &symbols))
    }

    /// The symbols of its days.
    pub fn symbols(&self) -> impl Iterator<Item = Symbol> + '_ {
        self.companies.iter().map(|company| company.symbol)
    }

    /// The day `date`, always the same for the same seed and symbols. Symbols without a lot on it
    /// are left out.
    pub fn day(&self, date: TradingDate) -> Result<GeneratedDay, GeneratorError> {
        let planned = self.planned(date)?;
        let minutes = planned.minutes.into_iter();
        let bars = minutes.map(|(symbol, minutes)| Ok((symbol, all(minutes)?)));
        Ok(GeneratedDay {
            date,
            bars: bars.collect::<Result<_, GeneratorError>>()?,
            history: planned.history,
            news: planned.news,
        })
    }

    /// What [`Generator::day`] makes, before its minutes.
    pub(crate) fn planned(&self, date: TradingDate) -> Result<PlannedDay, GeneratorError> {
        let planned = self.day_of(date, HISTORY_DAYS, &self.companies)?;
        if planned.minutes.is_empty() {
            return Err(GeneratorError::NothingListed { date });
        }
        Ok(planned)
    }

    /// The minute bars that [`Generator::day`] has of one symbol; none where it has none.
    pub fn bars(&self, symbol: Symbol, date: TradingDate) -> Result<Vec<Bar>, GeneratorError> {
        let of_symbol = self.companies.iter().filter(|one| one.symbol == symbol);
        let mut planned = self.day_of(date, 0, of_symbol)?;
        let minutes = planned.minutes.remove(&symbol);
        minutes.map_or_else(|| Ok(Vec::new()), all)
    }

    /// The day `date` of some of the companies, with the daily bars of so many sessions before it.
    fn day_of<'a>(
        &self,
        date: TradingDate,
        sessions: usize,
        companies: impl IntoIterator<Item = &'a Company>,
    ) -> Result<PlannedDay, GeneratorError> {
        if !self.rules.calendar.day(date)?.trades() {
            return Err(GeneratorError::Closed { date });
        }
        let days = self.cast_days(date, sessions)?;
        let starts = Arc::from(self.bar_starts(date)?);
        let mut planned = PlannedDay {
            minutes: BTreeMap::new(),
            history: BTreeMap::new(),
            news: Vec::new(),
        };
        for company in companies {
            let Ok(listed) = self.rules.lots.instrument(company.symbol, date) else {
                continue;
            };
            self.add(&mut planned, *company, listed.instrument, (&days, &starts))?;
        }
        Ok(planned)
    }

    fn add(
        &self,
        planned: &mut PlannedDay,
        company: Company,
        instrument: Instrument,
        (days, starts): (&[CastDay], &Arc<[DateTime<Utc>]>),
    ) -> Result<(), GeneratorError> {
        let Some(today) = days.last() else {
            return Ok(());
        };
        let date = today.date;
        let off_grid = OffGrid {
            symbol: company.symbol,
            date,
        };
        let lot = i64::from(instrument.lot_size.shares());
        let frames = self.frames(company, instrument, days)?;
        let Some((frame, before)) = frames.split_last() else {
            return Err(off_grid.into());
        };
        let mut plot = self.stream(company, date, SCRIPTS);
        let minutes = i64::try_from(starts.len()).unwrap_or(0) - 1;
        let part = today.part(company);
        let change = (frame.close - frame.open) * WHOLE / frame.open.max(1);
        let script = script(part, change, minutes, &mut plot);
        let mut stream = self.stream(company, date, MINUTES);
        let plan = DayPlan {
            grid: self.rules.ticks.on(date, instrument.kind)?,
            open: frame.open,
            close: frame.close,
            lot,
            lots: spread(frame.lots, minutes, &script, &mut stream),
            script: &script,
            starts,
        };
        let minutes = Minutes::plan(plan, stream, off_grid)?;
        let dates = days.iter().rev().skip(1).take(before.len()).rev();
        let history: Option<Vec<Bar>> = dates
            .zip(before)
            .map(|(day, frame)| self.daily_bar(day.date, *frame, lot))
            .collect();
        let published = self.published(date, part, &script, starts);
        let headline = news::headline(company.symbol, part, published);
        planned.news.extend(headline);
        planned.minutes.insert(company.symbol, minutes);
        let history = history.ok_or(off_grid)?;
        planned.history.insert(company.symbol, history);
        Ok(())
    }

    /// The parts of `date`, of the sessions before it, and of as many again as their jumps are
    /// remembered from, oldest first.
    fn cast_days(
        &self,
        date: TradingDate,
        sessions: usize,
    ) -> Result<Vec<CastDay>, GeneratorError> {
        let mut days = Vec::new();
        let mut day = date;
        for _ in 0..=sessions + JUMP_DAYS + 1 {
            days.push(CastDay {
                date: day,
                parts: cast(self.seed, day, self.companies.len()),
            });
            day = self.rules.calendar.previous_trading_date(day)?;
        }
        days.reverse();
        Ok(days)
    }

    /// The last of `days` and the sessions before it; the first [`JUMP_DAYS`] and one more only say
    /// where these begin.
    fn frames(
        &self,
        company: Company,
        instrument: Instrument,
        days: &[CastDay],
    ) -> Result<Vec<DayFrame>, GeneratorError> {
        let lot = i64::from(instrument.lot_size.shares());
        let mut frames = Vec::new();
        let mut previous = None;
        let mut snaps: Option<(TickGrid<'_>, Snap)> = None;
        for until in JUMP_DAYS + 1..=days.len() {
            let Some((known, today)) = days
                .get(..until)
                .and_then(|days| Some((days, days.last()?)))
            else {
                continue;
            };
            let grid = self.rules.ticks.on(today.date, instrument.kind)?;
            let off_grid = OffGrid {
                symbol: company.symbol,
                date: today.date,
            };
            let same = snaps.take().filter(|(of, _)| grid.is_like(*of));
            let snap = same.map_or_else(|| Snap::new(grid), |(_, snap)| Some(snap));
            let (_, snap) = snaps.insert((grid, snap.ok_or(off_grid)?));
            let mut legal = |units| snap.down(units).ok_or(off_grid);
            let close = legal(raw_close(self.seed, company, known))?;
            if let Some(previous) = previous {
                let open = legal(raw_open(self.seed, company, today, previous))?;
                frames.push(DayFrame {
                    open,
                    high: legal(moved(open.max(close), STRAY))?,
                    low: legal(moved(open.min(close), -STRAY))?,
                    close,
                    lots: lots(self.seed, company, today, close, lot),
                });
            }
            previous = Some(close);
        }
        Ok(frames)
    }

    fn daily_bar(&self, date: TradingDate, frame: DayFrame, lot: i64) -> Option<Bar> {
        let prices = Ohlc {
            open: price(frame.open)?,
            high: price(frame.high)?,
            low: price(frame.low)?,
            close: price(frame.close)?,
        };
        let shares = Shares::new(u64::try_from(frame.lots * lot).ok()?).ok()?;
        let midnight = self.rules.calendar.at(date, NaiveTime::MIN);
        Bar::new(midnight, prices, shares).ok()
    }

    /// The minute before the open, then each minute of continuous trading.
    fn bar_starts(&self, date: TradingDate) -> Result<Vec<DateTime<Utc>>, GeneratorError> {
        let minute = TimeDelta::minutes(1);
        let mut starts = Vec::new();
        for session in self.rules.calendar.continuous_sessions(date)? {
            if starts.is_empty() {
                starts.push(session.start - minute);
            }
            let mut start = session.start;
            while start < session.end {
                starts.push(start);
                start += minute;
            }
        }
        Ok(starts)
    }

    /// When the news of a part came out: a minute before it shows, or in the hour before the open.
    fn published(
        &self,
        date: TradingDate,
        part: Part,
        script: &Script,
        starts: &[DateTime<Utc>],
    ) -> DateTime<Utc> {
        let later = script.news.and_then(|minute| usize::try_from(minute).ok());
        if let Some(start) = later.and_then(|minute| starts.get(minute)) {
            return *start;
        }
        let minutes = match part {
            Part::RisesEarly => 40,
            Part::Falls => 55,
            Part::RisesLater | Part::Quiet | Part::Halted => 70,
        };
        let open = starts.first().copied();
        let open = open.unwrap_or_else(|| self.rules.calendar.at(date, NaiveTime::MIN));
        open - TimeDelta::minutes(minutes)
    }

    fn stream(&self, company: Company, date: TradingDate, purpose: u64) -> Stream {
        let day = super::cast::day_number(date).cast_unsigned();
        Stream::of(&[self.seed, company.key, day, purpose])
    }
}

/// All bars that are left to make.
fn all(minutes: Minutes) -> Result<Vec<Bar>, GeneratorError> {
    let bars: Result<_, OffGrid> = minutes.collect();
    Ok(bars?)
}

fn company(place: usize, symbol: Symbol) -> Company {
    let digits = symbol.as_str().bytes().map(u64::from);
    let key = digits.fold(COMPANY, |key, digit| key * 257 + digit);
    let mut stream = Stream::of(&[key]);
    let known = NAMES.iter().find(|(code, _)| *code == symbol.as_str());
    let dollars = known.map_or_else(|| stream.between(5, 200), |(_, dollars)| *dollars);
    Company {
        symbol,
        place,
        base: dollars * UNITS,
        turnover: stream.between(150, 1_500) * 1_000_000,
        key,
    }
}
