//! The figures of `docs/patterns.md` on drawn charts, held to the bounds that were set for them.

use catalyst_domain::pattern::PatternKind;

use crate::scorecard::{Scorecard, alarms, score, share};

/// Charts of each grade and each flaw.
const CHARTS: u64 = 40;

/// Share of the near misses of any one flaw that may fire.
const FLAW_MAX: f64 = 0.15;

/// Walks of a thousand bars.
const WALKS: u64 = 40;

/// What a pattern must reach at a confidence of 0.6.
struct Bounds {
    kind: PatternKind,
    recall: f64,
    precision: f64,
    /// Share of near misses that may fire.
    near_misses: f64,
    /// Alarms in a thousand bars of a walk.
    alarms: f64,
}

const BOUNDS: [Bounds; 5] = [
    bounds(PatternKind::BullFlag, [0.95, 0.88, 0.07, 1.1]),
    bounds(PatternKind::CupHandle, [0.95, 0.90, 0.05, 0.6]),
    bounds(PatternKind::AscendingTriangle, [0.80, 0.66, 0.12, 2.0]),
    bounds(PatternKind::Abcd, [0.95, 0.88, 0.07, 1.0]),
    bounds(PatternKind::Breakout, [0.88, 0.88, 0.05, 1.8]),
];

const fn bounds(kind: PatternKind, figures: [f64; 4]) -> Bounds {
    let [recall, precision, near_misses, alarms] = figures;
    Bounds {
        kind,
        recall,
        precision,
        near_misses,
        alarms,
    }
}

fn cards() -> Vec<Scorecard> {
    let cards: Vec<Scorecard> = PatternKind::ALL.map(|kind| score(kind, CHARTS)).into();
    for card in &cards {
        println!("{}", row(card));
    }
    cards
}

/// The row of the table in `docs/patterns.md`.
fn row(card: &Scorecard) -> String {
    let grades = card.found.map(|(found, drawn)| share(found, drawn));
    let flaws: Vec<String> = card
        .fired
        .iter()
        .map(|(flaw, fired, drawn)| format!("{flaw} {:.2}", share(*fired, *drawn)))
        .collect();
    format!(
        "{} | {:.2} ({:.2}, {:.2}, {:.2}) | {:.2} | {} | {:.2} | {:.2}",
        card.kind,
        card.recall(),
        grades[0],
        grades[1],
        grades[2],
        card.precision(),
        flaws.join(", "),
        share(card.zoned, card.placed),
        share(card.paid, card.placed),
    )
}

#[test]
fn drawn_patterns_are_found_and_near_misses_are_not() {
    let cards = cards();

    for (card, bounds) in cards.iter().zip(&BOUNDS) {
        assert_eq!(card.kind, bounds.kind);
        assert!(card.recall() >= bounds.recall, "{}", row(card));
        assert!(card.precision() >= bounds.precision, "{}", row(card));
        assert!(card.near_misses() <= bounds.near_misses, "{}", row(card));
        for (flaw, fired, drawn) in &card.fired {
            assert!(share(*fired, *drawn) <= FLAW_MAX, "{flaw}: {}", row(card));
        }
    }
    let macro_f1 = cards.iter().map(Scorecard::f1).sum::<f64>() / 5.0;
    println!("macro F1 {macro_f1:.3}");
    assert!(macro_f1 >= 0.90, "macro F1 {macro_f1}");
}

#[test]
fn trigger_and_stop_lie_where_the_shape_says() {
    for card in cards() {
        assert!(share(card.zoned, card.placed) >= 0.90, "{}", row(&card));
    }
}

#[test]
fn walks_without_a_plan_raise_few_alarms() {
    let (counted, bars) = alarms(WALKS);
    let rates = counted.map(|count| 1_000.0 * share(count, bars));
    println!("alarms in 1,000 bars: {rates:?}");

    for (rate, bounds) in rates.iter().zip(&BOUNDS) {
        assert!(*rate <= bounds.alarms, "{}: {rate}", bounds.kind);
    }
    assert!(rates.iter().sum::<f64>() <= 5.6, "{rates:?}");
}
