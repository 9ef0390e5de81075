//! Look-alikes: Cyrillic and Greek letters that stand for Latin ones, put back.
//! Source: the confusables of Unicode Technical Standard 39, those that a reader of Latin takes for his own.

/// `text` with its disguised words in Latin letters. A word is disguised when it mixes the scripts, or
/// when each of its two or more letters looks Latin; any other Greek or Cyrillic word stays.
pub(super) fn in_latin(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_same = |letter: char| letter.is_alphabetic() == first.is_alphabetic();
        let end = rest.find(|letter| !is_same(letter)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        if is_disguised(run) {
            out.extend(run.chars().map(|letter| latin_of(letter).unwrap_or(letter)));
        } else {
            out.push_str(run);
        }
        rest = behind;
    }
    out
}

fn is_disguised(run: &str) -> bool {
    let looks_latin = |letter: char| latin_of(letter).is_some();
    if !run.chars().any(looks_latin) {
        return false;
    }
    let mixes = run.chars().any(|letter| letter.is_ascii_alphabetic());
    mixes || (run.chars().count() >= 2 && run.chars().all(looks_latin))
}

/// The Latin letter that `letter` looks like.
const fn latin_of(letter: char) -> Option<char> {
    Some(match letter {
        'а' | 'α' | 'ɑ' => 'a',
        'ԁ' => 'd',
        'е' | 'ҽ' => 'e',
        'ɡ' => 'g',
        'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' => 'm',
        'п' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'с' | 'ϲ' => 'c',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' | 'Ϲ' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' | 'Ӏ' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        _ => return None,
    })
}
