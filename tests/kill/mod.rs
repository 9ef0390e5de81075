//! The built program, killed with signal 9 while it trades on a practice gateway: at every message that
//! the gateway gets from it, and at moments left to chance. The gateway lives in this process, which is
//! another one than the program's, and goes on whatever becomes of it.

mod deaths;
pub(crate) mod journal;
pub(crate) mod stand;
pub(crate) mod whole;
