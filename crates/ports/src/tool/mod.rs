//! The twelve tools: what an advisor may ask, and what it is told. One file a tool.
//!
//! There is one definition of each. Behind the feature `wire` they have their JSON form, which the
//! schemas sent to a model, the parsing of its calls, script files and the journal all share.

mod check_risk;
mod close_all;
mod close_position;
mod detect_patterns;
mod execute_trade;
mod get_news;
mod get_portfolio;
mod get_quote;
mod get_technicals;
mod log_decision;
mod problem;
mod reply;
mod request;
mod scan_market;
mod send_alert;

pub use check_risk::{CheckRiskInput, RiskReport, TradeCosts};
pub use close_all::{CloseAllInput, CloseAllReport};
pub use close_position::{CloseOutcome, ClosePositionInput, CloseReport};
pub use detect_patterns::{DetectPatternsInput, PatternLine, PatternReport};
pub use execute_trade::{ExecuteTradeInput, ExecutionOutcome, ExecutionReport, OrderType};
pub use get_news::{GetNewsInput, HeadlineLine, NewsReport, SymbolNews};
pub use get_portfolio::{GetPortfolioInput, LimitsUsed, PortfolioView, PositionLine, WorkingLine};
pub use get_quote::{GetQuoteInput, QuoteLine, QuoteReport};
pub use get_technicals::{
    DayLine, Figure, GetTechnicalsInput, Lack, RelativeVolume, TechnicalsLine, TechnicalsReport,
    VolumeBasis,
};
pub use log_decision::{Decision, DecisionReceipt, LogDecisionInput};
pub use problem::{ToolInputError, ToolProblem};
pub use reply::ToolReply;
pub use request::{ToolName, ToolRequest};
pub use scan_market::{Candidate, ScanIndex, ScanMarketInput, ScanReport};
pub use send_alert::{AlertReceipt, SendAlertInput, Severity};
