//! A moment on the command line.

use chrono::{DateTime, FixedOffset};

/// Reads a moment with its offset, or says what one looks like.
///
/// The form is RFC 3339, of which a person rarely types all parts.
pub(crate) fn moment(text: &str) -> Result<DateTime<FixedOffset>, String> {
    DateTime::parse_from_rfc3339(text).map_err(|_missing| {
        "allowed is a date, a time and an offset, such as 2026-11-23T10:00:00+08:00".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_moment_is_whole_or_told_by_an_example() {
        let whole = moment("2026-11-23T10:00:00+08:00").unwrap();
        assert_eq!(whole.to_utc().to_string(), "2026-11-23 02:00:00 UTC");
        for part in ["2026-11-23", "10:00", "2026-11-23T10:00:00", "now", ""] {
            let told = moment(part).unwrap_err();
            assert!(
                told.ends_with("such as 2026-11-23T10:00:00+08:00"),
                "{told}"
            );
        }
    }
}
