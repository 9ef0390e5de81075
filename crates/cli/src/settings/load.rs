//! Loading: finds the file, merges the sources in their order, and makes the typed settings.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use catalyst_app::WatchPolicy;
use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::reconcile::ReconcilePolicy;
use catalyst_domain::risk::RiskLimits;
use chrono::TimeDelta;
use config::{ConfigError, File, FileFormat, Map, Source as _, Value};

use super::advisor::{self, AdvisorChoice};
use super::alerts::{self, AlertSettings};
use super::broker::{self, BrokerSettings};
use super::claude::{self, ClaudeSettings};
use super::database::{DatabaseSettings, Hidden, NoPlace};
use super::environment::{Environment, OVERRIDE_PREFIX};
use super::news::{self, NewsSettings};
use super::orders::{self, CycleBounds, OrderPolicy};
use super::place::{OwnersFile, place_of, with_place};
use super::problem::SettingsError;
use super::raw::RawSettings;
use super::scan::{self, ScanSettings};
use super::schedule::{self, Schedule};
use super::simulation::{self, SimSettings};
use super::warning::{IdleKey, idle_keys};
use super::{canonical, database, keys, limits, reconcile, watch};
use crate::log_files::Keep;
use crate::telemetry::{LogFormat, LogLevel};

/// Time beyond the bound of a cycle and its last exits, to settle and to protect.
const TO_SETTLE: TimeDelta = TimeDelta::minutes(2);

/// The owner's file as it is shipped is the default, so that no number stands in two places.
pub(crate) const DEFAULTS: &str = include_str!("../../../../config/settings.yaml");

/// Where the file is looked for in the working directory.
const FILE_HERE: &str = "config/settings.yaml";

/// What it is called.
pub(crate) const FILE_NAME: &str = "settings.yaml";

/// Bytes of a settings file; the shipped one has a hundredth of it.
const FILE_MAX: u64 = 1024 * 1024;

/// Bytes of a mebibyte.
const MIB: u64 = 1024 * 1024;

/// Everything the owner may decide, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// What the risk gate enforces, in Hong Kong dollars.
    pub(crate) limits: RiskLimits,
    /// Who executes.
    pub(crate) broker: BrokerSettings,
    /// How orders are sent.
    pub(crate) orders: OrderPolicy,
    /// What a scan looks at.
    pub(crate) scan: ScanSettings,
    /// When things happen.
    pub(crate) schedule: Schedule,
    /// Who decides.
    pub(crate) advisor: AdvisorChoice,
    /// The model that the advisor claude is.
    pub(crate) claude: ClaudeSettings,
    /// Bounds of one cycle.
    pub(crate) cycle: CycleBounds,
    /// Where headlines come from.
    pub(crate) news: NewsSettings,
    /// How the owner is told.
    pub(crate) alerts: AlertSettings,
    /// When journal and broker differ.
    pub(crate) reconcile: ReconcilePolicy,
    /// When silence is an alarm.
    pub(crate) watch: WatchPolicy,
    /// The address that is fetched while all is well, which is a secret.
    pub(crate) ping: Option<Hidden>,
    /// Where the journal is.
    pub(crate) database: DatabaseSettings,
    /// The simulated exchange.
    pub(crate) sim: SimSettings,
    /// How much is logged.
    pub(crate) log_level: LogLevel,
    /// How the daily file is written.
    pub(crate) log_format: LogFormat,
    /// How long daily files stay.
    pub(crate) log_keep: Keep,
    /// The state folder, `None` for the standard one.
    pub(crate) state_dir: Option<PathBuf>,
    /// Keys that were given and decide nothing; the program warns of each.
    pub(crate) idle: Vec<IdleKey>,
    /// What is wrong with an address, which keeps nobody from protecting; see [`Settings::fit`].
    pub(crate) unfit: Option<String>,
}

impl Settings {
    /// The longest that a run may last. An exit begun within the bound of a cycle waits for its fill, and so
    /// does one for each position whose stop cannot be put back; then it settles and protects.
    pub(crate) fn longest_run(&self) -> TimeDelta {
        let waits = i32::try_from(self.limits.max_positions()).unwrap_or(i32::MAX);
        self.cycle.time_limit + self.orders.fill_wait * waits.saturating_add(1) + TO_SETTLE
    }

    /// SHA-256 in hexadecimal digits, which changes when a setting changes that decides a trade.
    pub(crate) fn hash(&self) -> String {
        canonical::fingerprint(self)
    }

    /// Refuses an address to which nothing would go: for whoever goes there, or sets it up.
    pub(crate) fn fit(&self) -> Result<(), SettingsError> {
        match &self.unfit {
            Some(told) => Err(SettingsError::Unfit(told.clone())),
            None => Ok(()),
        }
    }
}

/// Settings from the built-in defaults, the file and the environment, the later beating the earlier.
///
/// `argument` is `--settings`: it must exist. Without it the file of the working directory counts,
/// else that of the XDG configuration folder, else none. `calendar` bounds the schedule,
/// `suits` judges what only another part of the program can; its verdict is kept, for [`Settings::fit`].
/// An error names the source of its key.
pub(crate) fn load(
    argument: Option<&Path>,
    environment: &Environment,
    calendar: &TradingCalendar,
    suits: Suits,
) -> Result<Settings, SettingsError> {
    let file = match argument {
        Some(path) => Some((path.to_owned(), read_file(path)?)),
        None => standard_file(environment)?,
    };
    let settings = checked(file.as_ref(), environment, calendar, suits);
    settings.map_err(|error| with_place(error, file.as_ref(), environment))
}

/// Settings from a text that is to become the file `path`.
pub(crate) fn of_text(
    path: &Path,
    text: &str,
    environment: &Environment,
    calendar: &TradingCalendar,
    suits: Suits,
) -> Result<Settings, SettingsError> {
    let file = (path.to_owned(), text.to_owned());
    let settings = checked(Some(&file), environment, calendar, suits);
    settings.map_err(|error| with_place(error, Some(&file), environment))
}

/// What only another part of the program can judge, such as an address.
pub(crate) type Suits = fn(&Settings) -> Result<(), SettingsError>;

fn checked(
    file: Option<&OwnersFile>,
    environment: &Environment,
    calendar: &TradingCalendar,
    suits: Suits,
) -> Result<Settings, SettingsError> {
    if let Some((name, key)) = meant(environment, keys::meant_by) {
        let variable = environment.place_of(name);
        return Err(SettingsError::Misspelt { variable, key });
    }
    if let Some((name, key)) = meant(environment, keys::section_meant_by) {
        let variable = environment.place_of(name);
        return Err(SettingsError::SectionAlone { variable, key });
    }
    let mut settings = typed(&merged(file, environment)?, calendar)?;
    settings.unfit = suits(&settings)
        .err()
        .map(|error| with_place(error, file, environment).to_string());
    // What is wrong with a database is an error of whoever goes there, later.
    if let Err(NoPlace::Bad {
        key: Some(key),
        told,
    }) = &mut settings.database.postgres
        && let Some(place) = place_of(key, file, environment)
    {
        *told = format!("{told} ({place})");
    }
    Ok(settings)
}

/// A variable that a person took for a setting's; ignoring it would leave a limit where it was.
fn meant(
    environment: &Environment,
    by: fn(&str) -> Option<&'static str>,
) -> Option<(&str, &'static str)> {
    let mut names = environment.names();
    names.find_map(|name| Some((name, by(name)?)))
}

/// The settings file that counts: `argument`, else the first that exists of the usual places.
pub(crate) fn locate(argument: Option<&Path>, environment: &Environment) -> Option<PathBuf> {
    match argument {
        Some(path) => Some(path.to_owned()),
        None => usual_places(environment).find(|path| path.is_file()),
    }
}

/// The folder of the owner's settings by the XDG base directory specification.
pub(crate) fn standard_folder(environment: &Environment) -> Option<PathBuf> {
    let xdg = environment.folder("XDG_CONFIG_HOME");
    let base = xdg.or_else(|| Some(environment.folder("HOME")?.join(".config")))?;
    Some(base.join("catalyst"))
}

fn usual_places(environment: &Environment) -> impl Iterator<Item = PathBuf> + use<> {
    let there = standard_folder(environment).map(|folder| folder.join(FILE_NAME));
    std::iter::once(PathBuf::from(FILE_HERE)).chain(there)
}

fn standard_file(environment: &Environment) -> Result<Option<(PathBuf, String)>, SettingsError> {
    for path in usual_places(environment) {
        match read_file(&path) {
            Ok(text) => return Ok(Some((path, text))),
            Err(SettingsError::File { source, .. }) if is_absent(&source) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn read_file(path: &Path) -> Result<String, SettingsError> {
    let failed = |source| SettingsError::File {
        path: path.to_owned(),
        source,
    };
    let mut text = String::new();
    let file = fs::File::open(path).map_err(failed)?;
    let length = file.take(FILE_MAX + 1).read_to_string(&mut text);
    length.map_err(failed)?;
    if text.len() > usize::try_from(FILE_MAX).unwrap_or(usize::MAX) {
        return Err(failed(io::Error::other(format!(
            "it is longer than {FILE_MAX} bytes"
        ))));
    }
    Ok(text)
}

pub(super) fn merged<'a>(
    file: Option<&OwnersFile>,
    environment: &'a Environment,
) -> Result<RawSettings<'a>, SettingsError> {
    let place = file.map_or_else(
        || "the built-in settings".to_owned(),
        |(path, _)| format!("settings file {}", path.display()),
    );
    let overrides: HashMap<String, String> = environment
        .overrides()?
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let variables = config::Environment::with_prefix(OVERRIDE_PREFIX.trim_end_matches('_'))
        .prefix_separator(keys::SEPARATOR)
        .separator(keys::SEPARATOR)
        .source(Some(overrides));
    let syntax = |error: ConfigError| SettingsError::Syntax {
        place,
        source: Box::new(error),
    };
    let text = file.map(|(_, text)| text.as_str());
    let tree = layered(text, &variables).map_err(syntax)?;
    RawSettings::new(tree, environment)
}

/// The built-in settings with the owner's text over them, and the variables over both.
fn layered(
    text: Option<&str>,
    variables: &config::Environment,
) -> Result<Map<String, Value>, ConfigError> {
    let mut tree = Value::from(Map::<String, Value>::new());
    File::from_str(&without_words(DEFAULTS), FileFormat::Yaml).collect_to(&mut tree)?;
    if let Some(text) = text {
        File::from_str(text, FileFormat::Yaml).collect_to(&mut tree)?;
    }
    variables.collect_to(&mut tree)?;
    tree.into_table()
}

/// The shipped file without what it says behind `#`, which is most of it, and which YAML would read letter
/// by letter. No value in it has that sign.
fn without_words(shipped: &str) -> String {
    let mut bare = String::with_capacity(shipped.len());
    for line in shipped.lines() {
        let said = line.split_once('#').map_or(line, |(said, _words)| said);
        bare.extend([said.trim_end(), "\n"]);
    }
    bare
}

pub(super) fn typed(
    raw: &RawSettings<'_>,
    calendar: &TradingCalendar,
) -> Result<Settings, SettingsError> {
    check_place(raw)?;
    let cycle = orders::read_bounds(raw)?;
    let alerts = alerts::read(raw)?;
    let mut idle = idle_keys(raw);
    idle.extend(alerts.missing);
    Ok(Settings {
        limits: limits::read(raw)?,
        broker: broker::read(raw)?,
        orders: orders::read_policy(raw, &cycle)?,
        scan: scan::read(raw)?,
        schedule: schedule::read(raw, calendar)?,
        advisor: raw.parsed("advisor.kind", advisor::ALLOWED)?,
        claude: claude::read(raw)?,
        cycle,
        news: news::read(raw)?,
        alerts,
        reconcile: reconcile::read(raw)?,
        watch: watch::read(raw)?,
        ping: watch::ping(raw)?,
        database: database::read(raw)?,
        sim: simulation::read(raw)?,
        log_level: raw.parsed("logging.level", "error, warn, info, debug, trace")?,
        log_format: raw.parsed("logging.format", "text, json")?,
        log_keep: Keep {
            days: raw.whole("logging.keep_days", 1..=3_650)?,
            bytes: u64::from(raw.whole("logging.max_mib", 1..=100_000)?) * MIB,
        },
        state_dir: raw.optional("state_dir", "a folder")?.map(PathBuf::from),
        idle,
        unfit: None,
    })
}

/// The exchange: one today, and the wrong one must not be taken for it.
fn check_place(raw: &RawSettings<'_>) -> Result<(), SettingsError> {
    raw.word("exchange.code", &[("HKEX", ())])?;
    raw.word("exchange.currency", &[("HKD", ())])?;
    raw.word("exchange.timezone", &[("Asia/Hong_Kong", ())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_says_the_same_without_its_words() {
        let read = |text: &str| File::from_str(text, FileFormat::Yaml).collect().unwrap();

        assert_eq!(read(&without_words(DEFAULTS)), read(DEFAULTS));
    }
}
