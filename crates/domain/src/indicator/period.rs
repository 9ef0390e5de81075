//! The number of bars an indicator looks over: bounded, so that a setting cannot ask for nonsense.

/// Longest period any indicator takes, in bars; the longest in common use is 200.
const PERIOD_MAX: u16 = 1_000;

/// A period between one bar and a thousand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period(u16);

impl Period {
    pub(super) fn new(bars: u16) -> Result<Self, PeriodError> {
        if (1..=PERIOD_MAX).contains(&bars) {
            Ok(Self(bars))
        } else {
            Err(PeriodError { found: bars })
        }
    }

    pub(super) const fn bars(self) -> u16 {
        self.0
    }

    pub(super) fn as_f64(self) -> f64 {
        f64::from(self.0)
    }

    pub(super) fn as_len(self) -> usize {
        usize::from(self.0)
    }
}

/// An indicator was asked to look over no bars, or over far too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("period is {found} bars; allowed are 1 to {PERIOD_MAX}")]
pub struct PeriodError {
    found: u16,
}

impl PeriodError {
    pub(super) fn refusing(period: Period) -> Self {
        Self {
            found: period.bars(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_from_one_to_a_thousand_are_allowed() {
        assert_eq!(Period::new(1).unwrap().as_len(), 1);
        assert_eq!(Period::new(1_000).unwrap().bars(), 1_000);
        assert_eq!(
            Period::new(0).unwrap_err().to_string(),
            "period is 0 bars; allowed are 1 to 1000"
        );
        assert_eq!(Period::new(1_001), Err(PeriodError { found: 1_001 }));
    }
}
