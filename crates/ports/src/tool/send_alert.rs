//! `send_alert`: a message to the owner. Recipients are settings, never input.

use std::fmt;

/// How soon the owner should read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(rename_all = "lowercase"))]
pub enum Severity {
    /// When there is time.
    Info,
    /// Today.
    Warning,
    /// Now.
    Critical,
}

impl Severity {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct SendAlertInput {
    /// How soon it should be read.
    pub severity: Severity,
    /// One line, at most 120 characters.
    pub subject: String,
    /// At most 2,000 characters; links are taken out.
    pub message: String,
}

/// What became of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct AlertReceipt {
    /// Kept in the journal, always.
    pub recorded: bool,
    /// Delivered by now; if not, it is kept for later.
    pub delivered: bool,
}
