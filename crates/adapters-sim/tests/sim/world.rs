//! The world and its faces.

use std::sync::Arc;

use catalyst_adapters_sim::faces::{SimAccount, SimCatalog, SimClock, SimMarketData, SimNews};
use catalyst_adapters_sim::generator::Generator;
use catalyst_adapters_sim::headlines::parse_headlines;
use catalyst_adapters_sim::world::{SimWorld, Tape, WorldSetup};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::market::Bar;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::account::AccountBook as _;
use catalyst_ports::clock::Clock as _;
use catalyst_ports::instruments::InstrumentCatalog as _;
use catalyst_ports::market_data::{BarSpan, MarketData as _, MarketDataError};
use catalyst_ports::news::NewsFeed as _;
use catalyst_ports::tool::ScanIndex;
use chrono::{DateTime, TimeDelta, Utc};

use crate::desk::{MONDAY, RULES, at, config};
use crate::permit::buy;

pub(crate) fn generated(count: usize, date: &str, time: &str) -> Arc<SimWorld> {
    SimWorld::begin(setup(count, date, time)).unwrap()
}

fn setup(count: usize, date: &str, time: &str) -> WorldSetup {
    WorldSetup {
        rules: Arc::clone(&RULES),
        tape: Tape::Generated(Generator::of_first(Arc::clone(&RULES), 5, count).unwrap()),
        news: Vec::new(),
        config: config(),
        account: None,
        start: at(date.parse().unwrap(), time),
    }
}

pub(crate) fn now<F: Future>(future: F) -> F::Output {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("a simulated face never waits"),
    }
}

#[test]
fn bars_show_when_they_have_closed() {
    let date = "2026-09-14".parse().unwrap();
    let world = generated(4, "2026-09-14", "09:00");
    let (clock, market) = (
        SimClock::new(Arc::clone(&world)),
        SimMarketData::new(Arc::clone(&world)),
    );
    let symbol = now(SimCatalog::new(world).members(ScanIndex::All, date)).unwrap()[0];
    let before = now(market.bars(symbol, BarSpan::Minutes { days: 1 }))
        .unwrap()
        .len();

    now(clock.sleep_until(at(date, "09:31:30")));

    let bars = now(market.bars(symbol, BarSpan::Minutes { days: 1 })).unwrap();
    let two_days = now(market.bars(symbol, BarSpan::Minutes { days: 2 })).unwrap();
    assert_eq!((before, bars.len(), two_days.len()), (0, 2, 333));
    assert_eq!(now(market.quote(symbol)).unwrap().last, bars[1].close());
}

/// The halted symbol of a generated day, with the first and last minute of its halt.
fn halted(world: &Arc<SimWorld>, date: TradingDate) -> (Symbol, DateTime<Utc>, DateTime<Utc>) {
    let market = SimMarketData::new(Arc::clone(world));
    let catalog = SimCatalog::new(Arc::clone(world));
    world.advance_to(at(date, "16:00")).unwrap();
    for symbol in now(catalog.members(ScanIndex::All, date)).unwrap() {
        let bars = now(market.bars(symbol, BarSpan::Minutes { days: 1 })).unwrap();
        let quiet: Vec<_> = bars.iter().filter(|bar| bar.volume().is_zero()).collect();
        if quiet.len() >= 30 {
            return (symbol, quiet[0].start(), quiet[quiet.len() - 1].start());
        }
    }
    panic!("nothing is halted");
}

#[test]
fn a_halted_symbol_shows_its_old_price_under_its_old_time() {
    let date: TradingDate = MONDAY.parse().unwrap();
    let (symbol, start, end) = halted(&generated(12, MONDAY, "09:00"), date);
    let world = generated(12, MONDAY, "09:00");
    let market = SimMarketData::new(Arc::clone(&world));

    let soon = start + TimeDelta::minutes(5);
    world.advance_to(soon).unwrap();
    let fresh = now(market.quote(symbol)).unwrap();
    world.advance_to(end).unwrap();
    let stale = now(market.quote(symbol)).unwrap();

    assert_eq!(fresh.at, soon);
    assert_eq!(
        stale.at, start,
        "the halt began when the last traded minute ended"
    );
    assert_eq!(stale.last, fresh.last);
}

#[test]
fn the_night_and_lunch_make_no_quote_stale() {
    let date: TradingDate = MONDAY.parse().unwrap();
    let world = generated(4, MONDAY, "09:00");
    let market = SimMarketData::new(Arc::clone(&world));
    let symbol: Symbol = "00700".parse().unwrap();
    let before_open = now(market.quote(symbol)).unwrap();

    world.advance_to(at(date, "12:59")).unwrap();
    let at_lunch = now(market.quote(symbol)).unwrap();

    assert_eq!(before_open.at, at("2026-09-11".parse().unwrap(), "16:10"));
    assert_eq!(at_lunch.at, at(date, "12:59"));
}

#[test]
fn a_snapshot_has_the_day_so_far() {
    let date: TradingDate = MONDAY.parse().unwrap();
    let world = generated(4, MONDAY, "10:30");
    let market = SimMarketData::new(Arc::clone(&world));
    let symbol: Symbol = "00700".parse().unwrap();

    let snapshot = now(market.snapshots(&[symbol, "00999".parse().unwrap()])).unwrap();

    let bars = now(market.bars(symbol, BarSpan::Minutes { days: 1 })).unwrap();
    let days = now(market.bars(symbol, BarSpan::Days { count: 5 })).unwrap();
    let volume: u64 = bars.iter().map(|bar| bar.volume().count()).sum();
    let names: Vec<_> = snapshot.iter().map(|(symbol, _)| *symbol).collect();
    assert_eq!(names, [symbol, "00999".parse().unwrap()]);
    let unknown = snapshot[1].1.as_ref().unwrap_err();
    assert!(
        matches!(unknown, MarketDataError::Unknown { .. }),
        "{unknown:?}"
    );
    let snapshot = snapshot[0].1.as_ref().unwrap();
    assert_eq!((bars.len(), days.len()), (61, 5));
    assert_eq!(snapshot.high, bars.iter().map(Bar::high).max());
    assert_eq!(snapshot.low, bars.iter().map(Bar::low).min());
    assert_eq!(snapshot.open, Some(bars[0].open()));
    assert_eq!(snapshot.previous_close, Some(days[4].close()));
    assert_eq!(snapshot.quote.day_volume.count(), volume);
    assert_eq!(snapshot.quote.at, at(date, "10:30"));
}

#[test]
fn indices_are_known_by_date_and_hscei_needs_a_list() {
    let world = generated(6, MONDAY, "10:00");
    let catalog = SimCatalog::new(world);
    let date: TradingDate = MONDAY.parse().unwrap();

    let hstech = now(catalog.members(ScanIndex::Hstech, date)).unwrap();
    let hscei = now(catalog.members(ScanIndex::Hscei, date)).unwrap_err();
    let old = now(catalog.members(ScanIndex::Hsi, "2020-11-02".parse().unwrap())).unwrap_err();

    let names: Vec<&str> = hstech.iter().map(Symbol::as_str).collect();
    assert_eq!(names, ["00700", "01810", "03690", "09988"]);
    assert_eq!(
        hscei.to_string(),
        "members of HSCEI are not known for 2026-09-14: give a list of its members, or scan ALL"
    );
    assert_eq!(
        old.to_string(),
        "members of HSI are not known for 2020-11-02: scan ALL, which is every symbol that is loaded"
    );
}

#[test]
fn news_is_silent_about_the_future() {
    let date: TradingDate = MONDAY.parse().unwrap();
    let item =
        r#"{"symbol":"700","published":"2026-09-14T10:00:00+08:00","headline":"Profit alert"}"#;
    let mut setup = setup(4, MONDAY, "09:00");
    setup.news = parse_headlines(item).unwrap();
    let world = SimWorld::begin(setup).unwrap();
    let news = SimNews::new(Arc::clone(&world));
    let symbol = "00700".parse().unwrap();
    let ask = || {
        now(news.headlines(symbol, at(date, "09:30")))
            .unwrap()
            .items
            .len()
    };

    let before = ask();
    world.advance_to(at(date, "10:00")).unwrap();

    assert_eq!((before, ask()), (0, 1));
}

#[test]
fn an_account_goes_on_where_it_stopped() {
    let date: TradingDate = MONDAY.parse().unwrap();
    let whole = generated(4, MONDAY, "10:00");
    buy(&whole, 1).unwrap();
    let parted = generated(4, MONDAY, "10:00");
    buy(&parted, 1).unwrap();
    parted.advance_to(at(date, "10:30")).unwrap();
    let saved = serde_json::to_string(&parted.saved_account()).unwrap();

    let mut setup = setup(4, MONDAY, "09:00");
    setup.account = Some(serde_json::from_str(&saved).unwrap());
    setup.start = at("2026-09-15".parse().unwrap(), "16:30");
    let resumed = SimWorld::begin(setup).unwrap();
    whole
        .advance_to(at("2026-09-15".parse().unwrap(), "16:30"))
        .unwrap();

    assert_eq!(resumed.saved_account(), whole.saved_account());
    let fills = now(SimAccount::new(resumed).executions_since(at(date, "09:00"))).unwrap();
    assert!(!fills.is_empty());
}
