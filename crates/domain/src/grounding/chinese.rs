//! Chinese numerals: 一百二十 and 四九三點八 as numbers.

use rust_decimal::Decimal;

use super::unit::{power_of_ten, zeros_of};

/// From here on a unit closes what stands before it: 三百萬 is 300 times 萬.
const SECTION_ZEROS: u32 = 4;

/// A numeral that was read: its value, what a step of its last place is worth, and its letters.
pub(super) struct Numeral {
    pub(super) value: Decimal,
    pub(super) step: Decimal,
    pub(super) length: usize,
}

/// The numeral that `text` begins with. One letter alone is a word (一些), and so is what begins with
/// a unit (千萬, 万一).
pub(super) fn numeral(text: &[char]) -> Option<Numeral> {
    let is_part = |c: &&char| digit_of(**c).is_some() || zeros_of(**c).is_some() || is_point(**c);
    let length = text.iter().take_while(is_part).count();
    let letters = text.get(..length)?;
    let first = letters.first()?;
    if length < 2 || !(digit_of(*first).is_some() || *first == '十') {
        return None;
    }
    let (value, step) = if letters.iter().any(|c| zeros_of(*c).is_some()) {
        with_units(letters)?
    } else {
        by_place(letters)?
    };
    Some(Numeral {
        value,
        step,
        length,
    })
}

fn with_units(letters: &[char]) -> Option<(Decimal, Decimal)> {
    let (mut total, mut section, mut digit) = (Decimal::ZERO, Decimal::ZERO, None);
    for letter in letters {
        if let Some(found) = digit_of(*letter) {
            digit = Some(Decimal::from(found));
            continue;
        }
        let zeros = zeros_of(*letter)?;
        let power = power_of_ten(zeros);
        if zeros >= SECTION_ZEROS {
            let part = section.checked_add(digit.take().unwrap_or(Decimal::ZERO))?;
            total = total.checked_add(part)?.checked_mul(power)?;
            section = Decimal::ZERO;
        } else {
            let part = digit.take().unwrap_or(Decimal::ONE).checked_mul(power)?;
            section = section.checked_add(part)?;
        }
    }
    let value = total
        .checked_add(section)?
        .checked_add(digit.unwrap_or(Decimal::ZERO))?;
    let behind = letters.iter().rev().map_while(|c| zeros_of(*c));
    Some((value, power_of_ten(behind.sum())))
}

/// Digits one by one, with at most one point among them.
fn by_place(letters: &[char]) -> Option<(Decimal, Decimal)> {
    let mut text = String::with_capacity(letters.len());
    for letter in letters {
        match digit_of(*letter) {
            Some(digit) => text.push(char::from_digit(digit, 10)?),
            None => text.push('.'),
        }
    }
    let value: Decimal = text.trim_end_matches('.').parse().ok()?;
    Some((value, Decimal::new(1, value.scale())))
}

const fn is_point(letter: char) -> bool {
    matches!(letter, '点' | '點')
}

const fn digit_of(letter: char) -> Option<u32> {
    Some(match letter {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '兩' | '贰' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}
