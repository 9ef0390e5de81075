//! Composition: settings in, ports out. The only place that names adapters.

mod advisor;
mod claude;
mod desk;
mod journal;
mod practice;
mod saving;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalyst_adapters_ibkr::ConfigRefused;
use catalyst_adapters_news::config::{FeedConfig, NewsConfig};
use catalyst_adapters_news::{FeedNews, SetupError, names::Names};
use catalyst_adapters_postgres::{AddressError, OpenError};
use catalyst_adapters_sim::advisor::ScriptError;
use catalyst_adapters_sim::bars::{DailyHistory, LoadError, load_daily, load_minutes};
use catalyst_adapters_sim::config::SimConfig;
use catalyst_adapters_sim::exchange::SavedExchange;
use catalyst_adapters_sim::faces::{
    SimAccount, SimCatalog, SimClock, SimGateway, SimMarketData, SimNews,
};
use catalyst_adapters_sim::generator::{Generator, GeneratorError};
use catalyst_adapters_sim::headlines::{HeadlineError, parse_headlines};
use catalyst_adapters_sim::no_halt::NoHalt;
use catalyst_adapters_sim::no_lock::InProcessLock;
use catalyst_adapters_sim::notifier::CollectingNotifier;
use catalyst_adapters_sim::world::{SimWorld, WorldError, WorldSetup};
use catalyst_app::Ports;
use catalyst_domain::csv::CsvError;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::{Rulebook, RulebookError};
use catalyst_domain::scan::ListError;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::advisor::Advisor;
use catalyst_ports::clock::Clock;
use catalyst_ports::journal::Journal;
use catalyst_ports::news::NewsFeed;
use catalyst_ports::notifier::Notifier;
use catalyst_ports::order_gateway::OrderGateway;
use catalyst_tws_emulator::ScriptError as FaultError;
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::settings::{NewsSettings, NewsSource, NoPlace, Settings};

pub(crate) use advisor::{Advising, advisor};
pub(crate) use claude::{NoClaude, instructions};
pub(crate) use desk::{Desk, account_name, run_clock};
pub(crate) use journal::{
    JournalPlace, NoJournal, account_journal, archive, contract, halt_flag, memory_journal,
    migrate, read_journal, rehearsal_journal, role, run_lock,
};
pub(crate) use practice::{Gateway, Practice, Wire, wired_ports};

pub(crate) use catalyst_adapters_sim::bars::LoadedBars;
pub(crate) use catalyst_adapters_sim::headlines::Headline;
pub(crate) use catalyst_adapters_sim::world::Tape;

/// Why the parts do not come together. Every variant is about what the user gave.
#[derive(Debug, Error)]
pub(crate) enum ComposeError {
    /// A table that ships with the program does not read.
    #[error(transparent)]
    Rules(#[from] RulebookError),
    /// A file cannot be read.
    #[error("{} cannot be read", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The bars cannot be loaded.
    #[error(transparent)]
    Bars(#[from] LoadError),
    /// A lots file does not read.
    #[error("lots file {}", path.display())]
    Lots {
        /// Which.
        path: PathBuf,
        /// Where and what.
        source: CsvError,
    },
    /// The list of names to scan does not read.
    #[error("scan list {}", path.display())]
    Names {
        /// Which.
        path: PathBuf,
        /// Where and what.
        source: ListError,
    },
    /// A name to scan that no Hong Kong listing has.
    #[error("scan list {}: {symbol} is no Hong Kong code, allowed are codes such as 00700", path.display())]
    Foreign {
        /// Which list.
        path: PathBuf,
        /// The name.
        symbol: Symbol,
    },
    /// A news file does not read.
    #[error("news file {}", path.display())]
    News {
        /// Which.
        path: PathBuf,
        /// Where and what.
        source: HeadlineError,
    },
    /// The feeds of headlines cannot be asked.
    #[error(transparent)]
    Feeds(#[from] SetupError),
    /// A script does not read.
    #[error("script {}", path.display())]
    Script {
        /// Which.
        path: PathBuf,
        /// Where and what.
        source: ScriptError,
    },
    /// Claude cannot be asked.
    #[error(transparent)]
    Claude(#[from] NoClaude),
    /// The generator refuses.
    #[error(transparent)]
    Generator(#[from] GeneratorError),
    /// No account is named for Interactive Brokers.
    #[error(
        "broker.account is empty, allowed is the account that is traded, such as DU1234567; the variable \
         IBKR_ACCOUNT counts too"
    )]
    NoAccount,
    /// A moment was given for a market that has its own.
    #[error("--at is for the broker sim; the market of broker ibkr has its own time")]
    MomentAtBroker,
    /// Nobody is there whose clock could count.
    #[error(
        "clock is `gateway`, allowed with broker sim is real; only a practice gateway has a clock"
    )]
    ClockOfNobody,
    /// Real money.
    #[error(
        "broker.mode is `live`, allowed in this version is paper: it does not trade real money"
    )]
    LiveNotYet,
    /// The settings of Interactive Brokers contradict each other.
    #[error(transparent)]
    Ibkr(#[from] ConfigRefused),
    /// The practice gateway does not tell the time.
    #[error("the practice gateway at {address} does not tell its time")]
    GatewayClock {
        /// Host and port.
        address: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file of faults does not read.
    #[error("faults file {}", path.display())]
    Faults {
        /// Which.
        path: PathBuf,
        /// Where and what.
        source: FaultError,
    },
    /// Nobody can be served at the address.
    #[error("the practice gateway cannot listen at {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The simulated world cannot begin.
    #[error(transparent)]
    World(#[from] WorldError),
    /// The journal cannot be opened.
    #[error(transparent)]
    Journal(#[from] OpenError),
    /// It cannot be written for this account.
    #[error(transparent)]
    Account(#[from] NoJournal),
    /// No database is named.
    #[error(transparent)]
    Place(#[from] NoPlace),
    /// The database's address cannot be used.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The saved account does not read.
    #[error("the simulated account {} does not read", path.display())]
    SavedAccount {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

/// HKEX, with the user's lots above those on file.
pub(crate) fn rulebook(lots: Option<&Path>) -> Result<Arc<Rulebook>, ComposeError> {
    let mut rules = Rulebook::of(Exchange::Hkex)?;
    if let Some(path) = lots {
        let text = read(path)?;
        rules.lots = rules
            .lots
            .with_user_list(&text)
            .map_err(|source| ComposeError::Lots {
                path: path.to_owned(),
                source,
            })?;
    }
    Ok(Arc::new(rules))
}

/// The text of a file that the user named.
pub(crate) fn read(path: &Path) -> Result<String, ComposeError> {
    std::fs::read_to_string(path).map_err(|source| ComposeError::File {
        path: path.to_owned(),
        source,
    })
}

/// The minute bars of a folder.
pub(crate) fn minutes(folder: &Path, rules: &Rulebook) -> Result<LoadedBars, ComposeError> {
    Ok(load_minutes(folder, &rules.calendar)?)
}

/// The daily bars of a folder, or none.
pub(crate) fn history(
    folder: Option<&Path>,
    rules: &Rulebook,
) -> Result<DailyHistory, ComposeError> {
    match folder {
        Some(folder) => Ok(load_daily(folder, &rules.calendar)?),
        None => Ok(DailyHistory::default()),
    }
}

/// The headlines of a file, or none.
pub(crate) fn headlines(path: Option<&Path>) -> Result<Vec<Headline>, ComposeError> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    parse_headlines(&read(path)?).map_err(|source| ComposeError::News {
        path: path.to_owned(),
        source,
    })
}

/// A tape of loaded bars.
pub(crate) fn loaded_tape(bars: LoadedBars, history: DailyHistory, rules: &Rulebook) -> Tape {
    Tape::loaded(bars, history, &rules.calendar)
}

/// A tape of generated days: the given symbols, or as many of the built-in list as the settings say.
pub(crate) fn generated_tape(
    settings: &Settings,
    seed: u64,
    symbols: &[Symbol],
    rules: &Arc<Rulebook>,
) -> Result<Tape, ComposeError> {
    let market = Arc::clone(rules);
    let generator = if symbols.is_empty() {
        let count = usize::try_from(settings.sim.symbols).unwrap_or(usize::MAX);
        Generator::of_first(market, seed, count)?
    } else {
        Generator::new(market, seed, symbols)
    };
    Ok(Tape::Generated(generator))
}

/// A world at `start`, with a fresh account or the saved one.
pub(crate) fn world(
    settings: &Settings,
    rules: &Arc<Rulebook>,
    tape: Tape,
    news: Vec<Headline>,
    begins: Begins,
) -> Result<Arc<SimWorld>, ComposeError> {
    let config = SimConfig {
        cash: begins.cash.unwrap_or(settings.sim.cash),
        slippage_ticks: settings.sim.slippage_ticks,
        participation: settings.sim.participation,
        plan: settings.orders.commission,
    };
    let rules = Arc::clone(rules);
    let setup = WorldSetup {
        rules,
        tape,
        news,
        config,
        account: begins.account,
        start: begins.at,
    };
    Ok(SimWorld::begin(setup)?)
}

/// How a world begins.
#[derive(Debug)]
pub(crate) struct Begins {
    /// When.
    pub(crate) at: DateTime<Utc>,
    /// The saved account, `None` for a fresh one.
    pub(crate) account: Option<SavedExchange>,
    /// Cash of a fresh account in place of the settings'.
    pub(crate) cash: Option<catalyst_domain::money::Money>,
}

/// The ports over a simulated world. Whoever needs to keep other processes out holds the file lock
/// already.
pub(crate) fn sim_ports(
    world: &Arc<SimWorld>,
    advisor: Option<Arc<dyn Advisor>>,
    journal: Arc<dyn Journal>,
    notifier: Arc<dyn Notifier>,
) -> Ports {
    Ports {
        clock: Arc::new(SimClock::new(Arc::clone(world))),
        market: Arc::new(SimMarketData::new(Arc::clone(world))),
        catalog: Arc::new(SimCatalog::new(Arc::clone(world))),
        account: Arc::new(SimAccount::new(Arc::clone(world))),
        gateway: Arc::new(SimGateway::new(Arc::clone(world))),
        advisor,
        news: Arc::new(SimNews::new(Arc::clone(world))),
        journal,
        halt: Arc::new(NoHalt),
        lock: Arc::new(InProcessLock::new()),
        notifier,
    }
}

/// The order desk of `world` that keeps the account in `state` up to date.
pub(crate) fn saving_gateway(world: &Arc<SimWorld>, state: &Path) -> Arc<dyn OrderGateway> {
    Arc::new(saving::SavingGateway::new(world, state.to_owned()))
}

/// The headlines that the settings choose: the broker's `own`, or those of the feeds by `clock`.
pub(crate) fn news_feed(
    settings: &NewsSettings,
    own: Arc<dyn NewsFeed>,
    clock: &Arc<dyn Clock>,
) -> Result<Arc<dyn NewsFeed>, ComposeError> {
    if settings.source == NewsSource::Broker {
        return Ok(own);
    }
    let feeds = settings.feeds.iter();
    let feeds = feeds.map(|feed| FeedConfig::parse(&feed.name, &feed.url, feed.language));
    let config = NewsConfig {
        feeds: feeds.collect::<Result<_, SetupError>>()?,
        timeout: settings.timeout,
    };
    let own = settings
        .names_file
        .as_deref()
        .map_or(Ok(String::new()), read)?;
    let names = Names::built_in().and_then(|names| names.with(&own));
    let names = names.map_err(SetupError::from)?;
    Ok(Arc::new(FeedNews::new(config, names, Arc::clone(clock))?))
}

/// Keeps alerts in memory: in a rehearsal there is nobody to tell.
pub(crate) fn quiet() -> Arc<dyn Notifier> {
    Arc::new(CollectingNotifier::new())
}

/// The simulated account as it was saved in `state`, if it was.
pub(crate) fn saved_account(state: &Path) -> Result<Option<SavedExchange>, ComposeError> {
    let path = account_file(state);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(ComposeError::File { path, source }),
    };
    let account = serde_json::from_str(&text)
        .map_err(|source| ComposeError::SavedAccount { path, source })?;
    Ok(Some(account))
}

/// Keeps the account of `world` in `state`, whole or not at all.
pub(crate) fn save_account(state: &Path, world: &SimWorld) -> Result<(), ComposeError> {
    let path = account_file(state);
    let fresh = path.with_extension("json.new");
    let text = serde_json::to_string(&world.saved_account()).map_err(|source| {
        ComposeError::SavedAccount {
            path: path.clone(),
            source,
        }
    })?;
    std::fs::write(&fresh, text)
        .and_then(|()| std::fs::rename(&fresh, &path))
        .map_err(|source| ComposeError::File { path, source })
}

fn account_file(state: &Path) -> PathBuf {
    state.join("sim-account.json")
}
