//! What holds for every breakout in any series: no look-ahead, no scale, few alarms in noise.

use proptest::prelude::*;

use super::drawing::{Drawing, bar, tick};
use crate::pattern::{
    CONFIDENCE_MIN, Detection, Levels, PatternBar, TickSize, find_breakout, scan_breakouts,
};

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
