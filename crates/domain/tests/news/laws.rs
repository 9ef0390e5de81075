//! Laws of cleaning and classifying, for any text.

use catalyst_domain::news::{HeadlineText, NewsId, classify};
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;

use crate::kinds::TABLE;

/// Pieces of what a hostile headline is made of.
const PIECES: &[&str] = &[
    "&",
    "amp;",
    "lt;",
    "gt;",
    "&#",
    "x26;",
    "<",
    ">",
    "/",
    "b",
    "script",
    "!--",
    "-->",
    "://",
    "www.",
    "@",
    ".",
    "a.b",
    "data:text",
    "mailto:",
    "\u{200b}",
    "\u{202e}",
    "\u{301}",
    "e",
    " ",
    "\0",
    "\u{e0041}",
    "ﬁ",
    "＆",
    "＜",
    "盈",
    "[",
    "]",
    "\u{1100}",
    "\u{1161}",
    "\u{344}",
    "½",
];

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::collection::vec(select(PIECES), 0..60).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

/// Letters of ASCII in their full-width forms.
fn wide(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '!'..='~' => char::from_u32(u32::from(letter) + 0xfee0).unwrap(),
            ' ' => '\u{3000}',
            other => other,
        })
        .collect()
}

fn is_forbidden(letter: char) -> bool {
    letter.is_control()
        || "<>\u{feff}\u{ad}".contains(letter)
        || ('\u{200b}'..='\u{200f}').contains(&letter)
        || ('\u{202a}'..='\u{202e}').contains(&letter)
        || ('\u{2060}'..='\u{206f}').contains(&letter)
        || ('\u{300}'..='\u{36f}').contains(&letter)
        || letter >= '\u{e0000}'
}

proptest! {
    #[test]
    fn what_is_clean_is_short_shows_everything_and_stays_as_it_is(raw in hostile()) {
        if let Ok(clean) = HeadlineText::clean(&raw) {
            let text = clean.as_str();
            prop_assert!(text.chars().count() <= 200);
            prop_assert!(!text.chars().any(is_forbidden), "{}", text.escape_debug());
            prop_assert!(!text.contains("://") && !text.contains("  "));
            prop_assert_eq!(HeadlineText::clean(text), Ok(clean.clone()));
        }
    }

    #[test]
    fn any_text_has_a_kind_and_case_and_width_change_none(raw in hostile()) {
        let found = classify(&raw, &[&raw]);
        prop_assert!(catalyst_domain::news::rule_names().any(|known| known == (found.rule, found.kind)));
    }

    #[test]
    fn case_and_width_make_no_difference(index in 0..TABLE.len()) {
        let (headline, kind, rule) = TABLE[index];
        for form in [headline.to_lowercase(), headline.to_uppercase(), wide(headline)] {
            let found = classify(&form, &[]);
            prop_assert_eq!((found.kind, found.rule), (kind, rule), "{}", form);
        }
    }

    #[test]
    fn cleaning_hides_no_kind(index in 0..TABLE.len()) {
        let (headline, kind, _) = TABLE[index];
        let clean = HeadlineText::clean(headline).unwrap();
        prop_assert_eq!(classify(clean.as_str(), &[]).kind, kind);
    }

    #[test]
    fn a_derived_id_reads_as_itself(parts in proptest::collection::vec(any::<String>(), 0..4)) {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let id = NewsId::derived(&parts);
        prop_assert_eq!(id.to_string().parse::<NewsId>(), Ok(id));
    }
}
