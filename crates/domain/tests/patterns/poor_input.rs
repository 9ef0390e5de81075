//! Bars that hold no shape: short, flat, without trade, or torn by a spike, a split or a halt.

use catalyst_domain::indicator::Ohlcv;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::pattern::{
    BarVolume, CONFIDENCE_MIN, Detection, PatternBar, PatternKind, TickSize, scan_patterns,
};
use catalyst_domain::tick::TickTable;
use catalyst_testkit::charts::{Grade, sound, walk};

fn bar([open, high, low, close, volume]: [f64; 5]) -> PatternBar {
    PatternBar {
        ohlcv: Ohlcv::new(open, high, low, close, volume).unwrap(),
        session: 1,
        volume: BarVolume::Continuous,
    }
}

fn tick() -> TickSize {
    TickSize::new(0.01).unwrap()
}

fn sure(bars: &[PatternBar], tick: TickSize) -> Vec<Detection> {
    scan_patterns(bars, tick)
        .into_iter()
        .filter(|one| one.confidence >= CONFIDENCE_MIN)
        .collect()
}

/// Every bar of the chart, with the change applied to it.
fn changed(
    bars: &[PatternBar],
    change: impl Fn(usize, &PatternBar) -> PatternBar,
) -> Vec<PatternBar> {
    bars.iter()
        .enumerate()
        .map(|(index, bar)| change(index, bar))
        .collect()
}

#[test]
fn a_flat_line_and_a_line_without_trade_hold_nothing() {
    assert_eq!(
        scan_patterns(&[bar([5.0, 5.0, 5.0, 5.0, 100.0]); 300], tick()),
        []
    );
    assert_eq!(
        scan_patterns(&[bar([5.0, 5.0, 5.0, 5.0, 0.0]); 300], tick()),
        []
    );
    assert_eq!(scan_patterns(&[], tick()), []);
}

#[test]
fn a_series_shorter_than_any_shape_holds_nothing() {
    for kind in PatternKind::ALL {
        let chart = sound(kind, Grade::Clear, 3);
        assert_eq!(scan_patterns(&chart.bars[..12], chart.tick), [], "{kind}");
    }
}

#[test]
fn a_chart_of_which_every_other_bar_has_no_trade_holds_no_pattern() {
    for kind in PatternKind::ALL {
        for seed in 0..6 {
            let chart = sound(kind, Grade::Clear, seed);
            let thin = changed(&chart.bars, |index, bar| {
                let close = bar.ohlcv.close();
                if index % 2 == 0 {
                    PatternBar {
                        ohlcv: Ohlcv::new(close, close, close, close, 0.0).unwrap(),
                        ..*bar
                    }
                } else {
                    *bar
                }
            });

            assert_eq!(sure(&thin, chart.tick), [], "{kind} {seed}");
        }
    }
}

#[test]
fn a_push_across_lunch_is_a_gap_and_no_push() {
    for kind in [PatternKind::BullFlag, PatternKind::Abcd] {
        for seed in 0..12 {
            let chart = sound(kind, Grade::Clear, seed);
            let torn = changed(&chart.bars, |index, bar| PatternBar {
                session: 1 + u32::from(index > chart.shape.0 + 2),
                ..*bar
            });
            let found = sure(&torn, chart.tick);

            let across = found
                .iter()
                .filter(|one| one.kind == kind && one.start <= chart.shape.0 + 2)
                .find(|one| one.known_at >= chart.decision.0);
            assert_eq!(across, None, "{kind} {seed}");
        }
    }
}

#[test]
fn volume_of_an_auction_is_no_volume_of_a_break() {
    let mut tried = 0;
    for seed in 0..12 {
        let chart = sound(PatternKind::Breakout, Grade::Clear, seed);
        let event = chart.shape.1 + 1;
        let breaks = |bars: &[PatternBar]| {
            sure(bars, chart.tick)
                .iter()
                .any(|one| one.kind == PatternKind::Breakout && one.known_at == event)
        };
        let auction = changed(&chart.bars, |index, bar| PatternBar {
            volume: if index == event {
                BarVolume::WithAuction
            } else {
                bar.volume
            },
            ..*bar
        });

        tried += usize::from(breaks(&chart.bars));
        assert!(!breaks(&auction), "{seed}");
    }
    assert!(tried >= 10, "{tried}");
}

#[test]
fn one_absurd_spike_or_a_split_makes_no_pattern_by_itself() {
    let (bars, tick) = walk(400, 5);
    let before = sure(&bars, tick).len();
    let spiked = changed(&bars, |index, bar| {
        let [open, high, low, close] = [
            bar.ohlcv.open(),
            bar.ohlcv.high(),
            bar.ohlcv.low(),
            bar.ohlcv.close(),
        ];
        let high = if index == 200 { high * 9.0 } else { high };
        PatternBar {
            ohlcv: Ohlcv::new(open, high, low, close, bar.ohlcv.volume()).unwrap(),
            ..*bar
        }
    });
    let split = changed(&bars, |index, bar| {
        let by = if index >= 200 { 1.0 / 3.0 } else { 1.0 };
        let [open, high, low, close] = [
            bar.ohlcv.open(),
            bar.ohlcv.high(),
            bar.ohlcv.low(),
            bar.ohlcv.close(),
        ]
        .map(|x| x * by);
        PatternBar {
            ohlcv: Ohlcv::new(open, high, low, close, bar.ohlcv.volume()).unwrap(),
            ..*bar
        }
    });

    let at_the_tear = |found: &[Detection]| {
        found
            .iter()
            .filter(|one| one.start <= 200 && one.end >= 200)
            .map(|one| one.kind)
            .collect::<Vec<_>>()
    };
    assert!(sure(&spiked, tick).len() <= before + 1);
    assert_eq!(at_the_tear(&sure(&split, tick)), []);
}

#[test]
fn levels_are_on_the_ticks_of_penny_shares_and_of_dear_ones() {
    let table = TickTable::hkex().unwrap();
    let grid = table
        .on("2026-11-23".parse().unwrap(), InstrumentKind::Equity)
        .unwrap();
    for price in ["0.215", "9.99", "10.00", "499.8"] {
        let level: f64 = price.parse().unwrap();
        let chart = sound(PatternKind::Breakout, Grade::Clear, 1);
        let event = chart.shape.1 + 1;
        let top = chart.bars[event - 26..event]
            .iter()
            .fold(0.0_f64, |top, bar| top.max(bar.ohlcv.high()));
        let by = level / top;
        let moved = changed(&chart.bars, |_, bar| {
            let [open, high, low, close] = [
                bar.ohlcv.open(),
                bar.ohlcv.high(),
                bar.ohlcv.low(),
                bar.ohlcv.close(),
            ]
            .map(|x| x * by);
            PatternBar {
                ohlcv: Ohlcv::new(open, high, low, close, bar.ohlcv.volume()).unwrap(),
                ..*bar
            }
        });
        let tick = TickSize::at(grid, price.parse().unwrap()).unwrap();

        let found = sure(&moved, tick);
        let one = found
            .iter()
            .find(|one| one.kind == PatternKind::Breakout && one.known_at == event);
        if let Some(pattern) = one.and_then(|one| one.on_grid(grid)) {
            let next = grid
                .up(grid.snap_up(price.parse().unwrap()).unwrap())
                .unwrap();
            assert_eq!(pattern.trigger, next, "{price}");
        } else {
            assert_eq!(
                price, "0.215",
                "a tick of a penny share is coarser than the chart"
            );
        }
    }
}
