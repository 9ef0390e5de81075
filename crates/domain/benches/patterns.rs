//! What looking for all five patterns costs a bar, on walks that hold none and on drawn patterns.
use std::hint::black_box;

use catalyst_domain::pattern::{PatternKind, scan_patterns};
use catalyst_testkit::charts::{Grade, sound, walk};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn walks(criterion: &mut Criterion) {
    let (bars, tick) = walk(500, 7);
    let mut group = criterion.benchmark_group("patterns: all five, a bar");
    group.throughput(Throughput::Elements(500));
    group.bench_function("walk of 500", |bench| {
        bench.iter(|| scan_patterns(black_box(&bars), tick));
    });
    group.finish();
}

fn shapes(criterion: &mut Criterion) {
    let charts = PatternKind::ALL.map(|kind| sound(kind, Grade::Usual, 7));
    let bars: usize = charts.iter().map(|chart| chart.bars.len()).sum();
    let mut group = criterion.benchmark_group("patterns: drawn");
    group.throughput(Throughput::Elements(
        u64::try_from(bars).unwrap_or(u64::MAX),
    ));
    group.bench_function("one of each", |bench| {
        bench.iter(|| {
            charts
                .iter()
                .map(|chart| scan_patterns(black_box(&chart.bars), chart.tick).len())
                .sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, walks, shapes);
criterion_main!(benches);
