//! What holds for every pattern in any series: no look-ahead, no repainting, no scale, levels in
//! order and on the grid.

use catalyst_domain::indicator::Ohlcv;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::pattern::{
    CONFIDENCE_MIN, Detection, PatternBar, PatternKind, PatternScan, TickSize, scan_patterns,
};
use catalyst_domain::tick::TickTable;
use catalyst_testkit::charts::{Grade, sound, walk};
use proptest::prelude::*;

/// A drawn pattern, a walk, and the walk again from another seed: patterns with noise all round.
fn tape() -> impl Strategy<Value = (Vec<PatternBar>, TickSize)> {
    let kinds = prop::sample::select(PatternKind::ALL.to_vec());
    let grades = prop::sample::select(Grade::ALL.to_vec());
    (kinds, grades, any::<u64>(), prop::bool::ANY).prop_map(|(kind, grade, seed, walks)| {
        if walks {
            walk(420, seed)
        } else {
            let chart = sound(kind, grade, seed);
            (chart.bars, chart.tick)
        }
    })
}

fn scaled(bars: &[PatternBar], price: f64, volume: f64) -> Vec<PatternBar> {
    bars.iter()
        .map(|bar| {
            let [open, high, low, close] = [
                bar.ohlcv.open(),
                bar.ohlcv.high(),
                bar.ohlcv.low(),
                bar.ohlcv.close(),
            ]
            .map(|one| one * price);
            PatternBar {
                ohlcv: Ohlcv::new(open, high, low, close, bar.ohlcv.volume() * volume).unwrap(),
                ..*bar
            }
        })
        .collect()
}

fn instances(found: &[Detection]) -> Vec<(PatternKind, usize, usize, usize)> {
    found
        .iter()
        .filter(|one| one.confidence > 1e-9)
        .map(|one| (one.kind, one.start, one.end, one.known_at))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_future_never_changes_what_was_said(tape in tape(), cut in 0.0_f64..1.0) {
        let (bars, tick) = tape;
        let kept = bars.iter().zip(1_u32..).filter(|(_, number)| {
            f64::from(*number) < cut * f64::from(u32::try_from(bars.len()).unwrap())
        }).count();

        let all = scan_patterns(&bars, tick);
        let past = scan_patterns(&bars[..kept], tick);

        let known: Vec<Detection> = all.into_iter().filter(|one| one.known_at < kept).collect();
        prop_assert_eq!(past, known);
    }

    #[test]
    fn a_clone_asks_what_if_without_disturbing_the_original(tape in tape(), at in 40_usize..120) {
        let (bars, tick) = tape;
        let mut scan = PatternScan::new();
        for bar in &bars[..at] {
            scan.next(bar, tick);
        }

        scan.clone().next(&bars[0], tick);
        let said = scan.next(&bars[at], tick);

        let straight: Vec<Detection> = scan_patterns(&bars[..=at], tick)
            .into_iter()
            .filter(|one| one.known_at == at)
            .collect();
        prop_assert_eq!(said, straight);
    }

    #[test]
    fn the_scale_of_prices_and_volumes_does_not_matter(
        tape in tape(),
        price in prop::sample::select(vec![0.5, 2.0, 8.0]),
        volume in prop::sample::select(vec![0.125, 8.0]),
    ) {
        let (bars, tick) = tape;
        let found = scan_patterns(&bars, tick);

        let other = scan_patterns(
            &scaled(&bars, price, volume),
            TickSize::new(tick.step() * price).unwrap(),
        );

        prop_assert_eq!(instances(&found), instances(&other));
        for (one, other) in found.iter().zip(&other) {
            prop_assert!((one.confidence - other.confidence).abs() < 1e-9);
            let target = one.levels.target_level * price;
            prop_assert!((target - other.levels.target_level).abs() < 1e-9 * target);
        }
    }

    #[test]
    fn a_sure_detection_is_in_order_and_its_levels_are_legal(tape in tape()) {
        let (bars, tick) = tape;
        let table = TickTable::hkex().unwrap();
        let grid = table.on("2026-11-23".parse().unwrap(), InstrumentKind::Equity).unwrap();
        for one in scan_patterns(&bars, tick) {
            prop_assert!(one.start < one.end && one.end <= one.known_at);
            prop_assert!(one.confidence > 0.0 && one.confidence <= 1.0);
            if one.confidence < CONFIDENCE_MIN {
                continue;
            }
            let Some(pattern) = one.on_grid(grid) else { continue };
            prop_assert!(pattern.stop.price() < pattern.trigger.price());
            let (risk, reward) = (
                pattern.trigger.value() - pattern.stop.value(),
                pattern.target.value() - pattern.trigger.value(),
            );
            prop_assert!(reward >= risk + risk, "{pattern:?}");
            for level in [pattern.trigger, pattern.stop, pattern.target] {
                prop_assert_eq!(grid.exact(level.price()), Ok(level));
            }
        }
    }
}

#[test]
fn what_lies_beyond_the_memory_does_not_matter() {
    let (bars, tick) = walk(2_000, 77);

    let all = scan_patterns(&bars, tick);
    let sure: Vec<&Detection> = all
        .iter()
        .filter(|one| one.known_at >= 1_500 && one.confidence >= CONFIDENCE_MIN)
        .collect();
    let late = scan_patterns(&bars[900..], tick);

    assert!(!sure.is_empty());
    for one in sure {
        let again = late
            .iter()
            .any(|other| other.kind == one.kind && other.start + 900 == one.start);
        assert!(again, "{one:?}");
    }
}
