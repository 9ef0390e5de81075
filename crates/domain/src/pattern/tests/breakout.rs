//! Drawn breakouts, and the same with one condition broken.

use super::drawing::{Drawing, bar, tick};
use crate::pattern::bar::unit_at_end;
use crate::pattern::{
    BarVolume, CONFIDENCE_MIN, Detection, PatternBar, PatternKind, find_breakout, scan_breakouts,
};

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
