//! Bare domains: names that a mail program makes a link of by itself.

/// `text` with the dots of such names in brackets, so that nothing can be clicked and everything can be
/// read. Codes of instruments stay as they are.
///
/// ```
/// use catalyst_domain::news::without_bare_domains;
/// assert_eq!(
///     without_bare_domains("0700.HK at 493.8, e.g. see evil.example/x or a.b.com"),
///     "0700.HK at 493.8, e.g. see evil[.]example/x or a[.]b[.]com"
/// );
/// ```
pub fn without_bare_domains(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_of_domain) {
        let (before, tail) = rest.split_at(start);
        out.push_str(before);
        let end = tail.find(|c| !is_of_domain(c)).unwrap_or(tail.len());
        let (word, behind) = tail.split_at(end);
        if is_domain(word) {
            out.push_str(&word.replace('.', "[.]"));
        } else {
            out.push_str(word);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

const fn is_of_domain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '.' || letter == '-'
}

/// Labels with dots between, the last of at least two letters.
fn is_domain(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    let Some((labels, last)) = word.rsplit_once('.') else {
        return false;
    };
    let is_code = labels.bytes().all(|b| b.is_ascii_digit()) && last.eq_ignore_ascii_case("hk");
    last.len() >= 2
        && last.bytes().all(|b| b.is_ascii_alphabetic())
        && !labels.is_empty()
        && !is_code
}
