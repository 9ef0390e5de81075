//! Claude: which model, how it is asked, and what opens the door. The key is a variable of the
//! environment and never a setting.

use std::path::PathBuf;

use secrecy::SecretString;

use super::database::Hidden;
use super::problem::SettingsError;
use super::raw::RawSettings;

/// The provider's own name, which its other programs read too.
const KEY_VARIABLE: &str = "ANTHROPIC_API_KEY";

/// Section `claude`. Names and addresses are believed when an advisor is made of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClaudeSettings {
    /// The model's name.
    pub(crate) model: String,
    /// How hard it thinks.
    pub(crate) effort: String,
    /// Tokens of one answer.
    pub(crate) max_tokens: u32,
    /// Where the provider is, `None` for its own address.
    pub(crate) address: Option<String>,
    /// Prices above those on file.
    pub(crate) prices_file: Option<PathBuf>,
    /// Instructions in place of those that ship with the program.
    pub(crate) instructions_file: Option<PathBuf>,
    /// The key, where there is one.
    pub(crate) key: Option<Hidden>,
}

pub(super) fn read(raw: &RawSettings<'_>) -> Result<ClaudeSettings, SettingsError> {
    let efforts = [("low", "low"), ("medium", "medium"), ("high", "high")];
    let file = |key| Ok::<_, SettingsError>(raw.optional(key, "a file")?.map(PathBuf::from));
    let key = raw.variable(KEY_VARIABLE)?.filter(|key| !key.is_empty());
    Ok(ClaudeSettings {
        model: raw.text("claude.model", "the name of a model")?,
        effort: raw.word("claude.effort", &efforts)?.to_owned(),
        max_tokens: raw.whole("claude.max_tokens", 1_000..=10_666)?,
        address: raw.given("claude.base_url")?,
        prices_file: file("claude.prices_file")?,
        instructions_file: file("claude.instructions_file")?,
        key: key.map(|key| Hidden(SecretString::from(key))),
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use catalyst_domain::calendar::TradingCalendar;

    use crate::settings::load::{merged, typed};
    use crate::settings::{Environment, Settings, SettingsError};

    fn loaded(claude: &str, variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let environment = Environment::of(variables);
        let file = Some((PathBuf::from("owner.yaml"), format!("claude: {claude}")));
        let calendar = TradingCalendar::hkex().unwrap();
        typed(&merged(file.as_ref(), &environment)?, &calendar)
    }

    #[test]
    fn key_and_address_come_from_the_environment_and_the_key_is_not_printed() {
        let variables = [
            ("ANTHROPIC_API_KEY", "sk-5ecret"),
            ("ANTHROPIC_BASE_URL", "http://127.0.0.1:9"),
        ];

        let claude = loaded("{effort: low}", &variables).unwrap().claude;

        assert_eq!(claude.address.as_deref(), Some("http://127.0.0.1:9"));
        assert_eq!(claude.effort, "low");
        assert!(claude.key.is_some() && !format!("{claude:?}").contains("5ecret"));
        let own = loaded("{base_url: \"https://a.example\"}", &variables).unwrap();
        assert_eq!(own.claude.address.as_deref(), Some("https://a.example"));
    }

    #[test]
    fn without_variables_there_is_no_key_and_an_empty_one_is_none() {
        let empty = loaded("{}", &[("ANTHROPIC_API_KEY", "")]).unwrap().claude;

        assert_eq!((empty.key, empty.address), (None, None));
        assert_eq!(empty.model, "claude-sonnet-5-5");
    }

    #[test]
    fn another_model_is_another_decision() {
        let standard = loaded("{}", &[]).unwrap().hash();

        for other in [
            "{model: claude-haiku-5-5}",
            "{effort: high}",
            "{max_tokens: 4096}",
        ] {
            assert_ne!(loaded(other, &[]).unwrap().hash(), standard, "{other}");
        }
    }

    #[test]
    fn nonsense_is_told_by_its_key() {
        for (claude, told) in [
            (
                "{effort: max}",
                "claude.effort is `max`, allowed is low, medium, high",
            ),
            (
                "{max_tokens: 64000}",
                "claude.max_tokens is `64000`, allowed is a whole number 1000 to 10666",
            ),
        ] {
            assert_eq!(loaded(claude, &[]).unwrap_err().to_string(), told);
        }
    }
}
