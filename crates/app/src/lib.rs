//! One cycle of the agent, told in terms of ports.
//!
//! `cycle` is the run with an advisor, `guard` the protective sweep without one; both settle first
//! and verify protection last. `tools` answers the advisor, `orders` is the only room that submits.
//! Nothing here knows a database, a network, JSON or a runtime.

mod accept;
mod compare;
mod cycle;
mod guard;
mod leave;
mod limits;
mod observe;
mod orders;
mod outcome;
mod policy;
mod promote;
mod report;
mod running;
mod schedule;
mod settle;
mod tools;
mod watch;
mod world;

pub use accept::{Acceptance, accept};
pub use cycle::run_cycle;
pub use guard::run_guard;
pub use outcome::{CycleError, CycleOutcome, GuardOutcome, NoAdvice};
pub use policy::{LunchExits, Policy, ScanPolicy};
pub use promote::{Shown, fuses_set, is_promoted, promote, shown_on_paper};
pub use report::{DayReport, TradeLine, day_report};
pub use schedule::{Schedule, Wake};
pub use watch::{WatchAlarm, WatchPolicy, watch, watched_since};
pub use world::Ports;
