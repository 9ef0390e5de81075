//! The simulated world as the faces see it: one lock, short questions, time that only goes forward.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::dated::NotCovered;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};
use thiserror::Error;

use super::state::WorldState;
use super::tape::Tape;
use crate::config::SimConfig;
use crate::exchange::{Exchange, ExchangeError, ExchangeEvent, SavedError, SavedExchange};
use crate::faults::{Fault, Faults};
use crate::generator::GeneratorError;
use crate::headlines::Headline;
use catalyst_domain::rulebook::Rulebook;

/// What a world is made of.
#[derive(Debug)]
pub struct WorldSetup {
    /// The rulebook.
    pub rules: Arc<Rulebook>,
    /// The bars.
    pub tape: Tape,
    /// Headlines beside those the tape brings.
    pub news: Vec<Headline>,
    /// The account's settings.
    pub config: SimConfig,
    /// The account as it was saved, or `None` for a fresh one.
    pub account: Option<SavedExchange>,
    /// When the world begins. A saved account first lives through what it missed until then.
    pub start: DateTime<Utc>,
}

/// Why the world cannot begin or go on.
#[derive(Debug, Error)]
pub enum WorldError {
    /// The account has already lived later.
    #[error("the account has lived until {lived_until}, it cannot go back to {start}")]
    Backwards {
        /// The latest moment of the saved account.
        lived_until: DateTime<Utc>,
        /// The moment asked for.
        start: DateTime<Utc>,
    },
    /// The saved account does not read.
    #[error(transparent)]
    Saved(#[from] SavedError),
    /// A rule table does not cover a day.
    #[error(transparent)]
    NotCovered(#[from] NotCovered),
    /// The exchange cannot go on.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// The generator cannot make a day.
    #[error(transparent)]
    Generator(#[from] GeneratorError),
}

/// Time could not go on earlier; nothing is known since.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the simulated world stopped: {reason}")]
pub struct Stopped {
    reason: String,
}

impl From<WorldError> for Stopped {
    fn from(error: WorldError) -> Self {
        Self {
            reason: error.to_string(),
        }
    }
}

/// The world behind every face of the simulation.
#[derive(Debug)]
pub struct SimWorld {
    pub(crate) rules: Arc<Rulebook>,
    /// Guards tape, exchange and time together, so that no face sees one without the other. Never
    /// held while waiting.
    state: Mutex<WorldState>,
}

impl SimWorld {
    /// The world at `setup.start`.
    pub fn begin(setup: WorldSetup) -> Result<Arc<Self>, WorldError> {
        let WorldSetup {
            rules,
            tape,
            mut news,
            config,
            account,
            start,
        } = setup;
        let exchange = match account {
            Some(saved) => Exchange::restore(saved, Arc::clone(&rules), config)?,
            None => Exchange::new(Arc::clone(&rules), config, start),
        };
        let lived_until = exchange.lived_until();
        if lived_until > start {
            return Err(WorldError::Backwards { lived_until, start });
        }
        news.sort_by_key(|headline| headline.item.published);
        let mut state = WorldState {
            now: lived_until,
            tape,
            day: None,
            exchange,
            news,
            faults: Faults::none(),
            events: None,
            stuck: None,
        };
        state.advance(&rules, start)?;
        Ok(Arc::new(Self {
            rules,
            state: Mutex::new(state),
        }))
    }

    /// The present moment of the world.
    pub fn now(&self) -> DateTime<Utc> {
        self.lock().now
    }

    /// Moves the world to `now`: every bar that ends by then meets the exchange, in order of time and
    /// symbol, exactly once. A moment that has passed changes nothing. After an error the world stays
    /// where it is and every face says so.
    pub fn advance_to(&self, now: DateTime<Utc>) -> Result<(), WorldError> {
        let mut state = self.lock();
        let result = state.advance(&self.rules, now);
        if let Err(error) = &result {
            state.stuck = Some(error.to_string());
        }
        result
    }

    /// What has to be kept so that the account goes on in another process.
    pub fn saved_account(&self) -> SavedExchange {
        self.lock().exchange.save()
    }

    /// Symbols that have bars today and no board lot; they do not trade.
    pub fn unlisted(&self) -> Vec<Symbol> {
        let state = self.lock();
        let day = state.day.as_ref();
        day.map_or_else(Vec::new, |day| day.unlisted.clone())
    }

    /// The trading day the world is in, or the last one before a day without trading.
    pub fn date(&self) -> Option<TradingDate> {
        self.lock().day.as_ref().map(|day| day.date)
    }

    /// Lays out what goes wrong with the coming submissions; earlier plans are forgotten.
    pub fn plan_faults(&self, faults: impl IntoIterator<Item = Option<Fault>>) {
        self.lock().faults = Faults::script(faults);
    }

    /// What the broker takes, whether or not the world can go on.
    pub(crate) fn plan(&self) -> CommissionPlan {
        self.lock().exchange.plan()
    }

    /// Keeps events from now on, for [`Self::take_events`].
    pub(crate) fn keep_events(&self) {
        self.lock().events.get_or_insert_default();
    }

    /// What happened at the exchange since the last call; nothing unless events are kept.
    pub(crate) fn take_events(&self) -> Vec<ExchangeEvent> {
        let mut state = self.lock();
        state.collect_events();
        match &mut state.events {
            Some(events) => std::mem::take(events),
            None => Vec::new(),
        }
    }

    /// The state, for a face's short look or touch.
    pub(crate) fn state(&self) -> Result<WorldGuard<'_>, Stopped> {
        let state = self.lock();
        match &state.stuck {
            Some(reason) => Err(Stopped {
                reason: reason.clone(),
            }),
            None => Ok(WorldGuard { state }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, WorldState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The world while a face looks at it.
#[derive(Debug)]
pub(crate) struct WorldGuard<'a> {
    pub(super) state: MutexGuard<'a, WorldState>,
}
