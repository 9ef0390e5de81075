//! Risk view: everything the gate is told about one symbol at one moment. The gate asks nobody.
//!
//! What may be unknown is an `Option`, and the rule that needs it refuses when it is `None`.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::calendar::SessionMoment;
use crate::day_trading::DayTradeRule;
use crate::fees::{CommissionPlan, FeesOfDay};
use crate::instrument::Instrument;
use crate::market::Quote;
use crate::money::Money;
use crate::order_rules::OrderRules;
use crate::price::Price;
use crate::quantity::Shares;
use crate::risk::{Evidence, LimitChange, TradingState};
use crate::scan::Membership;
use crate::symbol::Symbol;
use crate::tick::TickGrid;

/// The account, in the currency the instrument trades in.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountView {
    /// Cash and positions at market.
    pub equity: Option<Money>,
    /// Cash that may be spent now.
    pub cash: Option<Money>,
    /// The equity the journal saw last, carried forward by the fills since.
    pub equity_expected: Option<Money>,
}

/// The day so far, from the journal.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayView {
    /// The equity the day began with.
    pub equity_at_open: Option<Money>,
    /// Gain of the day after fees, open positions included.
    pub pnl: Option<Money>,
    /// Entries sent today, in all symbols.
    pub entries: Option<u32>,
    /// Entries sent today in this symbol.
    pub entries_in_symbol: Option<u32>,
    /// Positions opened and closed on one day, over the sessions that a day-trade rule looks at;
    /// asked for only where such a rule holds.
    pub day_trades: Option<u32>,
    /// When a stop last took this symbol out today.
    pub last_stop_out: Option<DateTime<Utc>>,
}

/// One holding at market.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// What is held.
    pub symbol: Symbol,
    /// How many shares.
    pub shares: Shares,
    /// What a share is worth now; `None` when nobody knows.
    pub mark: Option<Price>,
}

/// What a working order does to the position.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorkingRole {
    /// Adds to it.
    Entry,
    /// Leaves it at once.
    Exit,
    /// Waits at a stop price to leave it.
    Stop,
    /// Waits at a target price to leave it.
    Target,
    /// Was sent, and nobody knows yet what became of it.
    Unresolved,
}

/// An order that may still fill.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkingOrder {
    /// What it trades.
    pub symbol: Symbol,
    /// What it does.
    pub role: WorkingRole,
    /// Shares that may still fill.
    pub shares: Shares,
    /// Its limit or stop price; `None` for an auction order.
    pub price: Option<Price>,
}

/// All the gate is told.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug, Clone, Copy)]
pub struct RiskView<'a> {
    /// The moment of judgement, with the exchange's phase.
    pub moment: &'a SessionMoment,
    /// The halt switch, from journal and flag file together.
    pub state: TradingState,
    /// Where the symbol stands towards the names that may be scanned.
    pub membership: Membership,
    /// The listing; `None` when no board lot is known for it today.
    pub instrument: Option<Instrument>,
    /// The legal prices of the day; `None` when no table covers it.
    pub grid: Option<TickGrid<'a>>,
    /// The charges of the day; `None` when no table covers it.
    pub fees: Option<&'a FeesOfDay>,
    /// What one order may be at the exchange; `None` when no table covers the day.
    pub order_rules: Option<OrderRules>,
    /// How many day trades the market lets the account make; `None` when no table covers the day.
    pub day_trading: Option<DayTradeRule>,
    /// The broker's price list.
    pub plan: CommissionPlan,
    /// The book of the symbol.
    pub quote: Option<Quote>,
    /// The account.
    pub account: AccountView,
    /// The day so far.
    pub day: DayView,
    /// All holdings.
    pub holdings: &'a [Held],
    /// All orders that may still fill.
    pub working: &'a [WorkingOrder],
    /// Differences between journal and broker that nobody has settled.
    pub findings_open: u32,
    /// A looser limit of the settings that waits for the owner; the first where several do.
    pub looser_limit: Option<LimitChange>,
    /// What this cycle's tools returned about the symbol.
    pub evidence: Evidence,
    /// How far a market entry may pay beyond the best ask, in ticks.
    pub market_slippage_ticks: u32,
}

impl RiskView<'_> {
    /// The moment of judgement.
    pub fn now(&self) -> DateTime<Utc> {
        self.moment.now
    }

    /// Shares of `symbol` held.
    pub fn held(&self, symbol: Symbol) -> Shares {
        self.holdings
            .iter()
            .filter(|held| held.symbol == symbol)
            .fold(Shares::ZERO, |sum, held| sum.plus(held.shares))
    }

    /// The working orders of `symbol` in a role.
    pub fn working_in(
        &self,
        symbol: Symbol,
        role: WorkingRole,
    ) -> impl Iterator<Item = &WorkingOrder> {
        self.working
            .iter()
            .filter(move |order| order.symbol == symbol && order.role == role)
    }

    /// Value of the holding of `symbol` and of the orders that may add to it, each at the higher of
    /// its own price and `at_least`; `None` when a holding has no mark.
    pub fn exposure(&self, symbol: Symbol, at_least: Price) -> Option<Decimal> {
        let mut total = Decimal::ZERO;
        let held_of_it = |held: &&Held| held.symbol == symbol && !held.shares.is_zero();
        for held in self.holdings.iter().filter(held_of_it) {
            total += held.mark?.max(at_least).value() * Decimal::from(held.shares.count());
        }
        for order in self.working.iter().filter(|order| order.symbol == symbol) {
            if matches!(order.role, WorkingRole::Entry | WorkingRole::Unresolved) {
                let price = order.price.map_or(at_least, |price| price.max(at_least));
                total += price.value() * Decimal::from(order.shares.count());
            }
        }
        Some(total)
    }
}
