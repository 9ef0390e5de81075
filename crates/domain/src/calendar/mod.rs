//! When an exchange trades: dates, kinds of day, phases, sessions.
//!
//! Nothing here knows a particular market; zone, holidays and phases are data files with dates.

mod date;
mod day;
mod exchange;
mod layouts;
mod phase;
mod plan;
mod session;
mod source;
mod wall_clock;
mod zone;

pub use date::{DateError, TradingDate};
pub use day::{Closure, DayKind, PhaseSpan, TradingDay};
pub use exchange::TradingCalendar;
pub use phase::{Phase, UnknownPhase};
pub use session::{NotOpen, OpenSession, PhaseChange, SessionMoment, SessionSpan};
pub use source::{CalendarError, CalendarSource};
pub use wall_clock::WallClock;
