//! One cycle of the agent, told in terms of ports.
//!
//! `cycle` is the run with an advisor, `guard` the protective sweep without one; both settle first
//! and verify protection last. `hands` is what the owner does himself. `tools` answers the advisor, `orders`
//! is the only room that submits, `alerts` tells the owner.
//! Nothing here knows a database, a network, JSON or a runtime.

mod accept;
mod alerts;
mod chain;
mod compare;
mod conclude;
mod cycle;
mod grounds;
mod guard;
mod hands;
mod leave;
mod limits;
mod look;
mod marks;
mod observe;
mod orders;
mod outcome;
mod policy;
mod promote;
mod report;
mod requested;
mod running;
mod schedule;
mod settle;
mod tools;
mod universe;
mod watch;
mod world;

pub use accept::{Acceptance, accept};
pub use alerts::{AlertDesk, AlertRules, OutsideDesk, raise_outside, tell_day_closed};
pub use chain::chain;
pub use cycle::run_cycle;
pub use guard::run_guard;
pub use hands::{FlattenOutcome, SwitchMove, move_switch, next_exit_at, objections, run_flatten};
pub use look::{Exposure, HeldLook, Look, Protection, look};
pub use outcome::{CycleError, CycleOutcome, GuardOutcome, NoAdvice};
pub use policy::{LunchExits, Policy, ScanPolicy};
pub use promote::{Shown, fuses_set, is_promoted, promote, shown_on_paper};
pub use report::{
    Beside, Cover, Curve, CurvePoint, DayBars, DayLine, DayReport, Drawdown, Ground, IndexDay,
    PeriodReport, RefusalLine, Refusals, ReportError, Totals, TradeEnd, TradeLine, TradeStory,
    WouldHave, day_report, period_report,
};
pub use requested::Left;
pub use schedule::{Schedule, Wake};
pub use watch::{WatchAlarm, WatchPolicy, money_short, watch, watched_since};
pub use world::Ports;
