//! Drawn breakouts, the same with one condition broken, and the laws every detection obeys.

use proptest::prelude::*;

use crate::indicator::Ohlcv;
use crate::pattern::bar::unit_at_end;
use crate::pattern::{
    BarVolume, CONFIDENCE_MIN, Detection, Levels, PatternBar, PatternKind, TickSize, find_breakout,
    scan_breakouts,
};

const UNIT: f64 = 0.10;

/// A box between 9.70 and 10.00 with a touch of its top every six bars, and the bar that leaves it.
struct Drawing {
    event: [f64; 5],
    box_volume: f64,
    bars: Vec<PatternBar>,
}

fn bar(numbers: [f64; 5]) -> PatternBar {
    let [open, high, low, close, volume] = numbers;
    PatternBar {
        ohlcv: Ohlcv::new(open, high, low, close, volume).unwrap(),
        session: 1,
        volume: BarVolume::Continuous,
    }
}

fn tick() -> TickSize {
    TickSize::new(0.01).unwrap()
}

impl Drawing {
    fn clean() -> Self {
        Self {
            event: [9.96, 10.10, 9.95, 10.08, 250.0],
            box_volume: 100.0,
            bars: Vec::new(),
        }
    }

    fn event(mut self, event: [f64; 5]) -> Self {
        self.event = event;
        self
    }

    fn box_volume(mut self, volume: f64) -> Self {
        self.box_volume = volume;
        self
    }

    fn bars(mut self) -> Vec<PatternBar> {
        for step in 0..50 {
            let middle = match step % 6 {
                0 => 9.95,
                1 | 5 => 9.88,
                2 | 4 => 9.80,
                _ => 9.75,
            };
            self.bars.push(bar([
                middle,
                middle + UNIT / 2.0,
                middle - UNIT / 2.0,
                middle,
                self.box_volume,
            ]));
        }
        self.bars.push(bar(self.event));
        self.bars
    }

    fn found(self) -> Option<Detection> {
        find_breakout(&self.bars(), tick())
    }

    fn confidence(self) -> f64 {
        self.found().map_or(0.0, |detection| detection.confidence)
    }
}

fn measure(detection: &Detection, name: &str) -> f64 {
    detection
        .measures
        .iter()
        .find(|measure| measure.name == name)
        .unwrap()
        .value
}

#[test]
fn a_close_above_a_tested_level_on_volume_is_a_breakout() {
    let detection = Drawing::clean().found().unwrap();

    assert_eq!(detection.kind, PatternKind::Breakout);
    assert_eq!(
        (detection.start, detection.end, detection.known_at),
        (24, 50, 50)
    );
    assert!(detection.confidence > 0.95, "{detection:?}");
    assert!((measure(&detection, "volume_ratio") - 2.5).abs() < 1e-9);
    assert!((measure(&detection, "touches") - 5.0).abs() < 1e-9);
}

#[test]
fn the_stop_sits_at_the_event_low_and_the_target_a_box_above() {
    let levels = Drawing::clean().found().unwrap().levels;

    assert!((levels.trigger_level - 10.00).abs() < 1e-9);
    assert!((levels.stop_level - 9.95).abs() < 1e-9);
    assert!((levels.target_level - 10.30).abs() < 1e-9);
}

#[test]
fn a_stop_far_below_the_level_is_raised_and_one_at_it_is_lowered() {
    let unit = {
        let bars = Drawing::clean().bars();
        unit_at_end(&bars[..=24], tick()).unwrap()
    };

    let deep = Drawing::clean()
        .event([9.80, 10.20, 9.60, 10.18, 250.0])
        .found()
        .unwrap()
        .levels;
    let high = Drawing::clean()
        .event([10.0, 10.10, 10.0, 10.08, 250.0])
        .found()
        .unwrap()
        .levels;

    assert!((deep.stop_level - (10.0 - 1.25 * unit)).abs() < 1e-9);
    assert!((high.stop_level - (10.0 - 0.25 * unit)).abs() < 1e-9);
}

#[test]
fn the_target_is_never_nearer_than_twice_the_risk() {
    let bars: Vec<PatternBar> = (0..50)
        .map(|step| {
            let low = if step % 5 == 0 { 9.85 } else { 9.90 };
            bar([9.95, 10.0, low, 9.95, 100.0])
        })
        .chain([bar([9.9, 10.1, 9.7, 10.08, 250.0])])
        .collect();

    let levels = find_breakout(&bars, tick()).unwrap().levels;

    assert!((levels.stop_level - 9.875).abs() < 1e-9, "{levels:?}");
    assert!((levels.target_level - 10.25).abs() < 1e-9, "{levels:?}");
}

#[test]
fn a_breakout_with_one_condition_broken_is_none() {
    for (fault, drawing) in [
        (
            "ordinary volume",
            Drawing::clean().event([9.96, 10.10, 9.95, 10.08, 120.0]),
        ),
        (
            "somewhat more volume",
            Drawing::clean().event([9.96, 10.10, 9.95, 10.08, 140.0]),
        ),
        (
            "a wick above, the close below",
            Drawing::clean().event([9.96, 10.20, 9.95, 9.99, 250.0]),
        ),
        (
            "a close at the level",
            Drawing::clean().event([9.96, 10.10, 9.95, 10.00, 250.0]),
        ),
        (
            "a close above, in the low of a wide bar",
            Drawing::clean().event([9.96, 10.30, 9.90, 10.05, 250.0]),
        ),
        (
            "no move at all",
            Drawing::clean().event([9.90, 9.92, 9.88, 9.90, 250.0]),
        ),
        (
            "one print above the level",
            Drawing::clean().event([10.08, 10.08, 10.08, 10.08, 250.0]),
        ),
        ("no volume anywhere", Drawing::clean().box_volume(0.0)),
        (
            "no volume on the event",
            Drawing::clean().event([9.96, 10.10, 9.95, 10.08, 0.0]),
        ),
    ] {
        assert!(drawing.confidence() < CONFIDENCE_MIN, "{fault}");
    }
}

#[test]
fn a_level_touched_once_only_is_no_level() {
    let mut bars = Drawing::clean().bars();
    for (index, near) in bars.iter_mut().enumerate().take(50) {
        if near.ohlcv.high() > 9.9 && index != 30 {
            *near = bar([9.8, 9.85, 9.75, 9.8, 100.0]);
        }
    }

    assert_eq!(find_breakout(&bars, tick()), None);
}

#[test]
fn a_tall_box_is_a_range_and_not_a_base() {
    let mut bars = Drawing::clean().bars();
    bars[40] = bar([9.80, 9.85, 9.10, 9.80, 100.0]);

    assert_eq!(find_breakout(&bars, tick()), None);
}

#[test]
fn a_bar_that_opens_a_session_is_a_gap_and_not_a_breakout() {
    let mut bars = Drawing::clean().bars();
    bars[50].session = 2;

    assert_eq!(find_breakout(&bars, tick()), None);
}

#[test]
fn auction_volume_is_no_breakout_volume() {
    let mut bars = Drawing::clean().bars();
    bars[50].volume = BarVolume::WithAuction;

    assert_eq!(find_breakout(&bars, tick()), None);
}

#[test]
fn a_box_of_which_a_third_never_traded_is_none() {
    let mut bars = Drawing::clean().bars();
    for filled_in in bars.iter_mut().skip(25).step_by(3) {
        *filled_in = bar([9.88, 9.88, 9.88, 9.88, 0.0]);
    }
    bars[50] = bar([9.96, 10.10, 9.95, 10.08, 250.0]);

    assert_eq!(find_breakout(&bars, tick()), None);
}

#[test]
fn a_flat_series_and_a_short_one_hold_nothing() {
    let flat = vec![bar([5.0, 5.0, 5.0, 5.0, 100.0]); 120];

    assert_eq!(scan_breakouts(&flat, tick()), []);
    assert_eq!(find_breakout(&Drawing::clean().bars()[20..], tick()), None);
    assert_eq!(scan_breakouts(&[], tick()), []);
}

#[test]
fn near_misses_do_not_hide_a_later_breakout_in_a_scan() {
    let mut bars = Drawing::clean()
        .event([9.96, 10.20, 9.95, 9.99, 250.0])
        .bars();
    let after = Drawing::clean()
        .event([10.1, 10.3, 10.08, 10.28, 250.0])
        .bars();
    bars.extend(after);

    let found: Vec<usize> = scan_breakouts(&bars, tick())
        .into_iter()
        .filter(|detection| detection.confidence >= CONFIDENCE_MIN)
        .map(|detection| detection.known_at)
        .collect();

    assert_eq!(found, [101]);
}

/// A random walk with a fixed start: prices by a small step either way, volumes within five-fold.
fn walk(seed: u64, bars: usize) -> Vec<PatternBar> {
    let mut state = seed;
    let mut uniform = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(state >> 32).unwrap()) / f64::from(u32::MAX)
    };
    let mut price = 50.0;
    (0..bars)
        .map(|_| {
            let open = price;
            let mut path = [open; 9];
            for step in 1..path.len() {
                path[step] = path[step - 1] * (1.0 + 0.0006 * (uniform() + uniform() - 1.0));
            }
            price = path[8];
            let high = path.iter().copied().fold(0.0, f64::max);
            let low = path.iter().copied().fold(f64::MAX, f64::min);
            bar([open, high, low, price, 1_000.0 * 5.0_f64.powf(uniform())])
        })
        .collect()
}

#[test]
fn noise_gives_no_confident_breakout() {
    let sure: Vec<Detection> = scan_breakouts(&walk(11, 250), tick())
        .into_iter()
        .filter(|detection| detection.confidence >= 0.8)
        .collect();

    assert_eq!(sure, []);
}

/// The bound is the one the technicals name as good: 1.8 in a thousand bars.
#[test]
fn long_noise_raises_few_false_alarms() {
    let alarms: usize = (0..20)
        .map(|seed| {
            let found = scan_breakouts(&walk(seed, 1_000), tick());
            found
                .iter()
                .filter(|detection| detection.confidence >= CONFIDENCE_MIN)
                .count()
        })
        .sum();

    assert!(alarms <= 36, "{alarms} alarms in 20,000 bars");
}

/// Noise with now and then a burst, so that some of the series do break out.
fn noise() -> impl Strategy<Value = Vec<PatternBar>> {
    prop::collection::vec(
        (-6_i32..=6, 0_i32..=4, 0_i32..=4, 1_u32..=40, 0_u32..20),
        60..130,
    )
    .prop_map(|steps| {
        let mut price = 100.0_f64;
        let mut session = 0;
        let mut bars = Vec::with_capacity(steps.len());
        for (change, above, below, volume, dice) in steps {
            let open = price;
            price = (price + 0.05 * f64::from(change)).clamp(99.0, 101.0);
            session += u32::from(dice == 0);
            bars.push(PatternBar {
                session,
                ..bar([
                    open,
                    open.max(price) + 0.05 * f64::from(above),
                    open.min(price) - 0.05 * f64::from(below),
                    price,
                    100.0 * f64::from(volume),
                ])
            });
        }
        bars
    })
}

/// Noise with a drawn breakout somewhere inside.
fn tape() -> impl Strategy<Value = Vec<PatternBar>> {
    (noise(), noise()).prop_map(|(mut before, after)| {
        before.extend(Drawing::clean().bars());
        before.extend(after);
        before
    })
}

proptest! {
    #[test]
    fn the_future_never_changes_a_past_detection(bars in tape(), cut in 0.0_f64..1.0) {
        let kept = bars.iter().enumerate().take_while(|&(index, _)| {
            f64::from(u32::try_from(index).unwrap()) < cut * f64::from(u32::try_from(bars.len()).unwrap())
        }).count();

        let all = scan_breakouts(&bars, tick());
        let past = scan_breakouts(&bars[..kept], tick());

        prop_assert!(!all.is_empty());
        let known: Vec<Detection> = all.into_iter().filter(|found| found.known_at < kept).collect();
        prop_assert_eq!(past, known);
    }

    #[test]
    fn the_past_beyond_the_box_and_its_unit_does_not_matter(bars in tape()) {
        for found in scan_breakouts(&bars, tick()) {
            let oldest = found.start.saturating_sub(20);

            let again = find_breakout(&bars[oldest..=found.known_at], tick()).unwrap();

            prop_assert!((again.confidence - found.confidence).abs() < 1e-12);
            prop_assert_eq!(again.levels, found.levels);
        }
    }

    #[test]
    fn the_scale_of_prices_and_volumes_does_not_matter(
        bars in tape(),
        price_scale in prop::sample::select(vec![0.5, 2.0, 8.0]),
        volume_scale in prop::sample::select(vec![0.125, 8.0]),
    ) {
        let scaled: Vec<PatternBar> = bars
            .iter()
            .map(|original| {
                let ohlcv = &original.ohlcv;
                let [open, high, low, close] =
                    [ohlcv.open(), ohlcv.high(), ohlcv.low(), ohlcv.close()].map(|x| x * price_scale);
                PatternBar {
                    session: original.session,
                    ..bar([open, high, low, close, ohlcv.volume() * volume_scale])
                }
            })
            .collect();
        let scaled_tick = TickSize::new(0.01 * price_scale).unwrap();

        let found = scan_breakouts(&bars, tick());
        let found_scaled = scan_breakouts(&scaled, scaled_tick);

        let instances = |all: &[Detection]| {
            all.iter().map(|one| (one.start, one.known_at)).collect::<Vec<_>>()
        };
        prop_assert_eq!(instances(&found), instances(&found_scaled));
        for (one, other) in found.iter().zip(&found_scaled) {
            prop_assert!((one.confidence - other.confidence).abs() < 1e-9);
            prop_assert!(
                (one.levels.target_level * price_scale - other.levels.target_level).abs() < 1e-9
            );
        }
    }

    #[test]
    fn every_detection_has_ordered_levels_and_a_confidence_in_bounds(bars in tape()) {
        for found in scan_breakouts(&bars, tick()) {
            let Levels { trigger_level, stop_level, target_level, .. } = found.levels;

            prop_assert!(stop_level < trigger_level && trigger_level < target_level);
            prop_assert!(target_level - trigger_level >= 2.0 * (trigger_level - stop_level) - 1e-9);
            prop_assert!(found.confidence > 0.0 && found.confidence <= 1.0);
            prop_assert!(found.start < found.end && found.end <= found.known_at);
        }
    }
}
