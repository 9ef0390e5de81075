//! Manners of a guest in a shared database: what is read of a neighbour and how that is checked, what
//! is shown to him, and the role that can do no more.

mod contract;
mod role;
mod securities;
mod views;

pub use contract::ColumnFound;
pub(crate) use contract::Neighbour;
pub use role::role_script;
pub(crate) use securities::copy_security_ids;
pub(crate) use views::make_compatibility_views;
