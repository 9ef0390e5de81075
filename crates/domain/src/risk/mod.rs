//! The risk gate: the only maker of approved orders.
//!
//! Every rule of the owner is one plain function in a list; all run, all breaches are reported. The
//! gate judges and never edits. What a rule needs and is missing is a breach, never a default.

mod approved;
mod assessment;
mod breach;
mod case;
mod evidence;
mod exit_rules;
mod gate;
mod halt;
mod ledger;
mod limits;
mod loss_watch;
mod named_limit;
mod raw_limits;
mod rule;
mod rules;
mod sizing;
mod view;

pub use approved::ApprovedOrder;
pub use assessment::{Assessment, EntryCosts};
pub use breach::{Breach, Figure, Refusal};
pub use evidence::{Evidence, Headline, NamedHeadline};
pub use gate::{RiskDecision, RiskGate};
pub use halt::{DayStage, TradingState};
pub use ledger::{LimitChange, LimitLedger, Weighed};
pub use limits::{LimitError, RiskLimits};
pub use loss_watch::LossVerdict;
pub use named_limit::{LimitValue, Looser, NamedLimit};
pub use raw_limits::{EntryCriteria, FeedPolicy, MarketOrders, RawLimits};
pub use rule::Rule;
pub use view::{AccountView, DayView, Held, RiskView, WorkingOrder, WorkingRole};
