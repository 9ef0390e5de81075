//! `catalyst risk accept`: the owner puts looser limits in force, and says that he did.

use std::io::{self, Write as _};

use catalyst_app::{Acceptance, CycleError, accept};
use catalyst_ports::journal::LimitRecord;
use serde_json::json;

use crate::args::GlobalArgs;
use crate::commands::{Failure, Home, real_now, runtime};
use crate::compose::{self, JournalPlace};
use crate::exit::ExitCode;
use crate::journal_args::StoreArg;
use crate::provenance::provenance;
use crate::settings::{Engine, Environment};

/// Flags of `catalyst risk accept`.
#[derive(Debug, clap::Args)]
pub(crate) struct AcceptArgs {
    /// Who accepts, for the record [default: the variable USER, else LOGNAME]
    #[arg(long, value_name = "NAME", value_parser = crate::commands::hands::words)]
    by: Option<String>,
    /// Accept the equity as the broker next reports it, as after a deposit or a withdrawal
    #[arg(long)]
    equity: bool,
    /// The engine of the journal [default: `database.engine` of the settings]
    #[arg(long, value_enum)]
    store: Option<StoreArg>,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
}

/// Records and prints what came into force.
pub(crate) fn run(args: &AcceptArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let rules = compose::rulebook()?;
    let Home {
        environment,
        settings,
        state,
    } = Home::open(global, &rules.calendar)?;
    let by = who(args, &environment)?;
    let place = JournalPlace::of(
        &settings.database,
        args.store.map(Engine::from),
        state.path(),
    )?;
    let provenance = provenance(&settings, &settings.advisor, None)?;
    let at = real_now();
    let accepted = runtime()?.block_on(async {
        let lock = compose::run_lock(&place, state.path(), at, settings.longest_run());
        let held = lock.acquire().await.map_err(CycleError::from)?;
        let _held = held.ok_or(CycleError::Busy)?;
        let account = compose::account_name(&settings.broker, settings.broker.name)?;
        let opened = compose::account_journal(&place, state.path(), &rules, account, at).await?;
        let acceptance = Acceptance {
            by: by.clone(),
            limits: &settings.limits,
            equity: args.equity,
            provenance,
            at,
        };
        let accepted = accept(opened.journal.as_ref(), &rules, acceptance).await;
        opened.connection.close().await;
        accepted.map_err(|error: CycleError| Failure::from(error))
    })?;
    write(&by, &accepted, args.json)?;
    Ok(ExitCode::Done)
}

fn who(args: &AcceptArgs, environment: &Environment) -> Result<String, Failure> {
    let mut names = vec![args.by.clone()];
    for variable in ["USER", "LOGNAME"] {
        let name = environment.text(variable).map_err(Failure::usage)?;
        names.push(name.map(str::to_owned));
    }
    names
        .into_iter()
        .flatten()
        .find(|name| !name.trim().is_empty())
        .ok_or_else(|| {
            Failure::new(
                "nobody is named who accepts",
                ExitCode::Usage,
                "say who you are with --by NAME",
            )
        })
}

fn write(by: &str, accepted: &[LimitRecord], json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if json {
        let changes = accepted
            .iter()
            .map(|change| json!({"name": change.name, "from": change.was, "to": change.becomes}));
        let document = json!({"accepted_by": by, "accepted": changes.collect::<Vec<_>>()});
        return writeln!(out, "{document}");
    }
    if accepted.is_empty() {
        return writeln!(out, "the limits of the settings are in force already");
    }
    for change in accepted {
        let from = change.was.as_deref().unwrap_or("nothing");
        let (name, to) = (&change.name, &change.becomes);
        writeln!(out, "accepted by {by}: {name} from {from} to {to}")?;
    }
    Ok(())
}
