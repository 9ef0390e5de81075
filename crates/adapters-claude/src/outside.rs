//! Outside: words of the other side on their way to people. Cut, on one line, and never with a key.

use secrecy::{ExposeSecret as _, SecretString};

/// Stands where a key stood.
const HIDDEN: &str = "[key]";

/// At most `most` characters of `text` on one line, control characters as blanks.
pub(crate) fn one_line(text: &str, most: usize) -> String {
    let mut words = String::new();
    for (count, letter) in text.trim().chars().enumerate() {
        if count == most {
            words.push_str(" ..");
            break;
        }
        let shown = is_shown(letter);
        words.push(if shown { letter } else { ' ' });
    }
    words.truncate(words.trim_end().len());
    words
}

/// Letters that a terminal shows where they stand: none that control, hide or turn the direction.
fn is_shown(letter: char) -> bool {
    let hides = matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
    !letter.is_control() && !hides
}

/// `text` without the key, should somebody have echoed it.
pub(crate) fn without_key(text: &str, key: &SecretString) -> String {
    let key = key.expose_secret();
    if key.is_empty() {
        text.to_owned()
    } else {
        text.replace(key, HIDDEN)
    }
}

#[cfg(test)]
mod tests {
    use super::{one_line, without_key};

    #[test]
    fn words_are_cut_and_stay_on_their_line() {
        assert_eq!(one_line(" a\nb\u{202e}c\u{200b} ", 10), "a b c");
        assert_eq!(one_line("abcdef", 3), "abc ..");
    }

    #[test]
    fn an_echoed_key_is_hidden() {
        let key = "sk-test-1".to_owned().into();

        assert_eq!(without_key("bad sk-test-1!", &key), "bad [key]!");
    }
}
