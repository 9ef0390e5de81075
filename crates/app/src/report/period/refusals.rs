//! Refusals: by rule, and what the refused trades would have made by their own stops and targets.

use std::collections::{BTreeMap, BTreeSet};

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::fees::{CommissionPlan, TradeTerms};
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::market::Bar;
use catalyst_domain::money::{Currency, Money, MoneyError};
use catalyst_domain::price::Price;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::side::Side;
use catalyst_ports::journal::{AskedPrices, RefusedEntry};

use super::bars::DayBars;

/// What a refused trade would have come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WouldHave {
    /// Nobody knows which prices were asked about.
    NoPrices,
    /// There are no bars of the day.
    NoBars,
    /// The price never came down to the entry.
    NotFilled,
    /// It would have been bought and left again.
    Left {
        /// `stop`, `target` or `close`.
        by: &'static str,
        /// At which price.
        exit: Price,
        /// Before fees.
        gross: Money,
        /// After the fees of both sides; `None` where the fee tables do not know the day.
        net: Option<Money>,
    },
}

/// The first refusal of a symbol on a day; later ones repeat the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalLine {
    /// What was refused.
    pub entry: RefusedEntry,
    /// How often the symbol was refused on the day.
    pub times: usize,
    /// What it would have come to.
    pub would_have: WouldHave,
}

/// What the gate refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusals {
    /// Refused questions and attempts.
    pub count: usize,
    /// How many each rule refused, the most first; one refusal may break several.
    pub by_rule: Vec<(String, usize)>,
    /// One a symbol and day, oldest first.
    pub lines: Vec<RefusalLine>,
    /// The sum of what is known of the lines, after fees; `None` where nothing is.
    pub would_have: Option<Money>,
}

pub(super) fn refusals(
    refused: &[RefusedEntry],
    bars: &DayBars,
    rules: &Rulebook,
    plan: CommissionPlan,
) -> Result<Refusals, MoneyError> {
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    let mut lines: Vec<RefusalLine> = Vec::new();
    let mut places = BTreeMap::new();
    for entry in refused {
        let broken: BTreeSet<&str> = entry.rules.iter().map(|one| one.rule.as_str()).collect();
        for rule in broken {
            *by_rule.entry(rule).or_default() += 1;
        }
        let date = rules.calendar.date_of(entry.at);
        let place = *places
            .entry((date, entry.symbol))
            .or_insert_with(|| lines.len());
        if let Some(line) = lines.get_mut(place) {
            line.times += 1;
            continue;
        }
        lines.push(RefusalLine {
            would_have: would_have(entry, bars.of(entry.symbol, date), (rules, plan))?,
            entry: entry.clone(),
            times: 1,
        });
    }
    let mut by_rule: Vec<_> = by_rule
        .into_iter()
        .map(|(rule, count)| (rule.to_owned(), count))
        .collect();
    by_rule.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(Refusals {
        count: refused.len(),
        by_rule,
        would_have: sum(&lines, rules.market.currency)?,
        lines,
    })
}

fn sum(lines: &[RefusalLine], currency: Currency) -> Result<Option<Money>, MoneyError> {
    let known: Vec<Money> = lines
        .iter()
        .filter_map(|line| match line.would_have {
            WouldHave::Left { net, .. } => net,
            WouldHave::NoPrices | WouldHave::NoBars | WouldHave::NotFilled => None,
        })
        .collect();
    if known.is_empty() {
        return Ok(None);
    }
    Money::sum(currency, known).map(Some)
}

fn would_have(
    entry: &RefusedEntry,
    bars: &[Bar],
    (rules, plan): (&Rulebook, CommissionPlan),
) -> Result<WouldHave, MoneyError> {
    let Some(prices) = entry.prices else {
        return Ok(WouldHave::NoPrices);
    };
    if bars.is_empty() {
        return Ok(WouldHave::NoBars);
    }
    let later = bars.iter().filter(|bar| bar.start() >= entry.at);
    let traded = later.filter(|bar| !bar.volume().is_zero());
    let Some((by, exit)) = played(traded, prices) else {
        return Ok(WouldHave::NotFilled);
    };
    let currency = rules.market.currency;
    let paid = prices.entry.times(entry.shares, currency);
    let gross = exit.times(entry.shares, currency).minus(paid)?;
    let date = rules.calendar.date_of(entry.at);
    let costs = costs(entry, (prices.entry, exit), date, (rules, plan))?;
    Ok(WouldHave::Left {
        by,
        exit,
        gross,
        net: match costs {
            Some(costs) => Some(gross.minus(costs)?),
            None => None,
        },
    })
}

/// Plays the plan over the bars that followed, against the trade wherever a bar leaves it open: the
/// whole entry price is paid; in the bar of the entry only the stop can be hit; where a bar holds both,
/// the stop came first, and below it the bar's opening price is what was got.
fn played<'a>(
    bars: impl Iterator<Item = &'a Bar>,
    prices: AskedPrices,
) -> Option<(&'static str, Price)> {
    let mut bars = bars.skip_while(|bar| bar.low() > prices.entry);
    let bought_in = bars.next()?;
    if bought_in.low() <= prices.stop {
        return Some(("stop", prices.stop));
    }
    let mut last = bought_in;
    for bar in bars {
        if bar.low() <= prices.stop {
            return Some(("stop", prices.stop.min(bar.open())));
        }
        if bar.high() >= prices.target {
            return Some(("target", prices.target));
        }
        last = bar;
    }
    Some(("close", last.close()))
}

/// The fees of both sides; `None` where the tables do not know the day.
fn costs(
    entry: &RefusedEntry,
    (bought, sold): (Price, Price),
    date: TradingDate,
    (rules, plan): (&Rulebook, CommissionPlan),
) -> Result<Option<Money>, MoneyError> {
    let Ok(fees) = rules.fees.on(date) else {
        return Ok(None);
    };
    let kind = rules
        .lots
        .instrument(entry.symbol, date)
        .map_or(InstrumentKind::Equity, |answer| answer.instrument.kind);
    let side = |side, price| {
        let trade = TradeTerms {
            side,
            kind,
            shares: entry.shares,
            price,
        };
        fees.total(&trade, plan)
    };
    let both = side(Side::Buy, bought)?.plus(side(Side::Sell, sold)?)?;
    Ok(Some(both))
}
