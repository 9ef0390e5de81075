//! The files that the settings name and a run opens, each opened here first.

use std::path::Path;

use catalyst_app::chain;

use super::check::Check;
use crate::compose::{self, ComposeError};
use crate::policy::universe;
use crate::settings::{AdvisorChoice, Broker, Settings};

/// One failure each, or one line that all are there.
pub(super) fn look(settings: &Settings, state: &Path) -> Vec<Check> {
    let mut wrong: Vec<(ComposeError, &str)> = Vec::new();
    let names = universe(&settings.scan.names).err();
    wrong.extend(names.map(|error| (error, "mend scan.universe or its list")));
    if let AdvisorChoice::Script(path) | AdvisorChoice::Cassette(path) = &settings.advisor {
        let remedy = "name a file that is there in advisor.kind";
        wrong.extend(compose::read(path).err().map(|error| (error, remedy)));
    }
    if settings.broker.name == Broker::Sim {
        let remedy = "put the file back from a backup, or begin anew with another --state DIR";
        let account = compose::saved_account(state).err();
        wrong.extend(account.map(|error| (error, remedy)));
    }
    if wrong.is_empty() {
        return vec![Check::ok("files", "what the settings name can be read")];
    }
    wrong
        .iter()
        .map(|(error, remedy)| Check::failure("files", chain(error), *remedy))
        .collect()
}
