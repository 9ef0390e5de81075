//! The journal: reached, of this program's schema, and what its last runs say.

use std::path::Path;

use catalyst_app::chain;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::{Archive, Census};
use chrono::{DateTime, Utc};

use super::check::Check;
use crate::commands::RESTORE;
use crate::compose::{self, ComposeError, JournalPlace, NoJournal};
use crate::policy::schedule;
use crate::settings::Settings;

/// What to do where the database does not answer.
const MEND: &str = "run `catalyst db status`; start the database or mend the section database";

/// What to do where a file does not.
const MEND_FILE: &str = "run `catalyst db status`; the file has to be readable for this user, in a folder that \
                         he can write, on a disk with room";

/// The database and what the runs in it say at `now`.
pub(super) async fn look(
    settings: &Settings,
    rules: &Rulebook,
    state: &Path,
    now: DateTime<Utc>,
) -> Vec<Check> {
    let place = match JournalPlace::of(&settings.database, None, state) {
        Ok(place) => place,
        Err(error) => return vec![Check::failure("journal", chain(&error), MEND)],
    };
    if place.is_absent() {
        return vec![Check::ok("journal", "none yet; the first run makes it")];
    }
    match counted(&place, rules).await {
        Ok((archive, census)) => {
            let mut checks = vec![Check::ok("journal", told(&place, &census))];
            let silent = remedy_of_silence(&place);
            checks.extend(runs(settings, rules, archive.as_ref(), (now, silent)).await);
            checks
        }
        Err(error) => vec![Check::failure(
            "journal",
            chain(&error),
            remedy(&place, &error),
        )],
    }
}

/// What to do where the journal at `place` ended in `error`.
fn remedy(place: &JournalPlace, error: &ComposeError) -> &'static str {
    if error.is_damage() {
        RESTORE
    } else {
        remedy_of_silence(place)
    }
}

const fn remedy_of_silence(place: &JournalPlace) -> &'static str {
    match place {
        JournalPlace::File(_) => MEND_FILE,
        JournalPlace::Postgres(_) => MEND,
    }
}

async fn counted(
    place: &JournalPlace,
    rules: &Rulebook,
) -> Result<(std::sync::Arc<dyn Archive>, Census), ComposeError> {
    let archive = compose::archive(place, rules).await?;
    let census = archive.census().await.map_err(NoJournal::Silent)?;
    Ok((archive, census))
}

fn told(place: &JournalPlace, census: &Census) -> String {
    let (engine, mib) = (census.engine, census.bytes >> 20);
    format!(
        "{engine} at {}, {mib} MiB, {} rows",
        place.describe(),
        census.head.rows
    )
}

/// The dead-man's check, as a word in passing: `catalyst watch` is the one that calls.
async fn runs(
    settings: &Settings,
    rules: &Rulebook,
    archive: &dyn Archive,
    (now, silent): (DateTime<Utc>, &'static str),
) -> Vec<Check> {
    let name = "last runs";
    let schedule = schedule(settings);
    let judged = crate::commands::watch::alarms(archive, settings.watch, &schedule, rules, now);
    match judged.await {
        Ok(alarms) if alarms.is_empty() => vec![Check::ok(name, "came when they were due")],
        Ok(alarms) => alarms
            .iter()
            .map(|alarm| Check::warning(name, alarm.to_string(), alarm.remedy()))
            .collect(),
        Err(error) => vec![Check::failure(name, chain(error.as_ref()), silent)],
    }
}
