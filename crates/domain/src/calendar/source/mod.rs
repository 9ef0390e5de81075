//! Reading an exchange's calendar files: the profile, the phase shapes, the days out of the ordinary.

mod days;
mod error;
mod line;
mod profile;
mod shapes;
#[cfg(test)]
mod tests;

pub(super) use days::{OddDay, parse_days};
pub use error::CalendarError;
pub use profile::CalendarSource;
pub(super) use profile::parse_profile;
pub(super) use shapes::parse_shapes;
