//! A real permit for one lot at the present quote, from the gate as it is, and its submission.

use std::sync::Arc;

use catalyst_adapters_sim::faces::{SimGateway, SimMarketData};
use catalyst_adapters_sim::world::SimWorld;
use catalyst_domain::day_trading::DayTradeRule;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{
    ClientOrderId, CycleId, EntryIdea, EntryIntent, EntryKind, Leg, OrderIntent, OrderTicket,
    RunKind,
};
use catalyst_domain::order_rules::OrderRuleTable;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::{
    AccountView, ApprovedOrder, DayView, EntryCriteria, Evidence, RawLimits, RiskDecision,
    RiskGate, RiskLimits, RiskView, TradingState,
};
use catalyst_domain::scan::Membership;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::MarketData as _;
use catalyst_ports::order_gateway::{OrderGateway as _, SubmitError};
use chrono::{NaiveTime, TimeDelta};

use crate::desk::RULES;
use crate::world::now;

pub(crate) fn tencent() -> Symbol {
    "00700".parse().unwrap()
}

/// Sends a purchase of one lot of Tencent that takes what is offered.
pub(crate) fn buy(world: &Arc<SimWorld>, number: u16) -> Result<OrderTicket, SubmitError> {
    let permit = permit(world, number);
    now(SimGateway::new(Arc::clone(world)).submit(permit, world.now()))
}

/// The same, sent a while after it was judged.
pub(crate) fn buy_late(
    world: &Arc<SimWorld>,
    delay: TimeDelta,
) -> Result<OrderTicket, SubmitError> {
    let permit = permit(world, 1);
    now(SimGateway::new(Arc::clone(world)).submit(permit, world.now() + delay))
}

pub(crate) fn name(world: &Arc<SimWorld>, number: u16) -> ClientOrderId {
    let date = RULES.calendar.date_of(world.now());
    let cycle = CycleId::new(RunKind::Cycle, date, NaiveTime::MIN, 1);
    ClientOrderId::derive(cycle, number, Leg::Entry)
}

fn permit(world: &Arc<SimWorld>, number: u16) -> ApprovedOrder {
    let quote = now(SimMarketData::new(Arc::clone(world)).quote(tencent())).unwrap();
    let moment = RULES.calendar.moment(world.now()).unwrap();
    let instrument = RULES
        .lots
        .instrument(tencent(), moment.date)
        .unwrap()
        .instrument;
    let grid = RULES.ticks.on(moment.date, instrument.kind).unwrap();
    let fees = RULES.fees.on(moment.date).unwrap();
    let equity = Money::parse("1000000", Currency::Hkd).ok();
    let view = RiskView {
        moment: &moment,
        state: TradingState::Trading,
        membership: Membership::Member,
        instrument: Some(instrument),
        grid: Some(grid),
        fees: Some(&fees),
        order_rules: OrderRuleTable::hkex().unwrap().on(moment.date).ok(),
        day_trading: Some(DayTradeRule::Free),
        plan: CommissionPlan::IbkrFixed,
        quote: Some(quote),
        account: AccountView {
            equity,
            cash: equity,
            equity_expected: equity,
        },
        day: DayView {
            equity_at_open: equity,
            pnl: Money::parse("0", Currency::Hkd).ok(),
            entries: Some(0),
            entries_in_symbol: Some(0),
            day_trades: None,
            last_stop_out: None,
        },
        holdings: &[],
        working: &[],
        findings_open: 0,
        looser_limit: None,
        evidence: Evidence::NONE,
        market_slippage_ticks: 3,
    };
    let away = |steps| grid.step(quote.ask, steps).unwrap().price();
    let intent = OrderIntent::Entry(EntryIntent {
        idea: EntryIdea {
            symbol: tencent(),
            side: Side::Buy,
            kind: EntryKind::Market,
            entry: quote.ask,
            stop: away(-20),
            target: away(120),
        },
        shares: Shares::new(u64::from(instrument.lot_size.shares())).unwrap(),
    });
    let limits = RawLimits {
        entry_criteria: EntryCriteria::Report,
        ..RawLimits::owner()
    };
    let gate = RiskGate::new(RiskLimits::new(limits, Currency::Hkd).unwrap());
    match gate.review(&intent, &view, name(world, number)) {
        RiskDecision::Approved(order) => order,
        RiskDecision::Refused(refusal) => panic!("{refusal:?}"),
    }
}
