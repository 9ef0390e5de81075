//! The settings of an ordinary rehearsal, as the app is given them.

use catalyst_app::{AlertRules, LunchExits, Policy, ScanPolicy, Schedule};
use catalyst_domain::budget::{Budget, BySpan};
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::grounding::GroundingRule;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::reconcile::{OrphanRule, ReconcilePolicy};
use catalyst_domain::risk::{RawLimits, RiskGate, RiskLimits};
use catalyst_domain::scan::{ScanLimits, Universe};
use catalyst_ports::journal::Provenance;
use catalyst_testkit::builders::usd;
use chrono::TimeDelta;

use super::stage::clock;

/// The settings of an ordinary rehearsal with these limits.
pub(crate) fn policy(limits: RawLimits) -> Policy {
    Policy {
        gate: RiskGate::new(RiskLimits::new(limits, Currency::Hkd).unwrap()),
        schedule: Schedule {
            slots: ["10:00", "10:30", "11:30"].map(clock).to_vec(),
            exit_before_lunch: TimeDelta::minutes(10),
            exit_before_close: TimeDelta::minutes(10),
        },
        plan: CommissionPlan::IbkrFixed,
        turns_max: 20,
        time_limit: TimeDelta::seconds(240),
        fill_wait: TimeDelta::seconds(90),
        market_slippage_ticks: 5,
        exit_slippage_ticks: 5,
        calls_max: 20,
        budget: Budget {
            most: BySpan {
                cycle: usd("0.50"),
                day: usd("1.50"),
                month: usd("25"),
            },
        },
        repairs_max: 20,
        loss_confirmations: 3,
        time_stop: None,
        alerts_max: 3,
        grounding: GroundingRule::Report,
        alerts: AlertRules {
            repeat: TimeDelta::minutes(60),
            per_hour: 20,
        },
        lunch_exits: LunchExits::FlatOnly,
        scan: ScanPolicy {
            universe: Universe::Members,
            limits: ScanLimits::usual(Currency::Hkd).unwrap(),
        },
        reconcile: ReconcilePolicy {
            cash_tolerance: Money::parse("100", Currency::Hkd).unwrap(),
            orphans: OrphanRule::Flatten,
        },
        provenance: Provenance {
            version: "0".to_owned(),
            settings_hash: "0".to_owned(),
            prompt_hash: None,
            rules_hash: "0".to_owned(),
        },
    }
}
