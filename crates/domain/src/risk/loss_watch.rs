//! The day's loss, seen more than once: one bad price must not sell everything, and a true fall must.

use crate::risk::DayStage;

/// What the readings of one run so far say of the daily loss limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LossVerdict {
    /// The last reading is within the limit.
    Within,
    /// At the limit, and not yet often enough in a row; so many readings more decide it.
    Doubtful {
        /// Readings that must still agree.
        more: u32,
    },
    /// At the limit in as many readings in a row as it takes: everything is left.
    Confirmed,
}

impl LossVerdict {
    /// Weighs `readings`, the oldest first. The stop takes `needed` in a row, counted back from the
    /// last; none needed counts as one. A reading within the limit begins the count anew.
    ///
    /// ```
    /// use catalyst_domain::risk::{DayStage, LossVerdict};
    /// let (within, stopped) = (DayStage::Normal, DayStage::Stopped);
    /// assert_eq!(LossVerdict::of(&[stopped], 3), LossVerdict::Doubtful { more: 2 });
    /// assert_eq!(LossVerdict::of(&[stopped, within], 3), LossVerdict::Within);
    /// assert_eq!(LossVerdict::of(&[within, stopped, stopped, stopped], 3), LossVerdict::Confirmed);
    /// ```
    pub fn of(readings: &[DayStage], needed: u32) -> Self {
        let at_limit = readings
            .iter()
            .rev()
            .take_while(|stage| **stage == DayStage::Stopped);
        let seen = u32::try_from(at_limit.count()).unwrap_or(u32::MAX);
        if seen == 0 {
            return Self::Within;
        }
        match needed.max(1).saturating_sub(seen) {
            0 => Self::Confirmed,
            more => Self::Doubtful { more },
        }
    }
}
