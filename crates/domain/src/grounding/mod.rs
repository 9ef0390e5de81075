//! Grounding: whether the numbers and symbols of a text were seen before it was written.
//!
//! It tells where a figure came from and nothing about whether the sentence around it is true: among
//! many seen numbers one may fit by chance.

mod chinese;
mod claim;
mod grounds;
mod reader;
mod unit;

pub use claim::{Claim, GroundingRule};
pub use grounds::Grounds;

/// Claims that are listed of one text.
const CLAIMS_MAX: usize = 20;

/// The numbers and symbols of `text` that `seen` does not hold, each once, in the order of the text,
/// twenty at most.
///
/// A number is held when one that was seen becomes it by rounding or cutting to the digits written;
/// signs do not count. Thousands separators, full-width and Chinese digits, K, M, B, 萬 and 億, currency
/// signs and per cent (also of a fraction) are understood. An integer from 10,000 on counts as rounded
/// to its trailing zeros, two digits kept.
///
/// Not looked up: whole numbers up to ten without sign or unit, ordinals, dates, times of day, spans of
/// time (`15m`, `3 bars`, `2 天`), the numbers in names (`EMA20`, `Q3`) and behind them (`RSI(14)`).
///
/// A symbol is a code with a zero in front, with `HK.` or `.HK`, or letters behind `$`; it must itself
/// have been seen. Bare digits may be either, and need one of the two.
///
/// ```
/// use catalyst_domain::grounding::{Grounds, ungrounded};
/// let mut seen = Grounds::none();
/// seen.see_symbol("700".parse()?);
/// seen.see_number("493.82".parse()?);
/// seen.see_number("1234567".parse()?);
/// seen.see_number("61.5".parse()?);
///
/// let honest = "0700.HK at HK$493.8, volume 1.2M, RSI(14) 61.5, 2 patterns on 15m, by 10:30";
/// assert_eq!(ungrounded(honest, &seen), []);
/// let invented = ungrounded("00939 broke 512.5 on 3.1M; RSI ６１．５", &seen);
/// let words: Vec<String> = invented.iter().map(ToString::to_string).collect();
/// assert_eq!(words, ["00939", "512.5", "3100000"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ungrounded(text: &str, seen: &Grounds) -> Vec<Claim> {
    let mut missing: Vec<Claim> = Vec::new();
    for said in reader::read(text) {
        if missing.len() == CLAIMS_MAX {
            break;
        }
        let claim = said.claim();
        if !seen.hold(&said) && !missing.contains(&claim) {
            missing.push(claim);
        }
    }
    missing
}
