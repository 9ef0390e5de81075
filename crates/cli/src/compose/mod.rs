//! Composition: settings in, ports out. The only place that names adapters.

mod account_file;
mod addresses;
mod advisor;
mod bounded_advisor;
mod claude;
mod desk;
mod journal;
mod lock;
mod owner_files;
mod practice;
mod problem;
mod saving;
mod telling;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use catalyst_adapters_news::config::{FeedConfig, NewsConfig};
use catalyst_adapters_news::{FeedNews, SetupError, names::Names};
use catalyst_adapters_sim::bars::{DailyHistory, load_daily, load_minutes};
use catalyst_adapters_sim::config::SimConfig;
use catalyst_adapters_sim::exchange::SavedExchange;
use catalyst_adapters_sim::faces::{
    SimAccount, SimCatalog, SimClock, SimGateway, SimMarketData, SimNews,
};
use catalyst_adapters_sim::generator::Generator;
use catalyst_adapters_sim::headlines::parse_headlines;
use catalyst_adapters_sim::no_halt::NoHalt;
use catalyst_adapters_sim::no_lock::InProcessLock;
use catalyst_adapters_sim::notifier::CollectingNotifier;
use catalyst_adapters_sim::world::{SimWorld, WorldSetup};
use catalyst_app::Ports;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::market::Bar;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::advisor::Advisor;
use catalyst_ports::clock::Clock;
use catalyst_ports::journal::Journal;
use catalyst_ports::news::NewsFeed;
use catalyst_ports::notifier::Notifier;
use catalyst_ports::order_gateway::OrderGateway;
use chrono::{DateTime, Utc};

use crate::settings::{NewsSettings, NewsSource, Settings};

pub(crate) use account_file::{account_file, saved_account};
pub(crate) use addresses::suits;
pub(crate) use advisor::{Advising, advisor};
pub(crate) use catalyst_adapters_claude::{NoStanding, Standing};
pub(crate) use catalyst_adapters_ibkr::{IbkrError, IbkrSession};
pub(crate) use catalyst_adapters_postgres::is_damage;
pub(crate) use claude::{NoClaude, claude_model, claude_standing, instructions, mute, told};
pub(crate) use desk::{Desk, account_moment, account_name, run_clock};
pub(crate) use journal::{
    Connection, JournalPlace, NoJournal, ReadBook, SIM_ACCOUNT, account_journal, alert_queue,
    annals, archive, contract, memory_journal, migrate, read_journal, read_standing,
    rehearsal_journal, role,
};
pub(crate) use lock::{hung_run, run_lock};
pub(crate) use owner_files::OwnerFiles;
pub(crate) use practice::{Gateway, Practice, Wire, wired_ports};
pub(crate) use problem::ComposeError;
pub(crate) use telling::{Telling, letters, mail, ping, telling, webhook};

pub(crate) use catalyst_adapters_sim::bars::LoadedBars;
pub(crate) use catalyst_adapters_sim::headlines::Headline;
pub(crate) use catalyst_adapters_sim::world::Tape;

/// HKEX. A command reads its tables once, before the settings, which they bound.
pub(crate) fn rulebook() -> Result<Arc<Rulebook>, ComposeError> {
    Ok(Arc::new(Rulebook::of(Exchange::Hkex)?))
}

/// The same rules, with the user's lots above those on file.
pub(crate) fn with_lots(
    mut rules: Arc<Rulebook>,
    lots: Option<&Path>,
) -> Result<Arc<Rulebook>, ComposeError> {
    if let Some(path) = lots {
        let text = read(path)?;
        let own = rules.lots.clone().with_user_list(&text);
        Arc::make_mut(&mut rules).lots = own.map_err(|source| ComposeError::Lots {
            path: path.to_owned(),
            source,
        })?;
    }
    Ok(rules)
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

/// The minute bars that the settings' seed makes of a day.
pub(crate) fn generated_day(
    settings: &Settings,
    date: TradingDate,
    rules: &Arc<Rulebook>,
) -> Result<BTreeMap<Symbol, Vec<Bar>>, ComposeError> {
    let count = usize::try_from(settings.sim.symbols).unwrap_or(usize::MAX);
    let generator = Generator::of_first(Arc::clone(rules), settings.sim.seed, count)?;
    Ok(generator.day(date)?.bars)
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
        requests: Arc::new(NoHalt),
        stop: Arc::new(NoHalt),
        lock: Arc::new(InProcessLock::new()),
        notifier,
        alerts: None,
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
