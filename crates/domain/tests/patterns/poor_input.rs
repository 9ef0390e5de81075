//! Bars that hold no shape: short, flat, without trade, or torn by a spike, a jump or a halt.

use catalyst_domain::indicator::Ohlcv;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::pattern::{
    BarVolume, CONFIDENCE_MIN, Detection, PatternBar, PatternKind, TickSize, scan_patterns,
};
use catalyst_domain::tick::TickTable;
use catalyst_testkit::charts::{Grade, sound};

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

/// The bar with its prices changed by a rule.
fn repriced(bar: &PatternBar, price: impl Fn([f64; 4]) -> [f64; 4]) -> PatternBar {
    let ohlcv = &bar.ohlcv;
    let [open, high, low, close] = price([ohlcv.open(), ohlcv.high(), ohlcv.low(), ohlcv.close()]);
    PatternBar {
        ohlcv: Ohlcv::new(open, high, low, close, ohlcv.volume()).unwrap(),
        ..*bar
    }
}

#[test]
fn a_close_under_an_absurd_spike_of_the_box_is_no_breakout() {
    let mut tried = 0;
    for seed in 0..12 {
        let chart = sound(PatternKind::Breakout, Grade::Clear, seed);
        let event = chart.shape.1 + 1;
        let breaks = |bars: &[PatternBar]| {
            sure(bars, chart.tick)
                .iter()
                .any(|one| one.kind == PatternKind::Breakout && one.known_at == event)
        };
        let spiked = changed(&chart.bars, |index, bar| {
            if index + 10 == event {
                repriced(bar, |[open, high, low, close]| {
                    [open, high * 9.0, low, close]
                })
            } else {
                *bar
            }
        });

        tried += usize::from(breaks(&chart.bars));
        assert!(!breaks(&spiked), "{seed}");
    }
    assert!(tried >= 10, "{tried}");
}

#[test]
fn a_pole_that_one_step_makes_is_a_split_or_a_jump_and_no_flag() {
    let mut tried = 0;
    for seed in 0..12 {
        let chart = sound(PatternKind::BullFlag, Grade::Clear, seed);
        let (foot, end) = chart.shape;
        let flags = |bars: &[PatternBar]| {
            let (first, last) = chart.decision;
            sure(bars, chart.tick).iter().any(|one| {
                one.kind == PatternKind::BullFlag && (first..=last).contains(&one.known_at)
            })
        };
        let high = |index: &usize| chart.bars[*index].ohlcv.high();
        let top = (foot..=end)
            .max_by(|a, b| high(a).total_cmp(&high(b)))
            .unwrap();
        let at_foot = &chart.bars[foot].ohlcv;
        let ground = [
            at_foot.open(),
            at_foot.high(),
            at_foot.low(),
            at_foot.close(),
        ];
        let torn = changed(&chart.bars, |index, bar| {
            if (foot..top).contains(&index) {
                repriced(bar, |_| ground)
            } else {
                *bar
            }
        });

        tried += usize::from(flags(&chart.bars));
        assert!(!flags(&torn), "{seed}");
    }
    assert!(tried >= 10, "{tried}");
}

#[test]
fn levels_are_on_the_ticks_of_penny_shares_and_of_dear_ones() {
    let table = TickTable::hkex().unwrap();
    let grid = table
        .on("2026-11-23".parse().unwrap(), InstrumentKind::Equity)
        .unwrap();
    let chart = sound(PatternKind::Breakout, Grade::Clear, 1);
    let event = chart.shape.1 + 1;
    let tops = chart.bars[event - 26..event].iter();
    let top = tops.fold(0.0_f64, |top, bar| top.max(bar.ohlcv.high()));
    let ranges = chart
        .bars
        .iter()
        .map(|bar| bar.ohlcv.high() - bar.ohlcv.low());
    let range = ranges.sum::<f64>() / f64::from(u32::try_from(chart.bars.len()).unwrap());
    for price in ["0.215", "9.99", "10.00", "499.8"] {
        let level: f64 = price.parse().unwrap();
        let tick = TickSize::at(grid, price.parse().unwrap()).unwrap();
        // The same chart in ticks wherever it lies: a bar is two ticks high on the whole.
        let by = 2.0 * tick.step() / range;
        let moved = changed(&chart.bars, |_, bar| {
            repriced(bar, |prices| prices.map(|x| level + (x - top) * by))
        });

        let found = sure(&moved, tick);
        let pattern = found
            .iter()
            .find(|one| one.kind == PatternKind::Breakout && one.known_at == event)
            .and_then(|one| one.on_grid(grid))
            .unwrap_or_else(|| panic!("no breakout at {price}"));

        let next = grid
            .up(grid.snap_up(price.parse().unwrap()).unwrap())
            .unwrap();
        assert_eq!(pattern.trigger, next, "{price}");
        assert!(pattern.stop.price() < price.parse().unwrap(), "{price}");
    }
}
