//! Tool reply: what the advisor is told.

use super::{
    AlertReceipt, CloseAllReport, CloseReport, DecisionReceipt, ExecutionReport, NewsReport,
    PatternReport, PortfolioView, QuoteReport, RiskReport, ScanReport, TechnicalsReport,
    ToolProblem,
};

/// The answer of one tool.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "wire", serde(untagged))]
pub enum ToolReply {
    /// Of `scan_market`.
    Scan(ScanReport),
    /// Of `get_quote`.
    Quotes(QuoteReport),
    /// Of `get_technicals`.
    Technicals(TechnicalsReport),
    /// Of `detect_patterns`.
    Patterns(PatternReport),
    /// Of `get_news`.
    News(NewsReport),
    /// Of `check_risk`.
    Risk(RiskReport),
    /// Of `get_portfolio`.
    Portfolio(PortfolioView),
    /// Of `execute_trade`.
    Execution(ExecutionReport),
    /// Of `close_position`.
    Close(CloseReport),
    /// Of `close_all`.
    CloseAll(CloseAllReport),
    /// Of `send_alert`.
    Alert(AlertReceipt),
    /// Of `log_decision`.
    Decision(DecisionReceipt),
    /// Of any tool that could not.
    Problem(ToolProblem),
}
