//! Decoding: everything that a diligent reader could make of a text.

use catalyst_domain::news::cleaned;
use regex::Regex;

/// How often what was decoded is decoded again.
const DEPTH: usize = 2;

/// `text` and all that it may be a code of.
pub(super) fn readings(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    let mut newest = all.clone();
    for _ in 0..DEPTH {
        let next: Vec<String> = newest.iter().flat_map(|text| decoded(text)).collect();
        newest = next
            .into_iter()
            .filter(|text| !all.contains(text))
            .collect();
        all.extend(newest.iter().cloned());
    }
    all
}

fn decoded(text: &str) -> Vec<String> {
    let whole = [
        rot13(text),
        percent(text),
        escapes(text),
        cleaned(text, 4_000),
    ];
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "+/=".contains(c)));
    let packed = words.filter(|word| word.len() >= 12);
    let unpacked = packed.flat_map(|word| [base64(word), hexadecimal(word)]);
    let inner = unpacked
        .flatten()
        .filter_map(|bytes| String::from_utf8(bytes).ok());
    whole.into_iter().chain(inner).collect()
}

fn rot13(text: &str) -> String {
    let turned = |letter: char| {
        let base = match letter {
            'a'..='z' => b'a',
            'A'..='Z' => b'A',
            _ => return letter,
        };
        let place = (u32::from(letter) - u32::from(base) + 13) % 26;
        char::from_u32(u32::from(base) + place).unwrap()
    };
    text.chars().map(turned).collect()
}

fn percent(text: &str) -> String {
    let code = Regex::new("%([0-9A-Fa-f]{2})").unwrap();
    replaced(&code, text)
}

fn escapes(text: &str) -> String {
    let code = Regex::new(r"\\u([0-9A-Fa-f]{4})").unwrap();
    replaced(&code, text)
}

fn replaced(code: &Regex, text: &str) -> String {
    let meant = |found: &regex::Captures<'_>| {
        let letter = u32::from_str_radix(&found[1], 16)
            .ok()
            .and_then(char::from_u32);
        letter.map_or_else(String::new, String::from)
    };
    code.replace_all(text, meant).into_owned()
}

fn hexadecimal(word: &str) -> Option<Vec<u8>> {
    let pairs = word.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

fn base64(word: &str) -> Option<Vec<u8>> {
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in word.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).unwrap());
        }
    }
    Some(bytes)
}
