//! One run over loopback: connect, reconcile, quote ten names, place a bracket, hang up.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a bench says what it measured and stops where it cannot"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use catalyst_adapters_ibkr::{
    AccountMode, IbkrAccount, IbkrConfig, IbkrGateway, IbkrMarketData, IbkrSession, OrderExchange,
};
use catalyst_adapters_sim::config::SimConfig;
use catalyst_adapters_sim::faces::{SimCatalog, SimClock, SimMarketData};
use catalyst_adapters_sim::generator::Generator;
use catalyst_adapters_sim::world::{SimWorld, Tape, WorldSetup};
use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::market::Quote;
use catalyst_domain::order::{EntryIdea, EntryIntent, EntryKind, Leg, OrderIntent};
use catalyst_domain::risk::{ApprovedOrder, RiskDecision, RiskGate};
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::account::AccountBook as _;
use catalyst_ports::instruments::InstrumentCatalog as _;
use catalyst_ports::market_data::MarketData as _;
use catalyst_ports::order_gateway::OrderGateway as _;
use catalyst_ports::tool::ScanIndex;
use catalyst_testkit::builders::{a_cycle, a_moment, a_view, an_order, hkd, limits, shares};
use catalyst_tws_emulator::{Emulator, EmulatorConfig, FaultScript};
use chrono::TimeDelta;

const ROUNDS: u16 = 20;
const HELD: u16 = 5;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
    let world = SimWorld::begin(WorldSetup {
        rules: Arc::clone(&rules),
        tape: Tape::Generated(Generator::of_first(Arc::clone(&rules), 5, 10).unwrap()),
        news: Vec::new(),
        config: SimConfig::pessimistic(hkd("90000000"), CommissionPlan::IbkrTiered),
        account: None,
        start: a_moment("2026-09-14T02:00:00Z"),
    })
    .unwrap();
    let listen = "127.0.0.1:0".parse().unwrap();
    let config = EmulatorConfig::paper(listen);
    let emulator = Emulator::start(config, Arc::clone(&world), FaultScript::none()).unwrap();
    let date = rules.calendar.date_of(world.now());
    let names = SimCatalog::new(Arc::clone(&world));
    let symbols = names.members(ScanIndex::All, date).await.unwrap();
    let tape = SimMarketData::new(Arc::clone(&world));
    let first = a_session(&rules, &world, &emulator, 1);
    let gateway = IbkrGateway::new(Arc::clone(&first));
    for (number, symbol) in (1..=HELD).zip(&symbols) {
        let quote = tape.quote(*symbol).await.unwrap();
        let order = approved(&rules, quote, number).unwrap_or_else(|why| panic!("{symbol}: {why}"));
        gateway.submit(order, world.now()).await.unwrap();
    }
    first.close().await;
    emulator.advance_to(world.now() + TimeDelta::minutes(5));
    let quote = tape.quote(*symbols.last().unwrap()).await.unwrap();
    let mut took = Vec::new();
    for round in 0..ROUNDS {
        let order = approved(&rules, quote, 100 + round).unwrap();
        let begin = Instant::now();
        let run = (2 + i32::from(round), order);
        let (held, working) = one_run(&rules, &world, &emulator, &symbols, run).await;
        took.push(begin.elapsed());
        if round == 0 {
            println!(
                "{held} positions, {working} orders at work, {} quotes",
                symbols.len()
            );
        }
    }
    took.sort();
    let median = took[took.len() / 2];
    println!(
        "median of {ROUNDS} runs {median:?}, slowest {:?}",
        took.last().unwrap()
    );
}

async fn one_run(
    rules: &Arc<Rulebook>,
    world: &Arc<SimWorld>,
    emulator: &Emulator,
    symbols: &[Symbol],
    (client_id, order): (i32, ApprovedOrder),
) -> (usize, usize) {
    let session = a_session(rules, world, emulator, client_id);
    let gateway = IbkrGateway::new(Arc::clone(&session));
    let account = IbkrAccount::new(Arc::clone(&session));
    let market = IbkrMarketData::new(Arc::clone(&session));
    let held = account.snapshot().await.unwrap().positions.len();
    account.executions_since(order.approved_at()).await.unwrap();
    let working = gateway.working().await.unwrap().len();
    market.snapshots(symbols).await.unwrap();
    let at = order.approved_at();
    gateway.submit(order, at).await.unwrap();
    session.close().await;
    (held, working)
}

/// A session as a process of its own would have, under an id that nobody has just let go.
fn a_session(
    rules: &Arc<Rulebook>,
    world: &Arc<SimWorld>,
    emulator: &Emulator,
    client_id: i32,
) -> Arc<IbkrSession> {
    let config = IbkrConfig {
        host: "127.0.0.1".into(),
        port: emulator.address().port(),
        client_id,
        account: "DU1234567".parse().unwrap(),
        mode: AccountMode::Paper,
        connect_timeout: Duration::from_secs(5),
        call_timeout: Duration::from_secs(5),
        submit_timeout: Duration::from_secs(5),
        order_exchange: OrderExchange::Sehk,
        delayed: false,
        bars_per_ten_minutes: None,
        news_providers: Vec::new(),
        universe: Vec::new(),
        skew_max: TimeDelta::seconds(30),
        orders_max: 50,
        repairs_max: 50,
        commission: CommissionPlan::IbkrTiered,
    };
    let clock = Arc::new(SimClock::new(Arc::clone(world)));
    Arc::new(IbkrSession::new(config, Arc::clone(rules), clock).unwrap())
}

/// One lot at the market, or resting far below it from the hundredth order on.
fn approved(rules: &Rulebook, quote: Quote, number: u16) -> Result<ApprovedOrder, String> {
    let date = "2026-09-14".parse().unwrap();
    let instrument = rules
        .lots
        .instrument(quote.symbol, date)
        .unwrap()
        .instrument;
    let grid = rules.ticks.on(date, InstrumentKind::Equity).unwrap();
    let step = |steps| grid.step(quote.ask, steps).unwrap().price();
    let below = if number < 100 { 0 } else { -20 };
    let mut view = a_view().at(quote.at);
    view.quote = Some(quote);
    view.instrument = Some(instrument);
    let million = Some(hkd("90000000"));
    view.account.equity = million;
    view.account.cash = million;
    view.account.equity_expected = million;
    view.day.equity_at_open = million;
    let intent = OrderIntent::Entry(EntryIntent {
        idea: EntryIdea {
            symbol: quote.symbol,
            side: Side::Buy,
            kind: EntryKind::Limit,
            entry: step(below),
            stop: step(below - 20),
            target: step(below + 120),
        },
        shares: shares(u64::from(instrument.lot_size.shares()) * 4),
    });
    let id = an_order(a_cycle("20260914-1000.1"), number, Leg::Entry);
    match RiskGate::new(limits()).review(&intent, &view.view(), id) {
        RiskDecision::Approved(order) => Ok(order),
        RiskDecision::Refused(refusal) => Err(refusal.to_string()),
    }
}
