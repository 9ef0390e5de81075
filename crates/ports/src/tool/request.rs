//! Tool request: one call, understood.

use std::fmt;

use super::{
    CheckRiskInput, CloseAllInput, ClosePositionInput, DetectPatternsInput, ExecuteTradeInput,
    GetNewsInput, GetPortfolioInput, GetQuoteInput, GetTechnicalsInput, LogDecisionInput,
    ScanMarketInput, SendAlertInput,
};

/// The tools there are. Any other name is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ToolName {
    /// A ranked shortlist of the market.
    ScanMarket,
    /// Books now.
    GetQuote,
    /// Indicators of one symbol.
    GetTechnicals,
    /// Chart patterns of one symbol.
    DetectPatterns,
    /// Headlines about one symbol.
    GetNews,
    /// The gate's opinion of a trade.
    CheckRisk,
    /// The account.
    GetPortfolio,
    /// A purchase with its exits.
    ExecuteTrade,
    /// Leaving one position.
    ClosePosition,
    /// Leaving everything.
    CloseAll,
    /// A message to the owner.
    SendAlert,
    /// Words for the record.
    LogDecision,
}

impl ToolName {
    /// All tools, in the order of the owner's document.
    pub const ALL: [Self; 12] = [
        Self::ScanMarket,
        Self::GetQuote,
        Self::GetTechnicals,
        Self::DetectPatterns,
        Self::GetNews,
        Self::CheckRisk,
        Self::GetPortfolio,
        Self::ExecuteTrade,
        Self::ClosePosition,
        Self::CloseAll,
        Self::SendAlert,
        Self::LogDecision,
    ];

    /// The owner's name for the tool.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ScanMarket => "scan_market",
            Self::GetQuote => "get_quote",
            Self::GetTechnicals => "get_technicals",
            Self::DetectPatterns => "detect_patterns",
            Self::GetNews => "get_news",
            Self::CheckRisk => "check_risk",
            Self::GetPortfolio => "get_portfolio",
            Self::ExecuteTrade => "execute_trade",
            Self::ClosePosition => "close_position",
            Self::CloseAll => "close_all",
            Self::SendAlert => "send_alert",
            Self::LogDecision => "log_decision",
        }
    }

    /// The tool of that name, letter case counting.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.as_str() == name)
    }

    /// True for tools that change nothing; only these run side by side.
    pub const fn is_read_only(self) -> bool {
        match self {
            Self::ScanMarket
            | Self::GetQuote
            | Self::GetTechnicals
            | Self::DetectPatterns
            | Self::GetNews
            | Self::CheckRisk
            | Self::GetPortfolio => true,
            Self::ExecuteTrade
            | Self::ClosePosition
            | Self::CloseAll
            | Self::SendAlert
            | Self::LogDecision => false,
        }
    }
}

impl fmt::Display for ToolName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One call with its input.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(
    feature = "wire",
    serde(tag = "tool", content = "input", rename_all = "snake_case")
)]
pub enum ToolRequest {
    /// See [`ToolName::ScanMarket`].
    ScanMarket(ScanMarketInput),
    /// See [`ToolName::GetQuote`].
    GetQuote(GetQuoteInput),
    /// See [`ToolName::GetTechnicals`].
    GetTechnicals(GetTechnicalsInput),
    /// See [`ToolName::DetectPatterns`].
    DetectPatterns(DetectPatternsInput),
    /// See [`ToolName::GetNews`].
    GetNews(GetNewsInput),
    /// See [`ToolName::CheckRisk`].
    CheckRisk(CheckRiskInput),
    /// See [`ToolName::GetPortfolio`].
    GetPortfolio(GetPortfolioInput),
    /// See [`ToolName::ExecuteTrade`].
    ExecuteTrade(ExecuteTradeInput),
    /// See [`ToolName::ClosePosition`].
    ClosePosition(ClosePositionInput),
    /// See [`ToolName::CloseAll`].
    CloseAll(CloseAllInput),
    /// See [`ToolName::SendAlert`].
    SendAlert(SendAlertInput),
    /// See [`ToolName::LogDecision`].
    LogDecision(LogDecisionInput),
}

impl ToolRequest {
    /// The tool that is asked.
    pub const fn name(&self) -> ToolName {
        match self {
            Self::ScanMarket(_) => ToolName::ScanMarket,
            Self::GetQuote(_) => ToolName::GetQuote,
            Self::GetTechnicals(_) => ToolName::GetTechnicals,
            Self::DetectPatterns(_) => ToolName::DetectPatterns,
            Self::GetNews(_) => ToolName::GetNews,
            Self::CheckRisk(_) => ToolName::CheckRisk,
            Self::GetPortfolio(_) => ToolName::GetPortfolio,
            Self::ExecuteTrade(_) => ToolName::ExecuteTrade,
            Self::ClosePosition(_) => ToolName::ClosePosition,
            Self::CloseAll(_) => ToolName::CloseAll,
            Self::SendAlert(_) => ToolName::SendAlert,
            Self::LogDecision(_) => ToolName::LogDecision,
        }
    }
}

#[cfg(feature = "wire")]
mod parse {
    use serde::Deserializer;
    use serde_path_to_error::deserialize;

    use super::{ToolName, ToolRequest};
    use crate::tool::ToolInputError;

    impl ToolRequest {
        /// Understands a call of the tool `name` whose input `input` delivers.
        ///
        /// An error names the field, what was found there, and what is allowed.
        pub fn parse<'de, D>(name: &str, input: D) -> Result<Self, ToolInputError>
        where
            D: Deserializer<'de>,
            D::Error: std::fmt::Display,
        {
            let tool = ToolName::find(name).ok_or_else(|| ToolInputError::UnknownTool {
                name: name.chars().take(60).collect(),
            })?;
            let parsed = match tool {
                ToolName::ScanMarket => deserialize(input).map(Self::ScanMarket),
                ToolName::GetQuote => deserialize(input).map(Self::GetQuote),
                ToolName::GetTechnicals => deserialize(input).map(Self::GetTechnicals),
                ToolName::DetectPatterns => deserialize(input).map(Self::DetectPatterns),
                ToolName::GetNews => deserialize(input).map(Self::GetNews),
                ToolName::CheckRisk => deserialize(input).map(Self::CheckRisk),
                ToolName::GetPortfolio => deserialize(input).map(Self::GetPortfolio),
                ToolName::ExecuteTrade => deserialize(input).map(Self::ExecuteTrade),
                ToolName::ClosePosition => deserialize(input).map(Self::ClosePosition),
                ToolName::CloseAll => deserialize(input).map(Self::CloseAll),
                ToolName::SendAlert => deserialize(input).map(Self::SendAlert),
                ToolName::LogDecision => deserialize(input).map(Self::LogDecision),
            };
            parsed.map_err(|error| ToolInputError::BadInput {
                tool,
                field: error.path().to_string(),
                problem: error.inner().to_string(),
            })
        }
    }
}
