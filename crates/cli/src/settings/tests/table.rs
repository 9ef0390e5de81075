//! The table of all settings in `docs/settings.md`: written from the shipped file, where each key has its
//! default and its words, and held against what the program takes and refuses.
//!
//! `WRITE_SETTINGS_TABLE=1 cargo test -p catalyst-cli settings::tests::table` writes it anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rust_decimal::Decimal;

use super::load_text;
use crate::settings::NoPlace;
use crate::settings::keys::{KEYS, override_of, short_of};
use crate::settings::load::DEFAULTS;

const DOCUMENT: &str = include_str!("../../../../../docs/settings.md");
const README: &str = include_str!("../../../../../README.md");

const PREFACE: &str = "\
# Settings

Every key, written from `config/settings.yaml` and checked by a test. That file is complete, and its values are
the defaults: copy it (`catalyst init` does), change what you want to change, delete the rest, or leave it away.

Later beats earlier: the defaults, the file (`--settings FILE`, else `config/settings.yaml` where you stand, else
`catalyst/settings.yaml` in the XDG configuration folder), the variables. A variable may stand in the environment or
in the file `catalyst.env` beside the settings (`docs/deployment.md`). The second variable of a row is the owner's
own name for it, which counts where neither the file nor the first one says anything. A value may hold `${NAME}`,
which is replaced by that variable.

An unknown key, a value that is not allowed and a variable such as `CATALYST_RISK_MAX_POSITIONS`, where
`CATALYST__RISK__MAX_POSITIONS` was meant, or `CATALYST_BROKER`, which names a section and no key, are refused with
exit code 2 before anything is begun; the message names the key, what it found, what is allowed, and the file or
variable it came from.

Variables only, never in the file: `ANTHROPIC_API_KEY` (Claude), `SMTP_USER` and `SMTP_PASS` (mail), and
`DATABASE_URL`, such as `postgres://user:password@host:5432/name`, which stands for `database.host` to
`database.password`.
";

/// One key as the shipped file explains it.
#[derive(Debug)]
struct Row {
    key: String,
    /// `None` behind `#`, and for `null`.
    default: Option<String>,
    meaning: String,
    allowed: String,
}

/// The lines `key: default # meaning; allowed`, in the order of the file.
fn rows() -> Vec<Row> {
    let mut section = "";
    let mut rows: Vec<Row> = Vec::new();
    for line in DEFAULTS.lines() {
        if let (Some(item), Some(row)) = (line.strip_prefix("    - "), rows.last_mut()) {
            let so_far = row
                .default
                .take()
                .map_or_else(String::new, |list| list + " ");
            row.default = Some(so_far + item.trim_matches('"'));
            continue;
        }
        let body = line.trim_start_matches("  ");
        let text = body.strip_prefix("# ").unwrap_or(body);
        let Some((name, rest)) = text.split_once(':').filter(|(name, _)| is_name(name)) else {
            continue;
        };
        let is_inside = line.starts_with("  ");
        let Some((value, words)) = rest.split_once('#') else {
            section = if is_inside { section } else { name };
            continue;
        };
        let value = value.trim().trim_matches('"');
        let is_set = text == body && !["", "null"].contains(&value);
        let (meaning, allowed) = words.split_once(';').unwrap_or((words, ""));
        rows.push(Row {
            key: if is_inside {
                format!("{section}.{name}")
            } else {
                name.to_owned()
            },
            default: is_set.then(|| value.to_owned()),
            meaning: meaning.trim().to_owned(),
            allowed: allowed.trim().to_owned(),
        });
    }
    rows
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

fn document(rows: &[Row]) -> String {
    let mut text = PREFACE.to_owned();
    let mut section = None;
    for row in rows {
        let here = row
            .key
            .split_once('.')
            .map_or("Without a section", |(section, _)| section);
        if section != Some(here) {
            section = Some(here);
            let head =
                "| key | default | meaning | allowed | variable |\n| --- | --- | --- | --- | --- |";
            writeln!(text, "\n## {here}\n\n{head}").unwrap();
        }
        let default = shown(row);
        let short = short_of(&row.key).map_or_else(String::new, |name| format!(", `{name}`"));
        let (key, variable) = (&row.key, override_of(&row.key));
        let (meaning, allowed) = (&row.meaning, &row.allowed);
        writeln!(
            text,
            "| `{key}` | {default} | {meaning} | {allowed} | `{variable}`{short} |"
        )
        .unwrap();
    }
    text
}

fn shown(row: &Row) -> String {
    row.default
        .as_ref()
        .map_or_else(|| "none".to_owned(), |value| format!("`{value}`"))
}

/// What the program says of this value, `None` where it takes it.
fn refusal(key: &str, value: &str) -> Option<String> {
    let name = override_of(key);
    let mut variables = vec![(name.as_str(), value)];
    if key.starts_with("database.") {
        variables.extend([("DB_HOST", "h"), ("DB_USER", "u")]);
    }
    let alongside = ALONGSIDE.iter().filter(|(beside, ..)| *beside == key);
    variables.extend(alongside.map(|(_, name, value)| (*name, *value)));
    match load_text("", &variables) {
        Err(error) => Some(error.to_string()),
        Ok(settings) => match settings.database.postgres {
            Err(NoPlace::Bad { told, .. }) => Some(told),
            Ok(_) | Err(NoPlace::NotGiven) => None,
        },
    }
}

/// Keys that bound another one, and what they have to be while its own bounds are tried.
const ALONGSIDE: &[(&str, &str, &str)] = &[
    (
        "risk.max_daily_loss_pct",
        "CATALYST__RISK__WARNING_LOSS_PCT",
        "0.0001",
    ),
    (
        "orders.fill_wait_seconds",
        "CATALYST__CYCLE__TIME_LIMIT_SECONDS",
        "1500",
    ),
    (
        "cycle.time_limit_seconds",
        "CATALYST__ORDERS__FILL_WAIT_SECONDS",
        "1",
    ),
    (
        "claude.max_cost_per_cycle",
        "CATALYST__CLAUDE__MAX_COST_PER_DAY",
        "100",
    ),
    (
        "claude.max_cost_per_cycle",
        "CATALYST__CLAUDE__MAX_COST_PER_MONTH",
        "1000",
    ),
    (
        "claude.max_cost_per_day",
        "CATALYST__CLAUDE__MAX_COST_PER_MONTH",
        "1000",
    ),
];

/// Where the allowed numbers end.
#[derive(Debug, Clone, Copy)]
enum End<'a> {
    At(&'a str),
    Before(&'a str),
    Nowhere,
}

fn ends(allowed: &str) -> Option<(End<'_>, End<'_>)> {
    use End::{At, Before, Nowhere};
    let head = allowed.split([',', ':']).next()?;
    let words: Vec<_> = head.split_whitespace().collect();
    match words[..] {
        ["above", low] => Some((Before(low), Nowhere)),
        [low, "or", "more"] => Some((At(low), Nowhere)),
        ["above", low, "to", "below", high] => Some((Before(low), Before(high))),
        ["above", low, "to", high] => Some((Before(low), At(high))),
        [low, "to", "below", high] => Some((At(low), Before(high))),
        [low, "to", high] => Some((At(low), At(high))),
        _ => None,
    }
}

/// A number, or the default of the key of the same section that stands in its place.
fn number(word: &str, row: &Row, rows: &[Row]) -> Decimal {
    let named = || {
        let key = format!("{}.{word}", row.key.split('.').next().unwrap());
        let found = rows.iter().find(|row| row.key == key);
        found
            .unwrap_or_else(|| panic!("{key} bounds {}", row.key))
            .default
            .clone()
            .unwrap()
    };
    word.parse().unwrap_or_else(|_| named().parse().unwrap())
}

#[test]
fn the_table_is_what_the_shipped_file_says() {
    let written = document(&rows());
    if std::env::var_os("WRITE_SETTINGS_TABLE").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/settings.md");
        fs::write(path, &written).unwrap();
        return;
    }

    assert_eq!(
        DOCUMENT, written,
        "the head of this file says how it is written anew"
    );
}

#[test]
fn each_key_of_the_program_is_a_row_with_its_words_and_each_row_is_a_key() {
    let rows = rows();

    let written: Vec<_> = rows.iter().map(|row| row.key.as_str()).collect();
    let once: BTreeSet<_> = written.iter().copied().collect();
    assert_eq!(once, KEYS.iter().copied().collect());
    assert_eq!(once.len(), written.len());
    for row in rows {
        assert!(
            !row.meaning.is_empty() && !row.allowed.is_empty(),
            "{row:?}"
        );
    }
}

#[test]
fn just_inside_its_bounds_a_number_is_taken_and_just_outside_refused() {
    let rows = rows();
    let mut tried = 0;
    for row in &rows {
        let Some((low, high)) = ends(&row.allowed) else {
            continue;
        };
        let is_fine = format!("{:?} {}", row.default, row.allowed).contains('.');
        let step = if is_fine {
            Decimal::new(2, 4)
        } else {
            Decimal::ONE
        };
        for (end, outward) in [(low, -step), (high, step)] {
            let (inside, outside) = match end {
                End::At(word) => {
                    let last = number(word, row, &rows);
                    (last, last + outward)
                }
                End::Before(word) => {
                    let first = number(word, row, &rows);
                    (first - outward, first)
                }
                End::Nowhere => continue,
            };
            assert_eq!(refusal(&row.key, &inside.to_string()), None, "{row:?}");
            let told = refusal(&row.key, &outside.to_string());
            let told = told.unwrap_or_else(|| panic!("{outside} is taken: {row:?}"));
            let name = row.key.rsplit('.').next().unwrap();
            assert!(told.contains(name), "{told}");
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn where_only_some_words_are_taken_the_table_has_just_these() {
    let mut tried = 0;
    for row in rows() {
        let told = refusal(&row.key, "~");
        let told = told
            .as_deref()
            .and_then(|told| told.split_once("allowed is "));
        let Some((_, list)) =
            told.filter(|(_, list)| list.split(", ").all(|one| !one.contains(' ')))
        else {
            continue;
        };
        let taken: BTreeSet<_> = list.split(", ").collect();
        let written = row.allowed.split(", ").map(|part| {
            let part = part.strip_prefix("or ").unwrap_or(part);
            part.split(' ').next().unwrap().trim_end_matches(':')
        });
        assert_eq!(written.collect::<BTreeSet<_>>(), taken, "{}", row.key);
        tried += 1;
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn the_short_table_of_the_readme_says_the_same_defaults() {
    let rows = rows();
    let mut found = 0;
    for line in README.lines() {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let ["", key, default, ..] = cells[..] else {
            continue;
        };
        let key = key.trim_matches('`');
        if let Some(row) = rows.iter().find(|row| row.key == key) {
            assert_eq!(default, shown(row), "{key}");
            found += 1;
        }
    }
    assert!(found >= 10, "{found}");
}
