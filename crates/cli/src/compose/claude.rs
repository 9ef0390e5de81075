//! Claude and its recordings, from settings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalyst_adapters_claude::cassette::{Recorder, Tape, TapeError};
use catalyst_adapters_claude::config::{
    AccessConfig, ApiAddress, ApiAddressError, EffortError, ModelConfig, ModelId, ModelIdError,
    Pace,
};
use catalyst_adapters_claude::price::{PriceListError, Prices, UnknownPrice};
use catalyst_adapters_claude::prompt::{INSTRUCTIONS, LunchRule, PromptFacts, rendered};
use catalyst_adapters_claude::{
    ClaudeAdvisor, Instructions, Mute, NoStanding, SetupError, Standing, standing,
};
use catalyst_domain::risk::RiskLimits;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::advisor::Advisor;
use thiserror::Error;

use super::{ComposeError, read};
use crate::commands::real_now;
use crate::settings::{ClaudeSettings, LunchExits, Settings};

/// Why there is no Claude.
#[derive(Debug, Error)]
pub(crate) enum NoClaude {
    /// The environment has no key.
    #[error("there is no key for Claude in ANTHROPIC_API_KEY")]
    NoKey,
    /// The model's name is none.
    #[error("claude.model")]
    Model(#[from] ModelIdError),
    /// The effort is none.
    #[error("claude.effort")]
    Effort(#[from] EffortError),
    /// The address is none that a key is sent to.
    #[error("claude.base_url or ANTHROPIC_BASE_URL")]
    Address(#[from] ApiAddressError),
    /// A price list does not read.
    #[error("claude.prices_file")]
    Prices(#[from] PriceListError),
    /// The model has no price, so its costs could not be bounded.
    #[error(transparent)]
    Price(#[from] UnknownPrice),
    /// A cassette does not read.
    #[error("cassette {}", path.display())]
    Cassette {
        /// Which.
        path: PathBuf,
        /// Where and what.
        source: TapeError,
    },
    /// What Claude is told or how it is reached does not do.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The provider says nothing of the model.
    #[error(transparent)]
    Standing(#[from] NoStanding),
}

/// Claude behind its key; every final answer is kept in `record` where that is given.
pub(super) fn claude(
    settings: &Settings,
    limits: &RiskLimits,
    rules: &Rulebook,
    record: Option<&Path>,
) -> Result<Arc<dyn Advisor>, ComposeError> {
    let access = access(&settings.claude)?;
    let config = claude_model(&settings.claude, rules)?;
    let recorder = record.map(recorder).transpose()?;
    let template = instructions(&settings.claude)?;
    let facts = facts(settings, limits);
    let told = Instructions {
        template: &template,
        facts: &facts,
    };
    let advisor = ClaudeAdvisor::new(config, &access, recorder, told);
    Ok(Arc::new(advisor.map_err(NoClaude::from)?))
}

/// The recording in `path`.
pub(super) fn cassette(
    settings: &Settings,
    limits: &RiskLimits,
    rules: &Rulebook,
    path: &Path,
) -> Result<Arc<dyn Advisor>, ComposeError> {
    let tape = Tape::parse(&read(path)?).map_err(|source| NoClaude::Cassette {
        path: path.to_owned(),
        source,
    })?;
    let config = claude_model(&settings.claude, rules)?;
    let template = instructions(&settings.claude)?;
    let facts = facts(settings, limits);
    let told = Instructions {
        template: &template,
        facts: &facts,
    };
    let advisor = ClaudeAdvisor::replay(config, tape, told);
    Ok(Arc::new(advisor.map_err(NoClaude::from)?))
}

/// Claude where it cannot be asked: without advice, and `why`.
pub(crate) fn mute(why: &str) -> Arc<dyn Advisor> {
    Arc::new(Mute::new(why))
}

/// What Claude is told, as a cycle would send it.
pub(crate) fn told(settings: &Settings) -> Result<String, ComposeError> {
    let template = instructions(&settings.claude)?;
    let told = rendered(&template, &facts(settings, &settings.limits));
    Ok(told.map_err(|error| NoClaude::from(SetupError::from(error)))?)
}

/// What the provider says of key and model, which costs nothing.
pub(crate) async fn claude_standing(
    settings: &ClaudeSettings,
    model: &ModelConfig,
) -> Result<Standing, NoClaude> {
    let access = access(settings)?;
    Ok(standing(&access, &model.model, real_now()).await?)
}

/// What Claude is told, before limits and hours are filled in.
pub(crate) fn instructions(settings: &ClaudeSettings) -> Result<String, ComposeError> {
    let own = settings.instructions_file.as_deref();
    own.map_or_else(|| Ok(INSTRUCTIONS.to_owned()), read)
}

fn access(settings: &ClaudeSettings) -> Result<AccessConfig, NoClaude> {
    let key = settings.key.as_ref().ok_or(NoClaude::NoKey)?;
    let address = match settings.address.as_deref() {
        Some(address) => ApiAddress::parse(address)?,
        None => ApiAddress::standard()?,
    };
    Ok(AccessConfig {
        address,
        key: key.0.clone(),
        pace: Pace::default(),
    })
}

/// The model at the price of the real day: a bill does not know of rehearsed ones.
pub(crate) fn claude_model(
    settings: &ClaudeSettings,
    rules: &Rulebook,
) -> Result<ModelConfig, ComposeError> {
    let own = settings.prices_file.as_deref();
    let own = own.map_or_else(|| Ok(String::new()), read)?;
    let prices = Prices::built_in().and_then(|prices| prices.with(&own));
    let prices = prices.map_err(NoClaude::from)?;
    let id: ModelId = settings.model.parse().map_err(NoClaude::Model)?;
    let today = rules.calendar.date_of(real_now());
    Ok(ModelConfig {
        tariff: prices.tariff(&id, today).map_err(NoClaude::from)?,
        effort: settings.effort.parse().map_err(NoClaude::Effort)?,
        max_tokens: settings.max_tokens,
        model: id,
    })
}

fn recorder(path: &Path) -> Result<Recorder, ComposeError> {
    let mut options = std::fs::OpenOptions::new();
    let file = options.create(true).append(true).open(path);
    match file {
        Ok(file) => Ok(Recorder::new(Box::new(file))),
        Err(source) => Err(ComposeError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

fn facts(settings: &Settings, limits: &RiskLimits) -> PromptFacts {
    let schedule = &settings.schedule;
    PromptFacts {
        limits: limits.clone(),
        sessions: schedule.sessions.clone(),
        lunch_exit: schedule.lunch_exit,
        lunch_rule: match schedule.lunch_exits {
            LunchExits::FlatOnly => LunchRule::FlatOnly,
            LunchExits::All => LunchRule::All,
            LunchExits::None => LunchRule::None,
        },
        close_exit: schedule.eod_exit_from,
        turns_max: settings.cycle.max_turns,
        time_limit: settings.cycle.time_limit,
        alerts_max: settings.cycle.max_alerts,
    }
}
