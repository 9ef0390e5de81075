//! What the indicator set costs: a step at a time and at once over 200 bars, and over a whole exchange
//! of 2,600 names with 500 bars each, beside TA-Lib's C library where Python has it.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench that cannot be set up measures nothing, and what it measures is for people"
)]

use std::hint::black_box;
use std::process::Command;

use catalyst_domain::indicator::{IndicatorSet, Ohlcv};
use criterion::{Criterion, criterion_group, criterion_main};

const NAMES: u32 = 2_600;
const BARS: usize = 500;

/// The same figures from the same number of bars; where it is missing, it says so.
const TALIB: &str = include_str!("talib.py");

/// Bars that walk at random around a price, the same for the same seed.
fn walk(seed: u32, bars: usize) -> Vec<Ohlcv> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut draw = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1_u32 << 24)
    };
    let mut close = 20.0 + 400.0 * draw();
    (0..bars)
        .map(|_| {
            let open = close;
            close *= 0.99 + 0.02 * draw();
            let high = open.max(close) * (1.0 + 0.004 * draw());
            let low = open.min(close) * (1.0 - 0.004 * draw());
            Ohlcv::new(open, high, low, close, (1e6 * draw()).round()).unwrap()
        })
        .collect()
}

fn two_hundred_bars(criterion: &mut Criterion) {
    let bars = walk(7, 200);
    let mut set = IndicatorSet::new().unwrap();
    criterion.bench_function("indicators: 200 bars, every row", |bench| {
        bench.iter(|| {
            let rows = set.rows(black_box(&bars));
            rows.for_each(|row| {
                black_box(row);
            });
        });
    });
    criterion.bench_function("indicators: 200 bars, last row", |bench| {
        bench.iter(|| set.over(black_box(&bars)));
    });
}

fn whole_exchange(criterion: &mut Criterion) {
    let names: Vec<Vec<Ohlcv>> = (0..NAMES).map(|seed| walk(seed, BARS)).collect();
    let mut set = IndicatorSet::new().unwrap();
    let mut group = criterion.benchmark_group("indicators: 2600 names of 500 bars");
    group.sample_size(20);
    group.bench_function("last rows", |bench| {
        bench.iter(|| {
            for bars in &names {
                black_box(set.over(black_box(bars)));
            }
        });
    });
    group.bench_function("every row", |bench| {
        bench.iter(|| {
            for bars in &names {
                set.rows(black_box(bars)).for_each(|row| {
                    black_box(row);
                });
            }
        });
    });
    group.finish();
}

/// Not a measurement of this program: the library that its figures are held to, on this machine.
fn talib(_: &mut Criterion) {
    let answered = Command::new("python3").args(["-c", TALIB]).output();
    match answered {
        Ok(output) if output.status.success() => {
            println!("{}", String::from_utf8_lossy(&output.stdout).trim_end());
        }
        Ok(_) | Err(_) => println!("TA-Lib: not installed for python3 (pip install TA-Lib numpy)"),
    }
}

criterion_group!(benches, two_hundred_bars, whole_exchange, talib);
criterion_main!(benches);
