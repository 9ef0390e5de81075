//! The owner's hands in the state folder: the halt flag and the request to flatten, as files that work while
//! the database is away.

use std::path::Path;
use std::sync::Arc;

use catalyst_adapters_postgres::{FlattenFile, HaltFile};

/// Both files of one state folder.
#[derive(Debug, Clone)]
pub(crate) struct OwnerFiles {
    /// The halt flag.
    pub(crate) halt: Arc<HaltFile>,
    /// The request that everything is left.
    pub(crate) requests: Arc<FlattenFile>,
}

impl OwnerFiles {
    /// The files of `state`; there need not be any.
    pub(crate) fn of(state: &Path) -> Self {
        Self {
            halt: Arc::new(HaltFile::at(state.join("halt"))),
            requests: Arc::new(FlattenFile::at(state.join("flatten"))),
        }
    }
}
