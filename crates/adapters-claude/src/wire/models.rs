//! Models: the provider's list of what it offers to a key.

use serde::Deserialize;

/// The whole list, or its first part.
#[derive(Debug, Deserialize)]
pub(crate) struct ModelList {
    pub(crate) data: Vec<ModelLine>,
    /// There is another part.
    #[serde(default)]
    pub(crate) has_more: bool,
}

/// One model.
#[derive(Debug, Deserialize)]
pub(crate) struct ModelLine {
    pub(crate) id: String,
    pub(crate) lifecycle: Option<String>,
    pub(crate) retires_at: Option<String>,
}
