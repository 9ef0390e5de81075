//! The environment, read once when the program starts and handed on as a value.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::env_file::{self, EnvFileError};
use super::load;

/// Begins the variables that override settings: `CATALYST__RISK__MAX_POSITIONS`.
pub(crate) const OVERRIDE_PREFIX: &str = "CATALYST__";

/// The file of variables beside a settings file.
pub(crate) const ENV_FILE: &str = "catalyst.env";

/// The variables as they were when the program started.
pub(crate) struct Environment {
    variables: BTreeMap<OsString, OsString>,
    /// The file of variables with the names that count from it.
    beside: Option<(PathBuf, BTreeSet<OsString>)>,
}

/// A variable whose value is no text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("variable {name} is not UTF-8 text")]
pub(crate) struct NotText {
    /// The variable.
    pub(crate) name: String,
}

impl Environment {
    /// The variables of this process, and those of a file where the process has none of the name.
    ///
    /// `file` is `--env-file`: it must exist. Without it `catalyst.env` beside the settings file
    /// counts, where there is one; `settings` is `--settings`.
    pub(crate) fn read(file: Option<&Path>, settings: Option<&Path>) -> Result<Self, EnvFileError> {
        let mut environment = Self {
            variables: std::env::vars_os().collect(),
            beside: None,
        };
        let beside = || {
            let settings = load::locate(settings, &environment)?;
            let beside = settings.with_file_name(ENV_FILE);
            beside.exists().then_some(beside)
        };
        if let Some(path) = file.map(Path::to_owned).or_else(beside) {
            let variables = env_file::read(&path)?;
            environment.add(path, variables);
        }
        Ok(environment)
    }

    fn add(&mut self, path: PathBuf, variables: BTreeMap<String, String>) {
        let mut counting = BTreeSet::new();
        for (name, value) in variables {
            if let Entry::Vacant(free) = self.variables.entry(OsString::from(name)) {
                counting.insert(free.key().clone());
                free.insert(OsString::from(value));
            }
        }
        self.beside = Some((path, counting));
    }

    /// The names of all variables that are text, in their order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.keys().filter_map(|name| name.to_str())
    }

    /// A variable in words, with its file where it came from one.
    pub(crate) fn place_of(&self, name: &str) -> String {
        match &self.beside {
            Some((path, counting)) if counting.contains(&OsString::from(name)) => {
                format!("variable {name} of {}", path.display())
            }
            Some(_) | None => format!("variable {name}"),
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
        for name in self.names() {
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
            beside: None,
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
    fn a_variable_of_the_process_beats_that_of_the_file() {
        let mut environment = Environment::of(&[("IBKR_PORT", "4002")]);

        environment.add(
            PathBuf::from("/srv/catalyst.env"),
            [("IBKR_PORT", "7497"), ("DB_HOST", "db.example")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        );

        assert_eq!(environment.text("IBKR_PORT"), Ok(Some("4002")));
        assert_eq!(environment.text("DB_HOST"), Ok(Some("db.example")));
        assert_eq!(environment.place_of("IBKR_PORT"), "variable IBKR_PORT");
        let beside = "variable DB_HOST of /srv/catalyst.env";
        assert_eq!(environment.place_of("DB_HOST"), beside);
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
