//! One run at a time: the operating system's lock on a file, and PostgreSQL's on a session.

mod both;
mod file;
mod session;
mod taker;

pub use both::BothLocks;
pub use file::FileLock;
pub use session::SessionLock;
pub use taker::{LockTaker, overdue};
