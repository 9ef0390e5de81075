//! Charts drawn with a seed: each pattern sound in three grades, each with exactly one defining
//! condition broken, and walks that hold no pattern. The labels say where a detection belongs.
//! Written from the literature's description of the shapes, not from the detectors.

mod abcd;
mod breakout;
mod cup;
mod flag;
mod pen;
mod triangle;

use catalyst_domain::pattern::{PatternBar, PatternKind, TickSize};

use pen::Pen;

/// How well a sound pattern is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// As in a book, with little noise.
    Clear,
    /// As a trader meets it.
    Usual,
    /// Still the pattern, by the skin of its teeth.
    Hard,
}

/// A drawn chart and what it holds.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The bars, oldest first.
    pub bars: Vec<PatternBar>,
    /// The price step they lie on.
    pub tick: TickSize,
    /// First and last bar of the drawn shape, the last before price leaves it.
    pub shape: (usize, usize),
    /// First and last bar at which a detection would be of use.
    pub decision: (usize, usize),
    /// Where the trigger belongs.
    pub trigger: (f64, f64),
    /// Where the stop belongs.
    pub stop: (f64, f64),
}

impl Grade {
    /// Every grade.
    pub const ALL: [Self; 3] = [Self::Clear, Self::Usual, Self::Hard];

    /// The deviation of closes from the drawn line, in units.
    const fn noise(self) -> f64 {
        match self {
            Self::Clear => 0.16,
            Self::Usual => 0.23,
            Self::Hard => 0.30,
        }
    }

    /// One of three ranges.
    const fn of<T: Copy>(self, clear: T, usual: T, hard: T) -> T {
        match self {
            Self::Clear => clear,
            Self::Usual => usual,
            Self::Hard => hard,
        }
    }
}

/// A sound pattern.
pub fn sound(kind: PatternKind, grade: Grade, seed: u64) -> Drawn {
    let mut pen = Pen::new(seed, grade.noise());
    match kind {
        PatternKind::BullFlag => flag::Flag::sound(grade, &mut pen).drawn(pen),
        PatternKind::CupHandle => cup::Cup::sound(grade, &mut pen).drawn(pen),
        PatternKind::AscendingTriangle => triangle::Triangle::sound(grade, &mut pen).drawn(pen),
        PatternKind::Abcd => abcd::Legs::sound(grade, &mut pen).drawn(pen),
        PatternKind::Breakout => breakout::Box::sound(grade, &mut pen).drawn(pen),
    }
}

/// The conditions that [`near_miss`] can break.
pub const fn flaws(kind: PatternKind) -> &'static [&'static str] {
    match kind {
        PatternKind::BullFlag => &flag::FLAWS,
        PatternKind::CupHandle => &cup::FLAWS,
        PatternKind::AscendingTriangle => &triangle::FLAWS,
        PatternKind::Abcd => &abcd::FLAWS,
        PatternKind::Breakout => &breakout::FLAWS,
    }
}

/// A usual pattern with one of its [`flaws`], everything else as it should be.
pub fn near_miss(kind: PatternKind, flaw: &str, seed: u64) -> Drawn {
    let mut pen = Pen::new(seed, Grade::Usual.noise());
    match kind {
        PatternKind::BullFlag => flag::Flag::flawed(flaw, &mut pen).drawn(pen),
        PatternKind::CupHandle => cup::Cup::flawed(flaw, &mut pen).drawn(pen),
        PatternKind::AscendingTriangle => triangle::Triangle::flawed(flaw, &mut pen).drawn(pen),
        PatternKind::Abcd => abcd::Legs::flawed(flaw, &mut pen).drawn(pen),
        PatternKind::Breakout => breakout::Box::flawed(flaw, &mut pen).drawn(pen),
    }
}

/// A walk of that many bars without a plan: fat-tailed steps whose size comes in waves.
pub fn walk(bars: usize, seed: u64) -> (Vec<PatternBar>, TickSize) {
    let mut pen = Pen::new(seed, 0.0);
    pen.wander(bars);
    pen.finished()
}
