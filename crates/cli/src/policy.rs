//! Policy: the typed settings as the app wants them. Names no adapter.

use catalyst_app::{AlertRules, LunchExits, Policy, ScanPolicy, Schedule};
use catalyst_domain::risk::RiskGate;
use catalyst_domain::scan::Universe;
use catalyst_ports::journal::Provenance;
use chrono::{NaiveTime, TimeDelta};

use crate::compose::{ComposeError, read};
use crate::settings::{ScanNames, Settings};

/// End of continuous trading on an ordinary day, which the settings' exit times refer to.
const ORDINARY_CLOSE: (u32, u32) = (16, 0);
/// Lunch on an ordinary day.
const ORDINARY_LUNCH: (u32, u32) = (12, 0);

/// The policy that the settings describe.
pub(crate) fn policy(settings: &Settings, provenance: Provenance, universe: Universe) -> Policy {
    Policy {
        gate: RiskGate::new(settings.limits.clone()),
        schedule: schedule(settings),
        plan: settings.orders.commission,
        turns_max: settings.cycle.max_turns,
        calls_max: settings.cycle.max_calls,
        budget: settings.cycle.budget,
        time_limit: settings.cycle.time_limit,
        fill_wait: settings.orders.fill_wait,
        market_slippage_ticks: settings.orders.market_slippage_ticks,
        exit_slippage_ticks: settings.orders.market_slippage_ticks,
        repairs_max: settings.orders.repairs_max,
        loss_confirmations: settings.orders.loss_confirmations,
        time_stop: settings.orders.time_stop,
        alerts_max: settings.cycle.max_alerts,
        grounding: settings.cycle.grounding,
        alerts: AlertRules {
            repeat: TimeDelta::minutes(settings.alerts.repeat_minutes.into()),
            per_hour: settings.alerts.max_per_hour,
        },
        lunch_exits: match settings.schedule.lunch_exits {
            crate::settings::LunchExits::FlatOnly => LunchExits::FlatOnly,
            crate::settings::LunchExits::All => LunchExits::All,
            crate::settings::LunchExits::None => LunchExits::None,
        },
        scan: ScanPolicy {
            universe,
            limits: settings.scan.limits,
        },
        reconcile: settings.reconcile,
        provenance,
    }
}

/// When runs happen, and how long before the end of a session positions are left.
pub(crate) fn schedule(settings: &Settings) -> Schedule {
    let clock = |(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN);
    let schedule = &settings.schedule;
    Schedule {
        slots: schedule.slots.clone(),
        exit_before_lunch: clock(ORDINARY_LUNCH) - schedule.lunch_exit,
        exit_before_close: clock(ORDINARY_CLOSE) - schedule.eod_exit_from,
    }
}

/// The names a scan may look at; a list of the owner's is read now, so that a bad one begins nothing.
pub(crate) fn universe(names: &ScanNames) -> Result<Universe, ComposeError> {
    let ScanNames::List(path) = names else {
        return Ok(Universe::Members);
    };
    let list = Universe::parse_list(&read(path)?).map_err(|source| ComposeError::Names {
        path: path.clone(),
        source,
    })?;
    match &list {
        Universe::List(symbols) => {
            if let Some(symbol) = symbols.iter().find(|symbol| !symbol.is_all_digits()) {
                return Err(ComposeError::Foreign {
                    path: path.clone(),
                    symbol: *symbol,
                });
            }
        }
        Universe::Members => {}
    }
    Ok(list)
}
