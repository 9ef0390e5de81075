//! The tools: what an advisor can do, one file each. Those that only look learn evidence; those that
//! act go through the gate.

mod asked_symbols;
mod check_risk;
mod clearance;
mod close_all;
mod close_position;
mod day_line;
mod detect_patterns;
mod execute_trade;
mod get_news;
mod get_portfolio;
mod get_quote;
mod get_technicals;
mod learned;
mod log_decision;
mod own_volume;
mod scan_market;
mod scan_report;
mod seen_news;
mod send_alert;
mod session_bars;
mod sight;
mod volume;

use catalyst_ports::tool::{ToolName, ToolProblem, ToolReply, ToolRequest};

pub(crate) use clearance::Clearances;
pub(crate) use get_portfolio::portfolio_view;
pub(crate) use learned::Learned;
pub(crate) use seen_news::{Cited, SeenNews};
pub(crate) use sight::{scan_moment, sightings};

use crate::CycleError;
use crate::running::Running;

/// How a tool may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Beside others: it changes nothing, and nothing waits for it.
    Looks,
    /// In its place: it has an effect, or later calls rest on its answer.
    Acts,
}

impl Access {
    /// `check_risk` changes nothing outside but opens the way for `execute_trade`, and the portfolio
    /// must show what earlier calls did; both keep their place.
    pub(crate) const fn of(tool: ToolName) -> Self {
        match tool {
            ToolName::ScanMarket
            | ToolName::GetQuote
            | ToolName::GetTechnicals
            | ToolName::DetectPatterns
            | ToolName::GetNews => Self::Looks,
            ToolName::CheckRisk
            | ToolName::GetPortfolio
            | ToolName::ExecuteTrade
            | ToolName::ClosePosition
            | ToolName::CloseAll
            | ToolName::SendAlert
            | ToolName::LogDecision => Self::Acts,
        }
    }
}

/// What a look came to: an answer, and what it taught.
pub(crate) type Looked = Result<(ToolReply, Vec<Learned>), ToolProblem>;

/// Answers a request that only looks.
pub(crate) async fn look(run: &Running<'_>, request: &ToolRequest) -> (ToolReply, Vec<Learned>) {
    let looked = match request {
        ToolRequest::ScanMarket(input) => scan_market::run(run, *input).await,
        ToolRequest::GetQuote(input) => get_quote::run(run, input).await,
        ToolRequest::GetTechnicals(input) => get_technicals::run(run, input).await,
        ToolRequest::DetectPatterns(input) => detect_patterns::run(run, *input).await,
        ToolRequest::GetNews(input) => get_news::run(run, input).await,
        ToolRequest::CheckRisk(_)
        | ToolRequest::GetPortfolio(_)
        | ToolRequest::ExecuteTrade(_)
        | ToolRequest::ClosePosition(_)
        | ToolRequest::CloseAll(_)
        | ToolRequest::SendAlert(_)
        | ToolRequest::LogDecision(_) => Err(ToolProblem::NotAvailable {
            what: "this tool acts and keeps its place among the calls".to_owned(),
        }),
    };
    looked.unwrap_or_else(|problem| (ToolReply::Problem(problem), Vec::new()))
}

/// Answers any request in its place. An error ends the cycle; what the advisor can mend is a reply.
pub(crate) async fn answer(
    run: &mut Running<'_>,
    request: &ToolRequest,
) -> Result<ToolReply, CycleError> {
    match request {
        ToolRequest::CheckRisk(input) => check_risk::run(run, *input).await,
        ToolRequest::GetPortfolio(_) => get_portfolio::run(run).await,
        ToolRequest::ExecuteTrade(input) => execute_trade::run(run, input).await,
        ToolRequest::ClosePosition(input) => close_position::run(run, input).await,
        ToolRequest::CloseAll(input) => close_all::run(run, input).await,
        ToolRequest::SendAlert(input) => send_alert::run(run, input).await,
        ToolRequest::LogDecision(input) => Ok(log_decision::run(run, input)),
        ToolRequest::ScanMarket(_)
        | ToolRequest::GetQuote(_)
        | ToolRequest::GetTechnicals(_)
        | ToolRequest::DetectPatterns(_)
        | ToolRequest::GetNews(_) => {
            let (reply, learned) = look(run, request).await;
            run.take_in(&reply, learned).await;
            Ok(reply)
        }
    }
}

/// Characters of an advisor's reason that are kept with an order.
const REASON_MAX: usize = 2_000;

/// `reason`, cut to what is kept.
fn kept(reason: &str) -> String {
    reason.chars().take(REASON_MAX).collect()
}

/// Turns a failing market into what the advisor is told.
fn market_problem(error: &catalyst_ports::market_data::MarketDataError) -> ToolProblem {
    use catalyst_ports::market_data::MarketDataError;
    match error {
        MarketDataError::Unknown { symbol } => ToolProblem::UnknownSymbol { symbol: *symbol },
        MarketDataError::Unavailable { .. } | MarketDataError::Malformed { .. } => {
            ToolProblem::NotAvailable {
                what: format!("{error}; try another symbol or later"),
            }
        }
    }
}
