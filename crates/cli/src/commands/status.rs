//! `catalyst status`: the flags of the question where we stand.

/// Flags of `catalyst status`.
#[derive(Debug, clap::Args)]
pub(crate) struct StatusArgs {
    /// Print one JSON document instead of text
    #[arg(long)]
    pub(crate) json: bool,
}
