//! Reconciliation: the broker's truth against the journal. Pure; every difference is a finding, with
//! what each side says and what is to happen about it.

mod discrepancy;
mod evidence;
mod finding;
mod positions;
mod protection;
mod remedy;
mod view;

pub use discrepancy::{Discrepancy, reconcile};
pub use finding::Finding;
pub use positions::compare_positions;
pub use protection::{check_protection, guarded_shares, is_being_left};
pub use remedy::{OrphanRule, ReconcilePolicy, Remedy};
pub use view::{BrokerView, ForeignOrder, JournalView};
