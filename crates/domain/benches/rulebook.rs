//! What a rule costs: a tick lookup and snap, a phase, the charges of a trade, and the gate's verdict
//! on one entry with its calendar, lot and grid looked up for it.
#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot be set up measures nothing"
)]

use std::hint::black_box;

use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::fees::{FeeSchedule, TradeTerms};
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::lots::LotTable;
use catalyst_domain::risk::{RiskGate, RiskView};
use catalyst_domain::scan::Membership;
use catalyst_domain::side::Side;
use catalyst_domain::tick::TickTable;
use catalyst_testkit::builders::{
    a_cycle, a_moment, a_view, an_entry, an_order, limits, price, shares, symbol,
};
use criterion::{Criterion, criterion_group, criterion_main};

fn ticks(criterion: &mut Criterion) {
    let table = TickTable::hkex().unwrap();
    let date = "2026-11-24".parse().unwrap();
    let off_grid = price("512.37");
    criterion.bench_function("tick: lookup and snap", |bench| {
        bench.iter(|| {
            let grid = table.on(black_box(date), InstrumentKind::Equity).unwrap();
            grid.snap_down(black_box(off_grid))
        });
    });
}

fn calendar(criterion: &mut Criterion) {
    let calendar = TradingCalendar::hkex().unwrap();
    let now = a_moment("2026-11-24T03:21:00Z");
    criterion.bench_function("calendar: phase", |bench| {
        bench.iter(|| calendar.phase_at(black_box(now)));
    });
}

fn fees(criterion: &mut Criterion) {
    let day = FeeSchedule::hkex()
        .unwrap()
        .on("2026-11-24".parse().unwrap())
        .unwrap();
    let terms = TradeTerms {
        side: Side::Buy,
        kind: InstrumentKind::Equity,
        shares: shares(200),
        price: price("500"),
    };
    criterion.bench_function("fees: total of a trade", |bench| {
        bench.iter(|| {
            day.total(
                black_box(&terms),
                catalyst_domain::fees::CommissionPlan::IbkrFixed,
            )
        });
    });
}

/// Calendar, lot and grid are asked within the measurement; the charges are resolved once a day.
fn gate(criterion: &mut Criterion) {
    let calendar = TradingCalendar::hkex().unwrap();
    let lots = LotTable::hkex().unwrap();
    let morning = a_view();
    let gate = RiskGate::new(limits());
    let intent = an_entry().intent();
    let tencent = symbol("700");
    criterion.bench_function("gate: one entry", |bench| {
        bench.iter(|| {
            let moment = calendar.moment(black_box(morning.moment.now)).unwrap();
            let listing = lots.instrument(tencent, moment.date).unwrap().instrument;
            let table = morning.ticks.as_ref().unwrap();
            let view = RiskView {
                moment: &moment,
                membership: Membership::Member,
                instrument: Some(listing),
                grid: table.on(moment.date, listing.kind).ok(),
                ..morning.view()
            };
            let id = an_order(a_cycle_once(), 1, catalyst_domain::order::Leg::Entry);
            gate.review(black_box(&intent), &view, id)
        });
    });
}

fn a_cycle_once() -> catalyst_domain::order::CycleId {
    static CYCLE: std::sync::LazyLock<catalyst_domain::order::CycleId> =
        std::sync::LazyLock::new(|| a_cycle("20260914-1000.1"));
    *CYCLE
}

criterion_group!(benches, ticks, calendar, fees, gate);
criterion_main!(benches);
