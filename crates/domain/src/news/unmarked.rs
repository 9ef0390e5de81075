//! Markup, entities and links taken out of a text. What stays of them is a blank.

/// Letters of an entity's name or number between `&` and `;`.
const ENTITY_MAX: usize = 10;

/// Letters that a link may consist of.
const fn is_of_link(letter: char) -> bool {
    letter.is_ascii_graphic()
}

/// `text` without tags, comments and angle brackets, its entities replaced by what they mean.
pub(super) fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&']) {
        let (before, marked) = rest.split_at(at);
        out.push_str(before);
        let (meant, length) = match marked.chars().next() {
            Some('<') => (Some(' '), tag_length(marked)),
            Some('&') => entity(marked),
            Some(_) | None => (Some(' '), 1),
        };
        out.extend(meant);
        rest = marked.get(length..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

/// Bytes of the tag that `marked` begins with; of the bracket alone where it is none. What a script
/// or a style holds goes with its tags.
fn tag_length(marked: &str) -> usize {
    let lower = marked.to_ascii_lowercase();
    for (opens, closes) in [
        ("<!--", "-->"),
        ("<script", "</script>"),
        ("<style", "</style>"),
    ] {
        if lower.starts_with(opens) {
            let end = lower.find(closes).map(|at| at + closes.len());
            return end.unwrap_or(marked.len());
        }
    }
    let begins_tag = |letter: char| letter.is_ascii_alphabetic() || "/!?".contains(letter);
    if marked.chars().nth(1).is_some_and(begins_tag) {
        return marked.find('>').map_or(1, |at| at + 1);
    }
    1
}

/// What the entity that `marked` begins with means, and its bytes; the ampersand itself where it is
/// none.
fn entity(marked: &str) -> (Option<char>, usize) {
    let ampersand = (Some('&'), 1);
    let inner = marked.get(1..).unwrap_or("");
    let Some(end) = inner.find(';').filter(|end| *end <= ENTITY_MAX) else {
        return ampersand;
    };
    let name = inner.get(..end).unwrap_or("");
    let meant = match name.strip_prefix('#') {
        Some(number) => numbered(number),
        None => named(&name.to_ascii_lowercase()),
    };
    meant.map_or(ampersand, |meant| (Some(meant), end + 2))
}

/// A number that names no character is a blank, so that it is not read again.
fn numbered(number: &str) -> Option<char> {
    let hexadecimal = number.strip_prefix(['x', 'X']);
    let (digits, base) = hexadecimal.map_or((number, 10), |digits| (digits, 16));
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return None;
    }
    match u32::from_str_radix(digits, base) {
        Ok(code) => char::from_u32(code).or(Some(' ')),
        Err(_) => Some(' '),
    }
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" | "ldquo" | "rdquo" => '"',
        "apos" | "lsquo" | "rsquo" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" | "zwj" | "zwnj" | "lrm" | "rlm" | "shy" => ' ',
        "ndash" | "mdash" => '-',
        "hellip" => '\u{2026}',
        "middot" => '\u{b7}',
        _ => return None,
    })
}

/// `text` with every address of the web or of mail replaced by a blank.
pub(super) fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, end)) = link_in(rest) {
        out.push_str(rest.get(..start).unwrap_or(""));
        out.push(' ');
        rest = rest.get(end..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

/// The bytes of the first link: from the word that stands before its mark to its last letter.
fn link_in(text: &str) -> Option<(usize, usize)> {
    let lower = text.to_ascii_lowercase();
    let scheme = lower.find("://").map(|at| start_of_word(&lower, at));
    let inner = ["www.", "mailto:", "javascript:", "data:text"];
    let bare = inner.iter().filter_map(|mark| start_of_mark(&lower, mark));
    let mail = lower
        .match_indices('@')
        .find(|(at, _)| is_mail(&lower, *at))
        .map(|(at, _)| start_of_word(&lower, at));
    let start = scheme.into_iter().chain(bare).chain(mail).min()?;
    let tail = text.get(start..)?;
    let length = tail.find(|letter| !is_of_link(letter));
    Some((start, length.map_or(text.len(), |length| start + length)))
}

/// Where the run of address letters that ends at `at` begins.
fn start_of_word(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    let is_of_word = |letter: char| letter.is_ascii_alphanumeric() || "+-._%".contains(letter);
    before.trim_end_matches(is_of_word).len()
}

/// Where `mark` stands at the beginning of a word.
fn start_of_mark(text: &str, mark: &str) -> Option<usize> {
    text.match_indices(mark)
        .map(|(at, _)| at)
        .find(|at| start_of_word(text, *at) == *at)
}

/// Whether the `@` at `at` stands between a name and a domain.
fn is_mail(text: &str, at: usize) -> bool {
    let after = text.get(at + 1..).unwrap_or("");
    let end = after.find(|letter: char| !(letter.is_ascii_alphanumeric() || "-.".contains(letter)));
    let domain = end.map_or(after, |end| after.get(..end).unwrap_or(""));
    start_of_word(text, at) < at && domain.trim_matches('.').contains('.')
}
