//! `log_decision`: the advisor's words beside the record that the harness keeps anyway.

use catalyst_domain::symbol::Symbol;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(rename_all = "lowercase"))]
pub enum Decision {
    /// To enter.
    Trade,
    /// To leave it.
    Skip,
    /// To exit.
    Close,
    /// To exit everything.
    Emergency,
}

impl Decision {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trade => "trade",
            Self::Skip => "skip",
            Self::Close => "close",
            Self::Emergency => "emergency",
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct LogDecisionInput {
    /// What was decided.
    pub decision: Decision,
    /// About which symbol, if about one.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub symbol: Option<Symbol>,
    /// Why.
    pub reasoning: String,
}

/// The words are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct DecisionReceipt {
    /// Always true; a journal that cannot keep them ends the cycle instead.
    pub recorded: bool,
}
