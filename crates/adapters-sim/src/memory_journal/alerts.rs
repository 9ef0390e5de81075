//! Alerts with what became of them, told from the entries of every cycle.

use std::collections::BTreeMap;

use async_trait::async_trait;
use catalyst_ports::journal::{
    ALERTS_KEPT_FOR, AlertEnding, AlertNumber, AlertQueue, JournalEntry, JournalError, KeptAlert,
};
use catalyst_ports::notifier::Alert;
use chrono::{DateTime, Utc};

use super::MemoryJournal;

#[async_trait]
impl AlertQueue for MemoryJournal {
    async fn alerts(&self, now: DateTime<Utc>) -> Result<Vec<KeptAlert>, JournalError> {
        let mut kept = Vec::new();
        let mut ends = BTreeMap::new();
        for cycle in self.cycles() {
            for entry in self.entries(cycle.id) {
                if let JournalEntry::AlertEnded { number, ending, at } = entry {
                    ends.insert(number, (ending, at));
                } else if let JournalEntry::Alert { alert, delivered } = entry {
                    let place = i64::try_from(kept.len()).unwrap_or(i64::MAX);
                    let run = Some(cycle.id);
                    kept.push(KeptAlert {
                        number: AlertNumber(place),
                        ended: delivered.then_some((AlertEnding::Delivered, alert.at)),
                        alert: Alert { run, ..alert },
                    });
                }
            }
        }
        kept.retain(|one| one.alert.at >= now - ALERTS_KEPT_FOR);
        for one in &mut kept {
            one.ended = one.ended.or_else(|| ends.get(&one.number).copied());
        }
        Ok(kept)
    }
}
