//! The older US system's three call sites: validate a position, parse a side, round a price.
//!
//! It sends floats and words. Each call is shown with sound and with bad input, and prints what it
//! returns: `cargo run -p catalyst-domain --example us_validate_position`.

use std::error::Error;
use std::io::Write as _;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::day_trading::BrokerRegime;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::market::{Feed, Quote};
use catalyst_domain::money::{Currency, Money, plain_decimal};
use catalyst_domain::order::{
    ClientOrderId, CycleId, EntryIdea, EntryIntent, EntryKind, ExitCause, ExitIntent, ExitKind,
    Leg, OrderIntent, OrderPlan, RunKind,
};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::{
    AccountView, DayView, EntryCriteria, Evidence, Held, RawLimits, RiskDecision, RiskGate,
    RiskLimits, RiskView, TradingState,
};
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::scan::Membership;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::LimitPrice;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

type Answer<T> = Result<T, Box<dyn Error>>;

fn main() -> Answer<()> {
    let mut out = std::io::stdout().lock();
    for line in answers()? {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// A position as the older system words it.
#[derive(Clone, Copy)]
struct Position<'a> {
    symbol: &'a str,
    side: &'a str,
    quantity: i64,
    entry_price: f64,
    stop_loss: f64,
    take_profit: f64,
}

/// What the older system knows at that moment; it writes NaN as often as `None` for "not known".
#[derive(Clone, Copy)]
struct Situation<'a> {
    at: &'a str,
    bid: f64,
    ask: f64,
    last: f64,
    equity: Option<f64>,
    cash: Option<f64>,
    day_pnl: Option<f64>,
    held: u64,
}

/// Rules and limits, read once; every call borrows them.
struct Desk {
    rules: Rulebook,
    gate: RiskGate,
}

/// Which legal price is wanted of one that lies between two.
#[derive(Debug, Clone, Copy)]
enum Direction {
    Down,
    Up,
}

impl Desk {
    fn open() -> Answer<Self> {
        let raw = RawLimits {
            max_order_value: Some(Decimal::from(20_000)),
            entry_criteria: EntryCriteria::Report,
            ..RawLimits::owner()
        };
        Ok(Self {
            rules: Rulebook::of(Exchange::Nyse)?,
            gate: RiskGate::new(RiskLimits::new(raw, Currency::Usd)?),
        })
    }

    /// Call site one. An error is input that says nothing; what it says, the gate judges.
    fn validate_position(
        &self,
        position: &Position<'_>,
        seen: &Situation<'_>,
    ) -> Answer<RiskDecision> {
        let intent = intent_of(position)?;
        let symbol = intent.symbol();
        let moment = self
            .rules
            .calendar
            .moment(seen.at.parse::<DateTime<Utc>>()?)?;
        let day = moment.date;
        let fees = self.rules.fees.on(day);
        let listing = self.rules.lots.instrument(symbol, day);
        let last = price("last", seen.last)?;
        let holdings = [Held {
            symbol,
            shares: Shares::new(seen.held)?,
            mark: Some(last),
        }];
        // What no table covers is `None`, and the rule that needs it refuses.
        let view = RiskView {
            moment: &moment,
            state: TradingState::Trading,
            membership: Membership::Member,
            instrument: listing.ok().map(|answer| answer.instrument),
            grid: self.rules.ticks.on(day, InstrumentKind::Equity).ok(),
            fees: fees.as_ref().ok(),
            order_rules: self.rules.order_rules.on(day).ok(),
            day_trading: self.rules.day_trading.on(day, BrokerRegime::Outgoing).ok(),
            plan: CommissionPlan::IbkrFixed,
            quote: Some(Quote {
                symbol,
                last,
                bid: price("bid", seen.bid)?,
                ask: price("ask", seen.ask)?,
                day_volume: Shares::ZERO,
                at: moment.now,
                feed: Feed::Live,
            }),
            account: account_of(seen),
            day: day_of(seen),
            holdings: &holdings,
            working: &[],
            findings_open: 0,
            looser_limit: None,
            evidence: Evidence::NONE,
            market_slippage_ticks: 2,
        };
        let cycle = CycleId::new(RunKind::Cycle, day, moment.local.time(), 1);
        let id = ClientOrderId::derive(cycle, 1, Leg::Entry);
        Ok(self.gate.review(&intent, &view, id))
    }

    /// Call site three. Off the table there is no legal price in any direction, and `exact` says so.
    fn round_price(&self, day: &str, value: f64, direction: Direction) -> Answer<LimitPrice> {
        let day: TradingDate = day.parse()?;
        let grid = self.rules.ticks.on(day, InstrumentKind::Equity)?;
        let price = price("price", value)?;
        let legal = match direction {
            Direction::Down => grid.snap_down(price),
            Direction::Up => grid.snap_up(price),
        };
        Ok(legal.map_or_else(|| grid.exact(price), Ok)?)
    }
}

/// Call site two. A word that is no side is an error; nothing falls through to a sale.
fn parse_side(word: &str) -> Answer<Side> {
    Ok(word.parse()?)
}

/// Where floats end. A float is the sender's shorthand for a decimal, and its shortest text gives
/// that decimal back (600.1, not 600.10000000000002); sums of floats would drift off the tick.
/// NaN and the infinities have no digits and are refused here.
fn decimal(name: &str, value: f64) -> Answer<Decimal> {
    let digits = plain_decimal(&format!("{value}"));
    digits.ok_or_else(|| format!("{name} is {value:?}, allowed are numbers up to 28 digits").into())
}

fn price(name: &str, value: f64) -> Answer<Price> {
    let read = Price::new(decimal(name, value)?);
    read.map_err(|error| format!("{name}: {error}").into())
}

fn dollars(name: &str, value: f64) -> Answer<Money> {
    Ok(Money::new(decimal(name, value)?, Currency::Usd)?)
}

/// A figure of the account; one that is no number is not known, which refuses entries and never a
/// way out.
fn known(name: &str, value: Option<f64>) -> Option<Money> {
    value.and_then(|value| dollars(name, value).ok())
}

/// A purchase opens a position and a sale leaves one: nothing is sold short.
fn intent_of(position: &Position<'_>) -> Answer<OrderIntent> {
    let symbol: Symbol = position.symbol.parse()?;
    let Ok(count) = u64::try_from(position.quantity) else {
        let found = position.quantity;
        return Err(format!("quantity is {found}, allowed are whole shares from 0").into());
    };
    let shares = Shares::new(count)?;
    let entry = price("entry_price", position.entry_price)?;
    match parse_side(position.side)? {
        Side::Buy => Ok(OrderIntent::Entry(EntryIntent {
            idea: EntryIdea {
                symbol,
                side: Side::Buy,
                kind: EntryKind::Limit,
                entry,
                stop: price("stop_loss", position.stop_loss)?,
                target: price("take_profit", position.take_profit)?,
            },
            shares,
        })),
        Side::Sell => Ok(OrderIntent::Exit(ExitIntent {
            symbol,
            shares,
            kind: ExitKind::Limit(entry),
            cause: ExitCause::Advisor,
        })),
    }
}

fn account_of(seen: &Situation<'_>) -> AccountView {
    AccountView {
        equity: known("equity", seen.equity),
        cash: known("cash", seen.cash),
        equity_expected: None,
    }
}

fn day_of(seen: &Situation<'_>) -> DayView {
    DayView {
        equity_at_open: known("equity", seen.equity),
        pnl: known("day_pnl", seen.day_pnl),
        entries: Some(0),
        entries_in_symbol: Some(0),
        day_trades: Some(0),
        last_stop_out: None,
    }
}

const SOUND: Position<'_> = Position {
    symbol: "META",
    side: "long",
    quantity: 30,
    entry_price: 600.0,
    stop_loss: 590.0,
    take_profit: 625.0,
};

const MORNING: Situation<'_> = Situation {
    at: "2026-11-23T15:30:00Z",
    bid: 599.98,
    ask: 600.02,
    last: 600.0,
    equity: Some(100_000.0),
    cash: Some(50_000.0),
    day_pnl: Some(0.0),
    held: 0,
};

/// What each call returns, one line a call.
pub(crate) fn answers() -> Answer<Vec<String>> {
    let desk = Desk::open()?;
    let mut lines = Vec::new();
    for (case, position) in positions() {
        lines.push(said(case, &desk.validate_position(&position, &MORNING)));
    }
    for (case, position, seen) in situations() {
        lines.push(said(case, &desk.validate_position(&position, &seen)));
    }
    for word in ["buy", "LONG", "sell", "short", "hold", ""] {
        let answer = parse_side(word).map_or_else(|error| error.to_string(), |s| s.to_string());
        lines.push(format!("parse_side, {word:?}: {answer}"));
    }
    for (day, value, direction) in ROUNDED {
        let answer = desk.round_price(day, value, direction);
        let answer = answer.map_or_else(|error| error.to_string(), |price| price.to_string());
        lines.push(format!(
            "round_price, {value:?} {direction:?} on {day}: {answer}"
        ));
    }
    Ok(lines)
}

const ROUNDED: [(&str, f64, Direction); 10] = [
    ("2026-11-23", 600.013, Direction::Down),
    ("2026-11-23", 600.013, Direction::Up),
    ("2026-11-23", 600.01, Direction::Up),
    ("2026-11-23", 0.99995, Direction::Down),
    ("2026-11-23", f64::NAN, Direction::Down),
    ("2026-11-23", f64::INFINITY, Direction::Up),
    ("2026-11-23", 0.0, Direction::Up),
    ("2026-11-23", -600.0, Direction::Down),
    ("2026-11-23", 0.000_01, Direction::Down),
    ("2027-11-01", 600.013, Direction::Down),
];

fn positions() -> Vec<(&'static str, Position<'static>)> {
    let at = |entry_price| Position {
        entry_price,
        ..SOUND
    };
    let of = |quantity| Position { quantity, ..SOUND };
    let on = |side| Position { side, ..SOUND };
    vec![
        ("a sound position", SOUND),
        ("entry_price NaN", at(f64::NAN)),
        ("entry_price infinite", at(f64::INFINITY)),
        ("entry_price 0", at(0.0)),
        ("entry_price -600", at(-600.0)),
        ("entry_price 600.013", at(600.013)),
        ("quantity 0", of(0)),
        ("quantity -30", of(-30)),
        ("quantity 40", of(40)),
        ("side hold", on("hold")),
        ("side short, nothing held", on("short")),
        (
            "symbol with a zero-width space",
            Position {
                symbol: "META\u{200b}",
                ..SOUND
            },
        ),
        (
            "take_profit NaN",
            Position {
                take_profit: f64::NAN,
                ..SOUND
            },
        ),
    ]
}

fn situations() -> [(&'static str, Position<'static>, Situation<'static>); 6] {
    let on = |at| Situation { at, ..MORNING };
    let unknown = Situation {
        equity: None,
        ..MORNING
    };
    let lost = Situation {
        day_pnl: Some(f64::NAN),
        ..MORNING
    };
    let sale = Position {
        side: "sell",
        ..SOUND
    };
    let holding = Situation {
        equity: None,
        day_pnl: Some(f64::NAN),
        held: 30,
        ..MORNING
    };
    [
        ("1999", SOUND, on("1999-11-22T15:30:00Z")),
        (
            "a day whose ticks are not known",
            SOUND,
            on("2027-11-01T15:30:00Z"),
        ),
        ("a Saturday", SOUND, on("2026-11-21T15:30:00Z")),
        ("equity missing", SOUND, unknown),
        ("day_pnl NaN", SOUND, lost),
        ("a sale of what is held, equity missing", sale, holding),
    ]
}

fn said(case: &str, answer: &Answer<RiskDecision>) -> String {
    let answer = match answer {
        Ok(RiskDecision::Approved(order)) => format!("approved, {}", worded(order.plan())),
        Ok(RiskDecision::Refused(refusal)) => format!("refused, {refusal}"),
        Err(error) => format!("bad input, {error}"),
    };
    format!("validate_position, {case}: {answer}")
}

fn worded(plan: &OrderPlan) -> String {
    let order = format!("{} {} {}", plan.side(), plan.shares(), plan.symbol());
    match plan {
        OrderPlan::Bracket(plan) => format!(
            "{order} at {}, stop {}, target {}",
            plan.entry.worst(),
            plan.bracket.stop(),
            plan.bracket.target()
        ),
        OrderPlan::Exit(_) | OrderPlan::Protect(_) => order,
    }
}
