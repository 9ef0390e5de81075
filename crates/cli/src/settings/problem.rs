//! What can be wrong with settings, each with the key, what was found and what is allowed.

use std::io;
use std::path::PathBuf;

use config::ConfigError;
use thiserror::Error;

use super::env_file::EnvFileError;
use super::environment::NotText;
use super::keys;

/// Characters of a wrong value that an error repeats.
const FOUND_MAX: usize = 80;

/// Why settings cannot be used; the program begins nothing.
#[derive(Debug, Error)]
pub(crate) enum SettingsError {
    /// A file that cannot be read: one named with `--settings`, or one that lies in its usual place.
    #[error("settings file {} cannot be read", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file that is no YAML, or variables that do not fit together.
    #[error("{place} cannot be understood")]
    Syntax {
        /// The file, or the environment.
        place: String,
        /// The parser's words, with line and column.
        source: Box<ConfigError>,
    },
    /// A key that nothing knows, most often a typing error.
    #[error("unknown key `{key}`{}", suggestion(*.nearest))]
    UnknownKey {
        /// The full path, sections divided by dots.
        key: String,
        /// The known key that looks most like it.
        nearest: Option<&'static str>,
    },
    /// A value that its key does not take.
    #[error("{key} is {found}, allowed is {allowed}")]
    Value {
        /// The full path.
        key: String,
        /// What it says.
        found: String,
        /// What it may say.
        allowed: String,
    },
    /// `${NAME}` where the environment has no such variable.
    #[error("{key} needs the variable {variable}, which is not set")]
    Unset {
        /// The full path.
        key: String,
        /// The variable.
        variable: String,
    },
    /// A variable that looks like a setting's and would be ignored.
    #[error("{variable} sets nothing; {} would set {key}, with two underscores before each part", keys::override_of(.key))]
    Misspelt {
        /// The variable, with the file it stands in.
        variable: String,
        /// The key that was meant.
        key: &'static str,
    },
    /// A variable that names a section and none of its keys.
    #[error("{variable} sets nothing, since a section is no setting; {} would set {key}", keys::override_of(.key))]
    SectionAlone {
        /// The variable, with the file it stands in.
        variable: String,
        /// The first key of the section.
        key: &'static str,
    },
    /// A wrong value with the source that gave it.
    #[error("{error} ({place})")]
    Placed {
        /// What is wrong.
        error: Box<Self>,
        /// The file or the variable.
        place: String,
    },
    /// An address that was judged when the settings were read, in the words of then.
    #[error("{0}")]
    Unfit(String),
    /// A variable that is no text.
    #[error(transparent)]
    Environment(#[from] NotText),
    /// A file of variables that is not used.
    #[error(transparent)]
    EnvFile(#[from] EnvFileError),
}

impl SettingsError {
    /// A wrong value that may hold a secret and is not repeated.
    pub(crate) fn unshown(key: &str, allowed: impl Into<String>) -> Self {
        Self::Value {
            key: key.to_owned(),
            found: "something else (not shown, it may hold a key)".to_owned(),
            allowed: allowed.into(),
        }
    }

    /// The key that is wrong, where it is one.
    pub(super) fn key(&self) -> Option<&str> {
        match self {
            Self::UnknownKey { key, .. } | Self::Value { key, .. } | Self::Unset { key, .. } => {
                Some(key)
            }
            Self::File { .. }
            | Self::Syntax { .. }
            | Self::Misspelt { .. }
            | Self::SectionAlone { .. }
            | Self::Placed { .. }
            | Self::Unfit(_)
            | Self::Environment(_)
            | Self::EnvFile(_) => None,
        }
    }

    /// A wrong value; what was found is cut to a readable length.
    pub(super) fn value(key: &str, found: &str, allowed: impl Into<String>) -> Self {
        let short: String = found.chars().take(FOUND_MAX).collect();
        let dots = if short.len() < found.len() { ".." } else { "" };
        Self::Value {
            key: key.to_owned(),
            found: format!("`{short}{dots}`"),
            allowed: allowed.into(),
        }
    }

    /// A key without a value.
    pub(super) fn empty(key: &str, allowed: impl Into<String>) -> Self {
        Self::Value {
            key: key.to_owned(),
            found: "empty".to_owned(),
            allowed: allowed.into(),
        }
    }
}

fn suggestion(nearest: Option<&'static str>) -> String {
    nearest.map_or_else(String::new, |key| format!(", did you mean `{key}`?"))
}
