//! `docs/patterns.md`: the shown line has the keys that a real one has, and every flag is known.

use std::path::Path;

use catalyst_domain::pattern::PatternKind;
use serde_json::Value;

use crate::program::patterns;

#[test]
fn the_page_shows_every_pattern_every_flag_and_a_line_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/patterns.md");
    let page = std::fs::read_to_string(path).unwrap();
    let help = patterns(&["--help"], "").out;

    for kind in PatternKind::ALL {
        assert!(page.contains(&format!("| `{kind}` |")), "{kind}");
    }
    for flag in page
        .split(|c: char| c.is_whitespace() || c == '`')
        .filter(|word| word.starts_with("--") && !word.ends_with('-'))
    {
        let flag = flag.trim_end_matches(['.', ',']);
        assert!(help.contains(flag), "{flag}");
    }
    let shown = page
        .split("```json\n")
        .nth(1)
        .unwrap()
        .lines()
        .next()
        .unwrap();
    let line: Value = serde_json::from_str(shown).unwrap();
    assert_eq!(line.as_object().unwrap().len(), 9);
}
