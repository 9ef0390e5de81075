//! Who advises: rules, a script, Claude, or a recording.

use std::path::Path;
use std::sync::Arc;

use catalyst_adapters_sim::advisor::{RulesAdvisor, ScriptAdvisor};
use catalyst_domain::risk::RiskLimits;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::advisor::Advisor;
use chrono::NaiveTime;

use super::bounded_advisor::BoundedAdvisor;
use super::claude::{cassette, claude};
use super::{ComposeError, read};
use crate::settings::{AdvisorChoice, Settings};

/// An advisor, with the times of day at which a script wants to be woken.
pub(crate) struct Advised {
    pub(crate) advisor: Arc<dyn Advisor>,
    pub(crate) times: Vec<NaiveTime>,
}

/// Who is to advise, and under which limits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Advising<'a> {
    pub(crate) choice: &'a AdvisorChoice,
    /// Keeps what Claude answers; of no use to others.
    pub(crate) record: Option<&'a Path>,
    /// What Claude is told; the gate has its own.
    pub(crate) limits: &'a RiskLimits,
}

/// The advisor that was chosen, held to the time of its cycle.
pub(crate) fn advisor(
    asked: Advising<'_>,
    settings: &Settings,
    rules: &Rulebook,
) -> Result<Advised, ComposeError> {
    let Advised { advisor, times } = chosen(asked, settings, rules)?;
    Ok(Advised {
        advisor: Arc::new(BoundedAdvisor(advisor)),
        times,
    })
}

fn chosen(
    asked: Advising<'_>,
    settings: &Settings,
    rules: &Rulebook,
) -> Result<Advised, ComposeError> {
    let timeless = |advisor| Advised {
        advisor,
        times: Vec::new(),
    };
    match asked.choice {
        AdvisorChoice::Claude => claude(settings, asked.limits, rules, asked.record).map(timeless),
        AdvisorChoice::Cassette(path) => {
            cassette(settings, asked.limits, rules, path).map(timeless)
        }
        AdvisorChoice::Rules => Ok(timeless(Arc::new(RulesAdvisor::new(rules.ticks.clone())))),
        AdvisorChoice::Script(path) => {
            let script =
                ScriptAdvisor::parse(&read(path)?).map_err(|source| ComposeError::Script {
                    path: path.clone(),
                    source,
                })?;
            Ok(Advised {
                times: script.times(),
                advisor: Arc::new(script),
            })
        }
    }
}
