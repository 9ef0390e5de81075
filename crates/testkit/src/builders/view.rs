//! All the gate is told, owned, so that a test can change any part before it looks.

use catalyst_domain::calendar::{SessionMoment, TradingCalendar};
use catalyst_domain::day_trading::DayTradeRule;
use catalyst_domain::fees::{CommissionPlan, FeeSchedule, FeesOfDay};
use catalyst_domain::instrument::{Instrument, InstrumentKind};
use catalyst_domain::market::{Feed, Quote};
use catalyst_domain::money::Currency;
use catalyst_domain::order_rules::{OrderRuleTable, OrderRules};
use catalyst_domain::quantity::LotSize;
use catalyst_domain::risk::{
    AccountView, DayView, Evidence, Held, LimitChange, RiskView, TradingState, WorkingOrder,
};
use catalyst_domain::scan::Membership;
use catalyst_domain::tick::TickTable;
use chrono::{DateTime, Utc};

use super::{a_moment, hkd, price, shares, symbol};

/// The parts of a view. What the gate may be missing is an `Option`; what is `None` here is missing.
#[derive(Debug, Clone)]
pub struct ViewBuilder {
    /// The moment of judgement.
    pub moment: SessionMoment,
    /// The halt switch.
    pub state: TradingState,
    /// Where the symbol stands towards the names that may be scanned.
    pub membership: Membership,
    /// The listing.
    pub instrument: Option<Instrument>,
    /// The tick tables, asked for the date of the moment and the kind of the listing.
    pub ticks: Option<TickTable>,
    /// The charges of the day.
    pub fees: Option<FeesOfDay>,
    /// What one order may be.
    pub order_rules: Option<OrderRules>,
    /// The market's day-trade rule.
    pub day_trading: Option<DayTradeRule>,
    /// The broker's price list.
    pub plan: CommissionPlan,
    /// The book.
    pub quote: Option<Quote>,
    /// The account.
    pub account: AccountView,
    /// The day so far.
    pub day: DayView,
    /// All holdings.
    pub holdings: Vec<Held>,
    /// All orders that may still fill.
    pub working: Vec<WorkingOrder>,
    /// Unsettled differences.
    pub findings_open: u32,
    /// A looser limit that waits for the owner.
    pub looser_limit: Option<LimitChange>,
    /// What the tools returned.
    pub evidence: Evidence,
}

/// A quiet morning in which [`super::an_entry`] passes under [`super::limits`].
pub fn a_view() -> ViewBuilder {
    let now = a_moment("2026-09-14T02:00:00Z");
    let moment = TradingCalendar::hkex().unwrap().moment(now).unwrap();
    let million = Some(hkd("1000000"));
    ViewBuilder {
        moment,
        state: TradingState::Trading,
        membership: Membership::Member,
        instrument: Some(Instrument {
            symbol: symbol("700"),
            kind: InstrumentKind::Equity,
            currency: Currency::Hkd,
            lot_size: LotSize::new(100).unwrap(),
        }),
        ticks: Some(TickTable::hkex().unwrap()),
        fees: Some(FeeSchedule::hkex().unwrap().on(moment.date).unwrap()),
        order_rules: Some(OrderRuleTable::hkex().unwrap().on(moment.date).unwrap()),
        day_trading: Some(DayTradeRule::Free),
        plan: CommissionPlan::IbkrTiered,
        quote: Some(Quote {
            symbol: symbol("700"),
            last: price("500"),
            bid: price("499.8"),
            ask: price("500"),
            day_volume: shares(5_000_000),
            at: now,
            feed: Feed::Live,
        }),
        account: AccountView {
            equity: million,
            cash: million,
            equity_expected: million,
        },
        day: DayView {
            equity_at_open: million,
            pnl: Some(hkd("0")),
            entries: Some(0),
            entries_in_symbol: Some(0),
            day_trades: None,
            last_stop_out: None,
        },
        holdings: Vec::new(),
        working: Vec::new(),
        findings_open: 0,
        looser_limit: None,
        evidence: Evidence::NONE,
    }
}

impl ViewBuilder {
    /// The same at another moment of the calendar, quote and charges moved along.
    #[must_use]
    pub fn at(mut self, now: DateTime<Utc>) -> Self {
        self.moment = TradingCalendar::hkex().unwrap().moment(now).unwrap();
        let schedule = FeeSchedule::hkex().unwrap();
        self.fees = Some(schedule.on(self.moment.date).unwrap());
        if let Some(quote) = &mut self.quote {
            quote.at = now;
        }
        self
    }

    /// What the gate sees.
    pub fn view(&self) -> RiskView<'_> {
        let grid = self.ticks.as_ref().zip(self.instrument);
        RiskView {
            moment: &self.moment,
            state: self.state,
            membership: self.membership,
            instrument: self.instrument,
            grid: grid.map(|(ticks, listing)| ticks.on(self.moment.date, listing.kind).unwrap()),
            fees: self.fees.as_ref(),
            order_rules: self.order_rules,
            day_trading: self.day_trading,
            plan: self.plan,
            quote: self.quote,
            account: self.account,
            day: self.day,
            holdings: &self.holdings,
            working: &self.working,
            findings_open: self.findings_open,
            looser_limit: self.looser_limit,
            evidence: self.evidence,
            market_slippage_ticks: 2,
        }
    }
}
