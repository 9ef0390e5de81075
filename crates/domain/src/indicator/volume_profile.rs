//! How a day's volume spreads over its minutes: the share that is usually done by a given time.

/// Means of 2019 and 2020; columns and source stand in the file's head.
const HKEX_TABLE: &str = include_str!("../../data/hkex/volume_profile.csv");

const HEADER: &str = "minutes_traded,share";

/// The cumulative share of a full day's volume by minutes of continuous trading since the open,
/// linear between its knots; lunch takes no minutes.
#[derive(Clone, Debug, PartialEq)]
pub struct VolumeProfile {
    first: Knot,
    rest: Vec<Knot>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Knot {
    minutes: f64,
    share: f64,
}

impl VolumeProfile {
    /// The profile of Hong Kong's large and mid caps that ships with the program.
    pub fn hkex() -> Result<Self, VolumeProfileError> {
        Self::parse(HKEX_TABLE)
    }

    /// Reads a table of `minutes_traded,share` rows; lines that begin with `#` are notes.
    ///
    /// Minutes start at 0 and rise; shares start above zero (the opening auction), never fall, and
    /// end at 1. The last minute is the length of a full day.
    ///
    /// ```
    /// use catalyst_domain::indicator::VolumeProfile;
    /// assert!(VolumeProfile::parse("minutes_traded,share\n0,0.1\n150,0.6\n330,1.0").is_ok());
    /// assert_eq!(
    ///     VolumeProfile::parse("minutes_traded,share\n0,0.1\n330,0.9").unwrap_err().to_string(),
    ///     "volume profile is no cumulative share: its last share is not 1"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, VolumeProfileError> {
        let mut rows = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#'));
        match rows.next() {
            Some((_, HEADER)) => {}
            Some((_, other)) => {
                return Err(VolumeProfileError::Header {
                    found: other.to_owned(),
                });
            }
            None => {
                return Err(VolumeProfileError::Header {
                    found: String::new(),
                });
            }
        }
        let mut knots = Vec::new();
        for (index, line) in rows {
            let knot = parse_row(line).ok_or_else(|| VolumeProfileError::Row {
                line: index + 1,
                found: line.to_owned(),
            })?;
            knots.push(knot);
        }
        Self::from_knots(&knots)
    }

    fn from_knots(knots: &[Knot]) -> Result<Self, VolumeProfileError> {
        let [first, rest @ ..] = knots else {
            return Err(VolumeProfileError::Shape("it has no rows"));
        };
        let Some(last) = rest.last() else {
            return Err(VolumeProfileError::Shape("it has one row only"));
        };
        if first.minutes > 0.0 {
            return Err(VolumeProfileError::Shape("its minutes do not begin at 0"));
        }
        if first.share <= 0.0 {
            return Err(VolumeProfileError::Shape("its first share is not above 0"));
        }
        if last.share < 1.0 {
            return Err(VolumeProfileError::Shape("its last share is not 1"));
        }
        let climbs = knots
            .iter()
            .zip(rest)
            .all(|(before, after)| before.minutes < after.minutes && before.share <= after.share);
        if !climbs {
            return Err(VolumeProfileError::Shape(
                "its minutes do not rise or its shares fall",
            ));
        }
        Ok(Self {
            first: *first,
            rest: rest.to_vec(),
        })
    }

    /// Minutes of continuous trading in a full day.
    pub(super) fn full_day_minutes(&self) -> f64 {
        self.rest.last().unwrap_or(&self.first).minutes
    }

    /// The share done after that many minutes, above 0 and at most 1; the ends hold beyond them.
    pub(super) fn share_at(&self, minutes: f64) -> f64 {
        let mut before = self.first;
        for &after in &self.rest {
            if minutes <= after.minutes {
                let way = (minutes - before.minutes) / (after.minutes - before.minutes);
                return before.share + way.clamp(0.0, 1.0) * (after.share - before.share);
            }
            before = after;
        }
        before.share
    }
}

fn parse_row(line: &str) -> Option<Knot> {
    let (minutes, share) = line.split_once(',')?;
    let (Ok(minutes), Ok(share)) = (minutes.parse::<u16>(), share.parse::<f64>()) else {
        return None;
    };
    (0.0..=1.0).contains(&share).then(|| Knot {
        minutes: f64::from(minutes),
        share,
    })
}

/// Why a table is not a volume profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VolumeProfileError {
    /// The first line that is no note names other columns.
    #[error("volume profile begins with {found:?}; expected {HEADER:?}")]
    Header {
        /// The line in its place.
        found: String,
    },
    /// A row that is not whole minutes and a share.
    #[error(
        "volume profile line {line} is {found:?}; expected minutes,share with a share from 0 to 1"
    )]
    Row {
        /// Line of the file, from 1.
        line: usize,
        /// The line itself.
        found: String,
    },
    /// Rows that are fine one by one and together are no cumulative share.
    #[error("volume profile is no cumulative share: {0}")]
    Shape(&'static str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_profile_tells_the_measured_shares() {
        let profile = VolumeProfile::hkex().unwrap();

        for (clock, minutes, share) in [
            ("before the open", 0.0, 0.0139),
            ("09:45", 15.0, 0.10385),
            ("10:00", 30.0, 0.1591),
            ("lunch", 150.0, 0.42996),
            ("15:59", 329.0, 0.8817),
            ("16:00", 330.0, 1.0),
            ("later", 400.0, 1.0),
        ] {
            assert!((profile.share_at(minutes) - share).abs() < 1e-12, "{clock}");
        }
        assert!((profile.full_day_minutes() - 330.0).abs() < 1e-12);
    }

    #[test]
    fn shares_between_knots_lie_on_a_line() {
        let profile =
            VolumeProfile::parse("# note\nminutes_traded,share\n0,0.1\n10,0.5\n20,1.0\n").unwrap();

        assert!((profile.share_at(5.0) - 0.3).abs() < 1e-12);
        assert!((profile.share_at(10.0) - 0.5).abs() < 1e-12);
        assert!((profile.share_at(12.0) - 0.6).abs() < 1e-12);
    }

    #[test]
    fn a_broken_table_is_refused_by_its_fault() {
        let refused = |text: &str| VolumeProfile::parse(text).unwrap_err().to_string();

        assert_eq!(
            refused("minute,mean\n0,0.1\n"),
            "volume profile begins with \"minute,mean\"; expected \"minutes_traded,share\""
        );
        assert_eq!(
            refused("minutes_traded,share\n0,0.1\n5,NaN\n"),
            "volume profile line 3 is \"5,NaN\"; expected minutes,share with a share from 0 to 1"
        );
        for (rows, fault) in [
            ("", "it has no rows"),
            ("0,1.0", "it has one row only"),
            ("5,0.1\n9,1.0", "its minutes do not begin at 0"),
            ("0,0.0\n9,1.0", "its first share is not above 0"),
            ("0,0.1\n9,0.9", "its last share is not 1"),
            (
                "0,0.2\n5,0.1\n9,1.0",
                "its minutes do not rise or its shares fall",
            ),
        ] {
            assert_eq!(
                refused(&format!("minutes_traded,share\n{rows}")),
                format!("volume profile is no cumulative share: {fault}")
            );
        }
    }
}
