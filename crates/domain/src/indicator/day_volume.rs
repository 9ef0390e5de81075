//! Relative volume of a day at a time of day: is this day busier than usual, judged by now?
//! Volume so far against a full day's mean would find a busy day only after lunch.

use rust_decimal::prelude::ToPrimitive as _;

use super::volume_profile::VolumeProfile;
use crate::quantity::Shares;

/// Sessions the mean looks back over.
const SESSIONS_MAX: usize = 20;

/// Sessions with trade below which a mean says nothing about "usual".
const SESSIONS_MIN: u16 = 10;

/// Minutes after the open in which the projection is mostly noise.
const MINUTES_MIN: u16 = 5;

/// How much of a session's continuous trading is over, lunch not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayProgress {
    traded: u16,
    session: u16,
}

impl DayProgress {
    /// `traded` of the `session`'s minutes are over; a full day has 330, a half day 150.
    ///
    /// ```
    /// use catalyst_domain::indicator::DayProgress;
    /// assert!(DayProgress::new(150, 150).is_ok());
    /// assert_eq!(
    ///     DayProgress::new(151, 150).unwrap_err().to_string(),
    ///     "151 minutes traded of 150; allowed are 0 to the session's length, above 0"
    /// );
    /// ```
    pub fn new(traded: u16, session: u16) -> Result<Self, DayProgressError> {
        if session == 0 || traded > session {
            return Err(DayProgressError { traded, session });
        }
        Ok(Self { traded, session })
    }

    /// Minutes of the session that are over.
    pub const fn traded(self) -> u16 {
        self.traded
    }

    /// Minutes of the whole session.
    pub(super) const fn session(self) -> u16 {
        self.session
    }

    /// The same progress on a full day's clock: a half day lives a full one in fewer minutes.
    fn on_clock_of(self, full_day_minutes: f64) -> f64 {
        f64::from(self.traded) * full_day_minutes / f64::from(self.session)
    }
}

/// More minutes are over than the session has, or it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{traded} minutes traded of {session}; allowed are 0 to the session's length, above 0")]
pub struct DayProgressError {
    traded: u16,
    session: u16,
}

/// The day's volume, projected to its end, over the mean of past days: 1 is ordinary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DayRelativeVolume {
    /// The ratio and the number of sessions with trade its mean rests on, 10 to 20.
    Known {
        /// Projected volume over mean volume.
        ratio: f64,
        /// Sessions in the mean.
        sessions: u16,
    },
    /// The session is younger than five minutes.
    TooEarly,
    /// Too few of the last sessions had any trade.
    ShortHistory {
        /// Sessions with trade among the last 20; fewer than 10.
        sessions: u16,
    },
}

impl DayRelativeVolume {
    /// Measures a day by the volume it has done so far, in shares.
    ///
    /// `past_sessions` holds full-day volumes in shares, the latest last, today not among them; of
    /// them the last 20 count, those without trade excepted. Both sides must come from one source:
    /// sums of minute bars run 3 to 7 % below official daily volumes.
    ///
    /// ```
    /// use catalyst_domain::indicator::{DayProgress, DayRelativeVolume, VolumeProfile};
    /// let profile = VolumeProfile::hkex()?;
    /// let past = [10_000.0; 20];
    /// let after = |minutes| DayProgress::new(minutes, 330);
    /// let busy = DayRelativeVolume::measure(3_182.0, after(30)?, &past, &profile);
    /// assert!(busy.ratio().is_some_and(|ratio| (ratio - 2.0).abs() < 1e-9));
    /// let early = DayRelativeVolume::measure(3_182.0, after(4)?, &past, &profile);
    /// assert_eq!(early, DayRelativeVolume::TooEarly);
    /// let fresh = DayRelativeVolume::measure(3_182.0, after(30)?, &past[..9], &profile);
    /// assert_eq!(fresh, DayRelativeVolume::ShortHistory { sessions: 9 });
    /// assert_eq!(
    ///     after(331).unwrap_err().to_string(),
    ///     "331 minutes traded of 330; allowed are 0 to the session's length, above 0"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn measure(
        volume_so_far: f64,
        progress: DayProgress,
        past_sessions: &[f64],
        profile: &VolumeProfile,
    ) -> Self {
        let share = profile.share_at(progress.on_clock_of(profile.full_day_minutes()));
        Self::over_mean(volume_so_far / share, progress, past_sessions)
    }

    /// Measures a day by its volume so far against what past sessions had done by the same time, the
    /// latest last. Sessions that had done nothing by then leave the mean.
    pub(super) fn against(so_far: Shares, progress: DayProgress, past: &[Shares]) -> Self {
        let count = |shares: &Shares| shares.count().to_f64().unwrap_or(0.0);
        let past: Vec<f64> = past.iter().map(count).collect();
        Self::over_mean(count(&so_far), progress, &past)
    }

    fn over_mean(volume: f64, progress: DayProgress, past_sessions: &[f64]) -> Self {
        if progress.traded < MINUTES_MIN {
            return Self::TooEarly;
        }
        let mut sessions = 0_u16;
        let mut sum = 0.0;
        for &past in past_sessions.iter().rev().take(SESSIONS_MAX) {
            if past > 0.0 && past.is_finite() {
                sessions += 1;
                sum += past;
            }
        }
        if sessions < SESSIONS_MIN {
            return Self::ShortHistory { sessions };
        }
        Self::Known {
            ratio: volume / (sum / f64::from(sessions)),
            sessions,
        }
    }

    /// The ratio, for those to whom every reason for its absence is the same.
    pub const fn ratio(self) -> Option<f64> {
        match self {
            Self::Known { ratio, .. } => Some(ratio),
            Self::TooEarly | Self::ShortHistory { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(volume: f64, traded: u16, session: u16, past: &[f64]) -> DayRelativeVolume {
        DayRelativeVolume::measure(
            volume,
            DayProgress::new(traded, session).unwrap(),
            past,
            &VolumeProfile::hkex().unwrap(),
        )
    }

    fn ratio_of(reading: DayRelativeVolume) -> f64 {
        reading.ratio().unwrap()
    }

    #[test]
    fn a_day_with_the_usual_share_by_now_is_ordinary() {
        let reading = measured(1_591.0, 30, 330, &[10_000.0; 20]);

        assert!((ratio_of(reading) - 1.0).abs() < 1e-9, "{reading:?}");
    }

    #[test]
    fn a_half_day_reaches_the_share_of_a_full_day_in_fewer_minutes() {
        let full = measured(5_000.0, 165, 330, &[10_000.0; 20]);
        let half = measured(5_000.0, 75, 150, &[10_000.0; 20]);

        assert_eq!(full, half);
    }

    #[test]
    fn the_first_five_minutes_tell_nothing() {
        assert_eq!(
            measured(900.0, 4, 330, &[10_000.0; 20]),
            DayRelativeVolume::TooEarly
        );
        assert!((ratio_of(measured(566.0, 5, 330, &[10_000.0; 20])) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn sessions_without_trade_leave_the_mean_and_too_few_give_no_ratio() {
        let mut past = vec![0.0; 10];
        past.extend([10_000.0; 10]);
        let ten = measured(15_910.0, 30, 330, &past);
        past.push(0.0);
        let nine_and_old = measured(15_910.0, 30, 330, &past[2..19]);

        assert!(
            matches!(ten, DayRelativeVolume::Known { sessions: 10, .. }),
            "{ten:?}"
        );
        assert!((ratio_of(ten) - 10.0).abs() < 1e-9);
        assert_eq!(
            nine_and_old,
            DayRelativeVolume::ShortHistory { sessions: 9 }
        );
        assert_eq!(nine_and_old.ratio(), None);
    }

    #[test]
    fn only_the_last_twenty_sessions_count() {
        let mut past = vec![1e9; 30];
        past.extend([10_000.0; 20]);

        let reading = measured(1_591.0, 30, 330, &past);

        assert!(matches!(
            reading,
            DayRelativeVolume::Known { sessions: 20, .. }
        ));
        assert!((ratio_of(reading) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn progress_beyond_the_session_is_refused() {
        assert_eq!(
            DayProgress::new(331, 330).unwrap_err().to_string(),
            "331 minutes traded of 330; allowed are 0 to the session's length, above 0"
        );
        assert_eq!(
            DayProgress::new(0, 0),
            Err(DayProgressError {
                traded: 0,
                session: 0
            })
        );
    }
}
