//! `catalyst cycle`: the flags of one trading cycle.

use chrono::{DateTime, FixedOffset};

use crate::settings::AdvisorChoice;

/// Flags of `catalyst cycle`.
#[derive(Debug, clap::Args)]
pub(crate) struct CycleArgs {
    /// The moment to live in, on the simulated exchange only, such as 2026-11-23T10:00:00+08:00
    #[arg(long, value_name = "RFC3339", value_parser = DateTime::parse_from_rfc3339)]
    pub(crate) at: Option<DateTime<FixedOffset>>,
    /// Who decides: rules, or script:FILE with tool calls [default: `advisor.kind` of the settings]
    #[arg(long)]
    pub(crate) advisor: Option<AdvisorChoice>,
}
