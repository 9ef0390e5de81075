//! The scorecard: what detectors find in drawn charts, counted as a trader would.

use std::collections::BTreeSet;

use catalyst_domain::pattern::{CONFIDENCE_MIN, Detection, PatternKind, scan_patterns};
use catalyst_testkit::charts::{Drawn, Grade, flaws, near_miss, sound, walk};

/// Bars by which a detection may miss the span in which it is of use.
const SLACK_BARS: usize = 2;

/// Bars within which two starts are one instance.
const SAME_START_BARS: usize = 3;

/// Bars of one walk.
const WALK_BARS: usize = 1_000;

/// Counts over many charts of one pattern.
#[derive(Debug)]
pub(crate) struct Scorecard {
    pub(crate) kind: PatternKind,
    /// Found and drawn, by grade.
    pub(crate) found: [(usize, usize); 3],
    /// Fired and drawn, by flaw.
    pub(crate) fired: Vec<(&'static str, usize, usize)>,
    /// Instances of this kind in sound charts that do not belong there.
    pub(crate) astray: usize,
    /// Detections in place: with trigger and stop in their zones, with a shape that itself measures
    /// twice the risk, and all.
    pub(crate) zoned: usize,
    pub(crate) paid: usize,
    pub(crate) placed: usize,
}

/// Draws and scans: `charts` of each grade and flaw, and as many walks.
pub(crate) fn score(kind: PatternKind, charts: u64) -> Scorecard {
    let mut card = Scorecard {
        kind,
        found: [(0, 0); 3],
        fired: Vec::new(),
        astray: 0,
        zoned: 0,
        paid: 0,
        placed: 0,
    };
    let mut found = Vec::new();
    for (grade, tally) in Grade::ALL.into_iter().zip(1..) {
        let mut hits = 0;
        for number in 0..charts {
            let chart = sound(kind, grade, 10_000 * tally + number);
            let seen = sure(kind, &chart);
            let belongs = |one: &Detection| overlaps(&chart, one);
            let here = |one: &&Detection| belongs(one) && in_time(&chart, one);
            hits += usize::from(seen.iter().any(|one| here(&one)));
            card.astray += instances(seen.iter().filter(|one| !belongs(one)));
            for one in seen.iter().filter(here) {
                card.weigh(&chart, one);
            }
        }
        found.push((hits, usize::try_from(charts).unwrap()));
    }
    card.found = found.try_into().unwrap();
    for (flaw, tally) in flaws(kind).iter().zip(0..) {
        let fired = (0..charts)
            .filter(|number| {
                let chart = near_miss(kind, flaw, 1_000_000 + 10_000 * tally + number);
                sure(kind, &chart)
                    .iter()
                    .any(|one| overlaps(&chart, one) && is_complete(&chart, one))
            })
            .count();
        card.fired
            .push((flaw, fired, usize::try_from(charts).unwrap()));
    }
    card
}

/// Alarms of every kind in `walks` walks, in the order of [`PatternKind::ALL`], and bars walked.
pub(crate) fn alarms(walks: u64) -> ([usize; 5], usize) {
    let mut counted = [0; 5];
    for seed in 0..walks {
        let (bars, tick) = walk(WALK_BARS, 5_000_000 + seed);
        let seen: Vec<Detection> = scan_patterns(&bars, tick)
            .into_iter()
            .filter(|one| one.confidence >= CONFIDENCE_MIN)
            .collect();
        for (slot, kind) in counted.iter_mut().zip(PatternKind::ALL) {
            *slot += instances(seen.iter().filter(|one| one.kind == kind));
        }
    }
    (counted, usize::try_from(walks).unwrap() * WALK_BARS)
}

fn sure(kind: PatternKind, chart: &Drawn) -> Vec<Detection> {
    scan_patterns(&chart.bars, chart.tick)
        .into_iter()
        .filter(|one| one.kind == kind && one.confidence >= CONFIDENCE_MIN)
        .collect()
}

/// Whether at least half of the drawn shape lies in the detection.
fn overlaps(chart: &Drawn, one: &Detection) -> bool {
    let (first, last) = chart.shape;
    let common = (one.end.min(last) + 1).saturating_sub(one.start.max(first));
    2 * common > last - first
}

fn in_time(chart: &Drawn, one: &Detection) -> bool {
    let (from, to) = chart.decision;
    (from.saturating_sub(SLACK_BARS)..=to + SLACK_BARS).contains(&one.known_at)
}

/// Whether the whole drawn shape was known: before that, half a near miss may be a sound shape.
fn is_complete(chart: &Drawn, one: &Detection) -> bool {
    in_time(chart, one) && one.known_at + 1 >= chart.shape.1
}

fn instances<'a>(seen: impl Iterator<Item = &'a Detection>) -> usize {
    let starts: BTreeSet<usize> = seen.map(|one| one.start).collect();
    let mut last = None;
    let mut number = 0;
    for start in starts {
        if last.is_none_or(|last| start > last + SAME_START_BARS) {
            number += 1;
        }
        last = Some(start);
    }
    number
}

impl Scorecard {
    fn weigh(&mut self, chart: &Drawn, one: &Detection) {
        let within = |value: f64, (low, high): (f64, f64)| low <= value && value <= high;
        let levels = one.levels;
        self.placed += 1;
        self.zoned += usize::from(
            within(levels.trigger_level, chart.trigger) && within(levels.stop_level, chart.stop),
        );
        let risk = levels.trigger_level - levels.stop_level;
        self.paid += usize::from(levels.target_level - levels.trigger_level >= 2.0 * risk);
    }

    /// Share of sound charts in which the pattern was found.
    pub(crate) fn recall(&self) -> f64 {
        let (found, drawn) = self
            .found
            .iter()
            .fold((0, 0), |sum, grade| (sum.0 + grade.0, sum.1 + grade.1));
        share(found, drawn)
    }

    /// Share of instances that belong where they are, over sound charts and near misses; walks are
    /// counted apart, because any number of them can be walked.
    pub(crate) fn precision(&self) -> f64 {
        let right: usize = self.found.iter().map(|grade| grade.0).sum();
        let wrong: usize = self.fired.iter().map(|flaw| flaw.1).sum();
        share(right, right + wrong + self.astray)
    }

    /// Harmonic mean of the two.
    pub(crate) fn f1(&self) -> f64 {
        let (recall, precision) = (self.recall(), self.precision());
        2.0 * recall * precision / (recall + precision)
    }

    /// Share of near misses that fire.
    pub(crate) fn near_misses(&self) -> f64 {
        let (fired, drawn) = self
            .fired
            .iter()
            .fold((0, 0), |sum, flaw| (sum.0 + flaw.1, sum.1 + flaw.2));
        share(fired, drawn)
    }
}

/// One count as a share of another.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    let float = |count: usize| f64::from(u32::try_from(count).unwrap());
    if whole == 0 {
        0.0
    } else {
        float(part) / float(whole)
    }
}
