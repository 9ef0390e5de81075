//! One character of a text, one digit of a number, one byte of a seal, anywhere.

use std::time::Instant;

use catalyst_ports::journal::{Archive as _, FlawKind};

use super::hand::{Engine, Holds};
use super::tampered::Tampered;

/// Runs in the journal, which make about two thousand rows.
const RUNS: i64 = 26;

/// Changes that each quarter makes, one at a time: a thousand on each engine.
const CHANGES: usize = 250;

/// Chance that is the same in every run (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(bound).unwrap()).unwrap()
    }

    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// A test for each quarter of the changes, so that a runner can share them out.
macro_rules! quarters {
    ($($quarter:ident $seed:literal)+) => {
        mod in_a_file {$(
            #[tokio::test]
            async fn $quarter() {
                let tampered = super::Tampered::in_a_file(super::RUNS).await;
                super::every_change_is_found(&tampered, $seed).await;
            }
        )+}

        mod in_postgres {$(
            #[tokio::test]
            async fn $quarter() {
                let tampered = super::Tampered::in_postgres(super::RUNS).await;
                super::every_change_is_found(&tampered, $seed).await;
            }
        )+}
    };
}

quarters! {
    a_changed_byte_is_found_and_its_row_named_in_the_first_quarter 1
    a_changed_byte_is_found_and_its_row_named_in_the_second_quarter 2
    a_changed_byte_is_found_and_its_row_named_in_the_third_quarter 3
    a_changed_byte_is_found_and_its_row_named_in_the_last_quarter 4
}

async fn every_change_is_found(tampered: &Tampered, seed: u64) {
    let begun = Instant::now();
    let hand = &tampered.hand;
    let before = tampered.journal.head().await.unwrap();
    let mut tables = Vec::new();
    for table in hand.tables().await {
        let sql = format!("SELECT CAST(id AS text) AS place FROM {table} ORDER BY id");
        let places: Vec<i64> = hand
            .texts(&sql)
            .await
            .iter()
            .map(|id| id.as_ref().unwrap().parse().unwrap())
            .collect();
        assert!(!places.is_empty(), "{table} is empty");
        tables.push((hand.columns(&table).await, table, places));
    }
    assert_eq!(tables.len(), 22);
    let rows: usize = tables.iter().map(|(_, _, places)| places.len()).sum();
    assert!(rows >= 2_000, "{rows}");

    let mut chance = Chance(seed);
    let mut made = 0;
    while made < CHANGES {
        let (columns, table, places) = chance.of(&tables);
        let (table, place) = (table.as_str(), *chance.of(places));
        let (column, holds) = chance.of(columns);
        let kept = hand.literal((table, place), column, *holds).await;
        let Some(changed) = one_byte_off(&kept, *holds, hand.engine, &mut chance) else {
            continue;
        };
        // A unique index may refuse, and then nothing was changed.
        if hand.set((table, place), column, &changed).await.is_err() {
            continue;
        }

        let flaw = tampered.flaw().await;

        let what = format!("{table} {place} {column}: {kept} to {changed}");
        let flaw = flaw.unwrap_or_else(|| panic!("{what} was not seen"));
        if column == "id" {
            let now = changed.parse::<i64>().unwrap();
            let first = if now < 1 { place } else { place.min(now) };
            assert_eq!(flaw.row, first, "{what}: {flaw}");
            hand.set((table, now), column, &kept).await.unwrap();
        } else {
            assert_eq!((flaw.kind, flaw.row), (FlawKind::Altered, place), "{what}");
            assert_eq!(flaw.table, Some(table), "{what}");
            hand.set((table, place), column, &kept).await.unwrap();
        }
        made += 1;
    }

    let whole = tampered.journal.verify(Some(before.seal)).await.unwrap();
    assert_eq!((whole.head, whole.flaw), (before, None), "all put back");
    println!(
        "{CHANGES} changes of {rows} rows found in {:?}",
        begun.elapsed()
    );
}

/// The literal with one character changed for one of its own kind; `None` where it has none. What was
/// not there becomes something.
fn one_byte_off(
    literal: &str,
    holds: Holds,
    engine: Engine,
    chance: &mut Chance,
) -> Option<String> {
    if literal == "NULL" || literal == "''" {
        let is_text = holds == Holds::Text;
        return Some(if is_text { "'1'" } else { "1" }.to_owned());
    }
    if holds == Holds::Flag {
        let other = match (engine, literal) {
            (Engine::Postgres, "true") => "false",
            (Engine::Postgres, _) => "true",
            (Engine::Sqlite, "1") => "0",
            (Engine::Sqlite, _) => "1",
        };
        return Some(other.to_owned());
    }
    let begin = literal.find('\'').map_or(0, |quote| quote + 1);
    let begin = begin
        + if literal[begin..].starts_with("\\x") {
            2
        } else {
            0
        };
    let places: Vec<usize> = (begin..literal.len())
        .filter(|place| literal.as_bytes()[*place].is_ascii_alphanumeric())
        .collect();
    if places.is_empty() {
        return None;
    }
    let place = *chance.of(&places);
    let off = match literal.as_bytes()[place] {
        b'9' => b'0',
        b'f' | b'z' => b'a',
        b'F' | b'Z' => b'A',
        letter => letter + 1,
    };
    let mut bytes = literal.as_bytes().to_vec();
    bytes[place] = off;
    Some(String::from_utf8(bytes).unwrap())
}
