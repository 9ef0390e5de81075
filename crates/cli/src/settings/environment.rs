//! The environment, read once when the program starts and handed on as a value.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use thiserror::Error;

/// Begins the variables that override settings: `CATALYST__RISK__MAX_POSITIONS`.
pub(crate) const OVERRIDE_PREFIX: &str = "CATALYST__";

/// The variables as they were when the program started.
pub(crate) struct Environment {
    variables: BTreeMap<OsString, OsString>,
}

/// A variable whose value is no text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("variable {name} is not UTF-8 text")]
pub(crate) struct NotText {
    /// The variable.
    pub(crate) name: String,
}

impl Environment {
    /// Reads the variables of this process.
    pub(crate) fn read() -> Self {
        Self {
            variables: std::env::vars_os().collect(),
        }
    }

    /// The value of a variable, `None` when it is not set.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, NotText> {
        match self.variables.get(&OsString::from(name)) {
            None => Ok(None),
            Some(value) => match value.to_str() {
                Some(text) => Ok(Some(text)),
                None => Err(NotText {
                    name: name.to_owned(),
                }),
            },
        }
    }

    /// The variable as a folder. A relative path is taken as unset: the XDG base directory
    /// specification says so, and a state folder that moves with the working directory would lose
    /// the journal.
    pub(crate) fn folder(&self, name: &str) -> Option<PathBuf> {
        let path = PathBuf::from(self.variables.get(&OsString::from(name))?);
        path.is_absolute().then_some(path)
    }

    /// The overriding variables with their values, in the order of their names.
    pub(crate) fn overrides(&self) -> Result<Vec<(&str, &str)>, NotText> {
        let mut found = Vec::new();
        for name in self.variables.keys().filter_map(|name| name.to_str()) {
            if name.starts_with(OVERRIDE_PREFIX)
                && let Some(value) = self.text(name)?
            {
                found.push((name, value));
            }
        }
        Ok(found)
    }
}

/// Names only: values may be passwords.
impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.variables.keys()).finish()
    }
}

#[cfg(test)]
impl Environment {
    /// An environment with exactly these variables.
    pub(crate) fn of(variables: &[(&str, &str)]) -> Self {
        Self {
            variables: variables
                .iter()
                .map(|(name, value)| (OsString::from(name), OsString::from(value)))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::Environment;

    #[test]
    fn only_variables_with_the_prefix_override_and_values_stay_out_of_debug() {
        let environment = Environment::of(&[
            ("CATALYST__RISK__MAX_POSITIONS", "4"),
            ("CATALYST_RISK", "x"),
            ("DB_PASSWORD", "secret"),
        ]);

        assert_eq!(
            environment.overrides(),
            Ok(vec![("CATALYST__RISK__MAX_POSITIONS", "4")])
        );
        assert!(!format!("{environment:?}").contains("secret"));
    }

    #[test]
    fn a_relative_folder_counts_as_unset() {
        let environment = Environment::of(&[("HOME", "/home/owner"), ("XDG_STATE_HOME", "state")]);

        assert_eq!(
            environment.folder("HOME"),
            Some(PathBuf::from("/home/owner"))
        );
        assert_eq!(environment.folder("XDG_STATE_HOME"), None);
    }
}
