//! Where a wrong value came from, found out when it is to be told: a variable, the file, or neither.

use std::path::PathBuf;

use config::{File, FileFormat, Source as _, Value, ValueKind};

use super::environment::Environment;
use super::keys;
use super::problem::SettingsError;

/// The owner's file with its text.
pub(super) type OwnersFile = (PathBuf, String);

/// Said of a key that nobody gave: another one, which somebody gave, does not fit to it.
const DEFAULT: &str = "a default, which what the settings say otherwise does not fit";

/// The error with the source of its key behind it; one that speaks of no key is left as it is.
pub(super) fn with_place(
    error: SettingsError,
    file: Option<&OwnersFile>,
    environment: &Environment,
) -> SettingsError {
    let place = error.key().and_then(|key| place_of(key, file, environment));
    match place {
        Some(place) => SettingsError::Placed {
            error: Box::new(error),
            place,
        },
        None => error,
    }
}

/// The source that counts for `key`, in the order in which the later beats the earlier.
pub(super) fn place_of(
    key: &str,
    file: Option<&OwnersFile>,
    environment: &Environment,
) -> Option<String> {
    let speaks_of_it = |name: &&str| {
        let given = keys::overridden_by(name);
        given.is_some_and(|given| is_at_or_below(&given, key))
    };
    if let Some(name) = environment.names().find(speaks_of_it) {
        return Some(environment.place_of(name));
    }
    let is_set = |name: &&str| matches!(environment.text(name), Ok(Some(text)) if !text.is_empty());
    let short = keys::short_of(key).filter(is_set);
    // A `null` leaves the word to the variable, where there is one.
    let counts = |value: &Value| short.is_none() || value.kind != ValueKind::Nil;
    if let Some((path, text)) = file
        && gives(text, key, counts)
    {
        return Some(format!("settings file {}", path.display()));
    }
    match short {
        Some(name) => Some(environment.place_of(name)),
        None => keys::is_known(key).then(|| DEFAULT.to_owned()),
    }
}

/// Whether the text of a settings file has the key or, for a section, something in it, with a value that counts.
fn gives(text: &str, key: &str, counts: impl Fn(&Value) -> bool) -> bool {
    let Ok(tree) = File::from_str(text, FileFormat::Yaml).collect() else {
        return false;
    };
    let mut waiting: Vec<(String, Value)> = tree.into_iter().collect();
    while let Some((path, value)) = waiting.pop() {
        if is_at_or_below(&path, key) && counts(&value) {
            return true;
        }
        if let ValueKind::Table(inner) = value.kind {
            waiting.extend(inner.into_iter().map(|(k, v)| (format!("{path}.{k}"), v)));
        }
    }
    false
}

fn is_at_or_below(given: &str, key: &str) -> bool {
    let rest = given.strip_prefix(key);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::with_place;
    use crate::settings::{Environment, SettingsError};

    fn told(key: &str, file: &str, variables: &[(&str, &str)]) -> String {
        let file = (PathBuf::from("owner.yaml"), file.to_owned());
        let error = SettingsError::value(key, "x", "y");
        with_place(error, Some(&file), &Environment::of(variables)).to_string()
    }

    #[test]
    fn the_source_that_counts_is_named_behind_the_key() {
        let file = "broker: {port: 0}\nlogging:\n";
        let overriding = ("CATALYST__BROKER__PORT", "0");
        let short = ("IBKR_PORT", "0");

        let port = |variables: &[_]| told("broker.port", file, variables);
        assert_eq!(
            port(&[overriding, short]),
            "broker.port is `x`, allowed is y (variable CATALYST__BROKER__PORT)"
        );
        assert_eq!(
            port(&[short]),
            "broker.port is `x`, allowed is y (settings file owner.yaml)"
        );
        assert_eq!(
            told("broker.port", "", &[short]),
            "broker.port is `x`, allowed is y (variable IBKR_PORT)"
        );
        assert_eq!(
            told("logging", file, &[]),
            "logging is `x`, allowed is y (settings file owner.yaml)"
        );
    }

    #[test]
    fn what_nobody_gave_is_a_default_and_no_key_has_no_source() {
        assert_eq!(
            told("risk.warning_loss_pct", "", &[]),
            "risk.warning_loss_pct is `x`, allowed is y (a default, which what the settings say \
             otherwise does not fit)"
        );
        assert_eq!(told("risk", "", &[]), "risk is `x`, allowed is y");
    }
}
