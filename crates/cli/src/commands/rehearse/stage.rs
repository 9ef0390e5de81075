//! The stage of a rehearsal: which days, which bars, which account, which advisor.

use std::sync::Arc;

use catalyst_app::{Policy, Ports};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::rulebook::Rulebook;
use chrono::NaiveTime;

use super::RehearseArgs;
use super::unplayed::Unplayed;
use crate::commands::{Failure, tell};
use crate::compose::{self, Advising, Begins, JournalPlace};
use crate::policy::{policy, universe};
use crate::provenance::provenance;
use crate::settings::{Broker, NewsSource, Settings};
use crate::source::{Source, cash};

/// Everything a rehearsal plays with.
pub(super) struct Stage {
    pub(super) dates: Vec<TradingDate>,
    pub(super) ports: Ports,
    pub(super) policy: Policy,
    pub(super) rules: Arc<Rulebook>,
    /// Times at which a script wants to be woken beside the schedule.
    pub(super) times: Vec<NaiveTime>,
    /// The seed of generated days, `None` when the bars come from files.
    pub(super) seed: Option<u64>,
    pub(super) refused: Vec<String>,
    /// The practice gateway of a rehearsal that goes over the wire.
    pub(super) wire: Option<compose::Wire>,
}

/// Sets the stage.
pub(super) async fn set(
    args: &RehearseArgs,
    settings: &Settings,
    rules: Arc<Rulebook>,
    place: Option<&JournalPlace>,
) -> Result<Stage, Failure> {
    let rules = compose::with_lots(rules, args.source.lots.as_deref())?;
    let choice = args.advisor.as_ref().unwrap_or(&settings.advisor);
    let news = compose::headlines(args.source.news.as_deref())?;
    if settings.news.source == NewsSource::Feeds {
        tell(
            "news.source is feeds, which know nothing of rehearsed days: generated headlines and those of --news play",
        )?;
    }
    let source = Source::open(&args.source, args.days, settings, &rules)?;
    let playing = |date: &TradingDate| (*date, source.tape.symbols_on(*date));
    let playing = source.dates.iter().map(playing).collect();
    if let Some(unplayed) = Unplayed::of(&news, &playing, &rules.calendar) {
        tell(&unplayed.to_string())?;
    }
    let provenance = provenance(settings, choice, args.source.lots.as_deref())?;
    let mut policy = policy(settings, provenance, universe(&settings.scan.names)?);
    if let Some(criteria) = args.entry_criteria {
        let limits = settings.limits.clone().with_entry_criteria(criteria);
        policy.gate = catalyst_domain::risk::RiskGate::new(limits);
    }
    let asked = Advising {
        choice,
        record: args.record.as_deref(),
        limits: policy.gate.limits(),
    };
    let advised = compose::advisor(asked, settings, &rules)?;
    let opens = source.dates.first().copied().unwrap_or(settings.sim.date);
    let cash = cash(&args.source, settings)?;
    let morning = rules.calendar.at(opens, NaiveTime::MIN);
    let begins = Begins {
        at: morning,
        account: None,
        cash,
    };
    let world = compose::world(settings, &rules, source.tape, news, begins)?;
    let journal = match place {
        Some(place) => {
            let seed = args.source.seed.unwrap_or(settings.sim.seed);
            let name = format!("rehearsal of {opens}, seed {seed}");
            compose::rehearsal_journal(place, &name, &rules, morning).await?
        }
        None => compose::memory_journal(&rules),
    };
    let (mut ports, wire) = match args.broker {
        Broker::Sim => (
            compose::sim_ports(&world, None, journal, compose::quiet()),
            None,
        ),
        Broker::Ibkr => {
            let (ports, wire) = compose::wired_ports(&world, settings, &rules, journal)?;
            (ports, Some(wire))
        }
    };
    ports.advisor = Some(advised.advisor);
    Ok(Stage {
        dates: source.dates,
        ports,
        policy,
        rules,
        times: advised.times,
        seed: source.seed,
        wire,
        refused: source.refused,
    })
}
