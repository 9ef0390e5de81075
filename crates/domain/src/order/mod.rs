//! The life of an order: idea, intent, approved order (made in `risk`), ticket, fill.

mod bracket;
mod execution;
mod fill;
mod id;
mod idea;
mod intent;
mod plan;
mod ticket;

pub use bracket::{Bracket, BracketError};
pub use execution::{Execution, FeesAre};
pub use fill::{ExecutionId, Fill};
pub use id::{ClientOrderId, CycleId, IdError, Leg, RunKind};
pub use idea::{EntryIdea, EntryKind};
pub use intent::{EntryIntent, ExitCause, ExitIntent, ExitKind, OrderIntent, ProtectIntent};
pub use plan::{BracketPlan, EntryPrice, ExitPlan, ExitPrice, OrderPlan, ProtectPlan};
pub use ticket::{OrderTicket, TicketStatus};
