//! Files and folders that an installation touches: what goes wrong with one names it.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::commands::Failure;

/// What was to be done with it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Touch {
    Read,
    Written,
    Removed,
}

#[derive(Debug, Error)]
#[error("{} cannot be {}", path.display(), word(*.touch))]
struct Untouched {
    path: PathBuf,
    touch: Touch,
    source: io::Error,
}

const fn word(touch: Touch) -> &'static str {
    match touch {
        Touch::Read => "read",
        Touch::Written => "written",
        Touch::Removed => "removed",
    }
}

/// The failure with the path in it.
pub(super) fn failed(path: &Path, touch: Touch) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_owned();
    move |source| {
        Failure::failed(Untouched {
            path,
            touch,
            source,
        })
    }
}
