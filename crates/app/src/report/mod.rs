//! What days came to, from journal and fills, for people and for JSON alike.

mod day;
mod period;

pub use day::{DayReport, TradeLine, day_report};
pub use period::{
    Beside, Cover, Curve, CurvePoint, DayBars, DayLine, Drawdown, Ground, IndexDay, PeriodReport,
    RefusalLine, Refusals, ReportError, Totals, TradeEnd, TradeStory, WouldHave, period_report,
};
