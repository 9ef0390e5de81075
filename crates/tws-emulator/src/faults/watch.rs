//! Counts messages, and tells the faults that wait for them.

use std::collections::BTreeMap;

use super::effect::{Effect, Fault, Trigger};
use super::script::FaultScript;

/// Faults with the messages each has seen.
#[derive(Debug, Default)]
pub(crate) struct FaultWatch {
    waiting: Vec<(Fault, u32)>,
    seen: BTreeMap<Trigger, u32>,
}

impl FaultWatch {
    /// Watches for the faults of `script`, from no messages seen.
    pub(crate) fn of(script: FaultScript) -> Self {
        let waiting = script.faults.into_iter().map(|fault| (fault, 0));
        Self {
            waiting: waiting.collect(),
            seen: BTreeMap::new(),
        }
    }

    /// Counts a message, and says what befalls it: the effect of the first fault whose turn it is.
    pub(crate) fn befalls(&mut self, trigger: Trigger) -> Option<Effect> {
        let count = self.seen.entry(trigger).or_insert(0);
        *count = count.saturating_add(1);
        let mut effect = None;
        for (fault, seen) in &mut self.waiting {
            if fault.on != trigger {
                continue;
            }
            let number = *seen;
            *seen = seen.saturating_add(1);
            let last = fault.after.saturating_add(fault.times);
            if effect.is_none() && number >= fault.after && number < last {
                effect = Some(fault.effect.clone());
            }
        }
        effect
    }

    /// Messages so far that could have set a fault off.
    pub(crate) fn seen(&self, trigger: Trigger) -> u32 {
        self.seen.get(&trigger).copied().unwrap_or(0)
    }
}
