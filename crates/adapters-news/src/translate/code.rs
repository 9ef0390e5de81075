//! Stock codes in text that people wrote: `(00700)`, `700.HK`, `Stock code: 700`, `股份代號：700`.

use std::collections::BTreeSet;

use catalyst_domain::symbol::Symbol;

/// Digits of a code as written, at most.
const DIGITS_MAX: usize = 5;

/// Four digits in brackets that are more likely a year.
const YEARS: std::ops::RangeInclusive<u32> = 1990..=2039;

/// Words before which a number is a code; lower case.
const BEFORE: &[&str] = &[
    "hk.",
    "hk:",
    "hkg:",
    "hkex:",
    "hkse:",
    "sehk:",
    "stock code:",
    "stock code",
    "stock codes:",
    "股份代號:",
    "股份代号:",
    "股份代號",
    "股份代号",
    "股票代號:",
    "股票代号:",
    "股票代碼:",
    "股票代码:",
    "證券代號:",
    "证券代号:",
    "證券代碼:",
    "证券代码:",
    "上市編號:",
];

/// The symbols whose codes stand in `text`, which is in normal form.
pub(super) fn codes_in(text: &str) -> BTreeSet<Symbol> {
    let lower = text.to_lowercase();
    let mut found = BTreeSet::new();
    let mut rest = 0;
    while let Some((start, end)) = number_from(&lower, rest) {
        rest = end;
        let before = lower.get(..start).unwrap_or("");
        let digits = lower.get(start..end).unwrap_or("");
        let after = lower.get(end..).unwrap_or("");
        if digits.len() <= DIGITS_MAX
            && names_a_code(before, digits, after)
            && let Ok(symbol) = digits.parse()
        {
            found.insert(symbol);
        }
    }
    found
}

/// The next run of digits at or after `from`.
fn number_from(text: &str, from: usize) -> Option<(usize, usize)> {
    let tail = text.get(from..)?;
    let start = from + tail.find(|letter: char| letter.is_ascii_digit())?;
    let run = text.get(start..)?;
    let length = run.find(|letter: char| !letter.is_ascii_digit());
    Some((start, length.map_or(text.len(), |length| start + length)))
}

fn names_a_code(before: &str, digits: &str, after: &str) -> bool {
    let suffix = after.strip_prefix(".hk").or(after.strip_prefix(" hk"));
    if suffix.is_some_and(|tail| !tail.starts_with(|letter: char| letter.is_ascii_alphanumeric())) {
        return !before.ends_with(|letter: char| letter.is_alphanumeric() || ".,".contains(letter));
    }
    if after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '%') {
        return false;
    }
    let ahead = before.trim_end();
    if BEFORE.iter().any(|word| ahead.ends_with(word)) {
        return true;
    }
    let in_brackets = ahead.ends_with('(') && after.trim_start().starts_with(')');
    in_brackets && is_whole_code(digits)
}

/// Bare digits in brackets: five, or four that are no year.
fn is_whole_code(digits: &str) -> bool {
    match digits.len() {
        DIGITS_MAX => true,
        4 => digits
            .parse()
            .is_ok_and(|number: u32| !YEARS.contains(&number)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::codes_in;

    fn codes(text: &str) -> Vec<String> {
        codes_in(text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn codes_are_found_as_people_write_them() {
        for (text, expected) in [
            ("TENCENT (00700) - profit warning", vec!["00700"]),
            ("小米集團(1810)盈喜", vec!["01810"]),
            ("0700.HK rises, 9988.hk falls", vec!["00700", "09988"]),
            ("Tencent (700 HK) up", vec!["00700"]),
            ("HKEX:388 and SEHK: 5", vec!["00005", "00388"]),
            ("ABC Ltd (Stock code: 700)", vec!["00700"]),
            ("某公司 股份代號:00175", vec!["00175"]),
            (
                "(Stock Codes: 700 (HKD counter) and 80700 (RMB counter))",
                vec!["00700"],
            ),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_codes() {
        for text in [
            "Results (2025)",
            "for the year ended 31 December 2025",
            "證券代碼:600519",
            "profit of HK$700 million",
            "up (12)",
            "(00700%)",
            "v1.700.hk",
            "stock code: 0",
            "700.hkd",
            "",
        ] {
            assert_eq!(codes(text), Vec::<String>::new(), "{text}");
        }
    }
}
