//! Codes: what an error of the broker's table means for the order it names.
//!
//! The table is incomplete, so a code that is not here decides nothing by itself.

/// What a code says about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The order will not work.
    Rejected,
    /// The order was cancelled; what it filled before counts.
    Cancelled,
    /// It cannot be cancelled: unknown, another client's, or over. Its state has to be read again.
    NotCancelled,
    /// The order lives on, whatever the words.
    LivesOn,
    /// The order lives on and may sell what is not held.
    FlipRisk,
    /// Nothing is known by this code.
    Open,
}

/// Codes after which an order will not work.
const REJECTIONS: [i32; 31] = [
    109, 110, 163, 200, 201, 203, 320, 321, 322, 323, 355, 382, 383, 387, 388, 403, 411, 412, 413,
    414, 426, 434, 435, 460, 10006, 10224, 10250, 10324, 10325, 10326, 10327,
];

/// Codes that look like an end and are none. 10349 may even come with a `Cancelled` before the order
/// works and fills.
const HARMLESS: [i32; 6] = [399, 481, 10311, 10329, 10349, 10328];

/// What `code` means.
pub(crate) fn meaning_of(code: i32) -> Meaning {
    match code {
        202 => Meaning::Cancelled,
        133..=136 | 161 | 10147 | 10148 => Meaning::NotCancelled,
        404 | 2137 => Meaning::FlipRisk,
        2100..=2199 => Meaning::LivesOn,
        code if HARMLESS.contains(&code) => Meaning::LivesOn,
        code if REJECTIONS.contains(&code) => Meaning::Rejected,
        _ => Meaning::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::{HARMLESS, Meaning, REJECTIONS, meaning_of};

    #[test]
    fn a_code_has_one_meaning() {
        for code in REJECTIONS {
            assert_eq!(meaning_of(code), Meaning::Rejected, "{code}");
        }
        for code in HARMLESS {
            assert_eq!(meaning_of(code), Meaning::LivesOn, "{code}");
        }
        for (code, meaning) in [
            (202, Meaning::Cancelled),
            (161, Meaning::NotCancelled),
            (10147, Meaning::NotCancelled),
            (10148, Meaning::NotCancelled),
            (404, Meaning::FlipRisk),
            (2137, Meaning::FlipRisk),
            (2109, Meaning::LivesOn),
            (103, Meaning::Open),
            (10255, Meaning::Open),
            (-6, Meaning::Open),
        ] {
            assert_eq!(meaning_of(code), meaning, "{code}");
        }
    }
}
