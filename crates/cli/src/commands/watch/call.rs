//! Calling somebody: what a watch found goes over the owner's ways, the same words once in a while, and
//! where all is well somebody outside may wait for the sign of it.

use std::error::Error;

use catalyst_app::{OutsideDesk, chain, raise_outside};
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::KeptAlert;
use catalyst_ports::notifier::Alert;
use catalyst_ports::tool::Severity;
use chrono::{DateTime, TimeDelta, Utc};
use tracing::warn;

use super::{Answer, Line};
use crate::commands::{Home, real_now};
use crate::compose::{self, JournalPlace};

/// Sends every alarm of `answer` over mail and web hook, where the settings have one of them, or else the
/// ping, where all is well and one is wanted.
pub(super) async fn call(
    answer: &Answer,
    home: &Home,
    rules: &Rulebook,
) -> Result<(), Box<dyn Error>> {
    if answer.well {
        if let Some(url) = &home.settings.ping {
            compose::ping(url)?.send().await?;
        }
        return Ok(());
    }
    let settings = &home.settings.alerts;
    let ways = compose::telling(settings, rules, home.state.path());
    if !ways.has_channel {
        return Ok(());
    }
    if let Err(failure) = home.state.prepare() {
        let cause = chain(&failure);
        warn!(cause, "what is told now is not noted; it may be told again");
    }
    let now = answer.at.unwrap_or_else(real_now);
    let kept = match kept(home, rules, now).await {
        Ok(kept) => kept,
        Err(failure) => {
            let cause = chain(failure.as_ref());
            warn!(
                cause,
                "what was told before cannot be read; it may be told again"
            );
            Vec::new()
        }
    };
    let desk = OutsideDesk {
        notifier: ways.notifier.as_ref(),
        outbox: ways.outbox.as_ref(),
        kept: &kept,
        repeat: TimeDelta::minutes(settings.repeat_minutes.into()),
    };
    for line in &answer.alarms {
        raise_outside(desk, alert(line, now)).await?;
    }
    Ok(())
}

fn alert(line: &Line, at: DateTime<Utc>) -> Alert {
    Alert {
        severity: Severity::Critical,
        subject: format!("watch: {}", line.kind),
        message: format!("{}. What to do: {}", line.text, line.remedy),
        run: None,
        at,
    }
}

/// What the account's journal has of late; nothing where there is no journal yet.
async fn kept(
    home: &Home,
    rules: &Rulebook,
    now: DateTime<Utc>,
) -> Result<Vec<KeptAlert>, Box<dyn Error>> {
    let settings = &home.settings;
    let place = JournalPlace::of(&settings.database, None, home.state.path())?;
    if place.is_absent() {
        return Ok(Vec::new());
    }
    let account = compose::account_name(&settings.broker, settings.broker.name)?;
    match compose::alert_queue(&place, rules, account).await? {
        Some(queue) => Ok(queue.alerts(now).await?),
        None => Ok(Vec::new()),
    }
}
