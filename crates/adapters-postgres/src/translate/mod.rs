//! Between rows and domain values: pure functions, each able to say which row it could not read.

pub(crate) mod cell;
pub(crate) mod end;
pub(crate) mod entry;
pub(crate) mod fill;
pub(crate) mod finding;
pub(crate) mod note;
pub(crate) mod plan;
