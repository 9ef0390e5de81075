//! The world and its faces.

use std::sync::Arc;

use catalyst_adapters_sim::faces::{SimCatalog, SimClock, SimMarketData};
use catalyst_adapters_sim::generator::Generator;
use catalyst_adapters_sim::world::{SimWorld, Tape, WorldSetup};
use catalyst_ports::clock::Clock as _;
use catalyst_ports::instruments::InstrumentCatalog as _;
use catalyst_ports::market_data::{BarSpan, MarketData as _};
use catalyst_ports::tool::ScanIndex;

use crate::desk::{RULES, at, config};

pub(crate) fn generated(count: usize, date: &str, time: &str) -> Arc<SimWorld> {
    SimWorld::begin(WorldSetup {
        rules: Arc::clone(&RULES),
        tape: Tape::Generated(Generator::of_first(Arc::clone(&RULES), 5, count).unwrap()),
        news: Vec::new(),
        config: config(),
        account: None,
        start: at(date.parse().unwrap(), time),
    })
    .unwrap()
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
    let (clock, data) = (
        SimClock::new(Arc::clone(&world)),
        SimMarketData::new(Arc::clone(&world)),
    );
    let symbol = now(SimCatalog::new(world).members(ScanIndex::All, date)).unwrap()[0];
    let before = now(data.bars(symbol, BarSpan::Minutes { days: 1 }))
        .unwrap()
        .len();

    now(clock.sleep_until(at(date, "09:31:30")));

    let bars = now(data.bars(symbol, BarSpan::Minutes { days: 1 })).unwrap();
    let two_days = now(data.bars(symbol, BarSpan::Minutes { days: 2 })).unwrap();
    assert_eq!((before, bars.len(), two_days.len()), (0, 2, 333));
    assert_eq!(now(data.quote(symbol)).unwrap().last, bars[1].close());
}

#[test]
fn speed() {
    let world = generated(50, "2026-09-14", "09:00");
    let start = std::time::Instant::now();
    let mut date: catalyst_domain::calendar::TradingDate = "2026-09-14".parse().unwrap();
    for _ in 0..20 {
        world.advance_to(at(date, "16:30")).unwrap();
        date = RULES.calendar.next_trading_date(date).unwrap();
        world.advance_to(at(date, "09:00")).unwrap();
    }
    let took = start.elapsed();
    eprintln!(
        "{took:?} {} bars/s",
        20.0 * 50.0 * 331.0 / took.as_secs_f64()
    );
    let g = Generator::of_first(Arc::clone(&RULES), 5, 50).unwrap();
    let start = std::time::Instant::now();
    for _ in 0..10 {
        assert!(g.day("2026-09-14".parse().unwrap()).unwrap().bars.len() > 10);
    }
    eprintln!("day: {:?}", start.elapsed() / 10);
}
