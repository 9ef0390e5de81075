//! The built program and Claude's stand-in, a server on this machine: what each answer comes to in orders,
//! records and exit code, what a day costs, what the harness adds, and where the key never is.

mod account;
mod brain;
mod broken;
mod calls;
mod costs;
mod day;
mod doctor;
mod live;
mod overhead;
mod rows;
mod scene;
mod secrets;
pub(crate) mod server;
mod spend;
mod statuses;
mod stops;
pub(crate) mod words;
