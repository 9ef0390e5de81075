//! The set against its parts, in steps against in one go, and on series that are thin or broken.

#![expect(clippy::unwrap_used, reason = "what a test builds for itself is sound")]

use catalyst_domain::indicator::{
    Atr, BarRelativeVolume, Bollinger, Ema, IndicatorRow, IndicatorSet, Macd, Ohlcv, Rsi, Sma,
    TrueRange,
};
use proptest::prelude::*;

fn bar(price: f64, reach: f64, volume: f64) -> Ohlcv {
    Ohlcv::new(price, price + reach, price - reach, price, volume).unwrap()
}

fn series() -> impl Strategy<Value = Vec<Ohlcv>> {
    let one = (0.01_f64..900.0, 0.0_f64..0.9, 0_u32..5_000)
        .prop_map(|(price, share, volume)| bar(price, price * share, f64::from(volume)));
    prop::collection::vec(one, 0..260)
}

fn rows(bars: &[Ohlcv]) -> Vec<IndicatorRow> {
    IndicatorSet::new().unwrap().rows(bars).collect()
}

fn last(bars: &[Ohlcv]) -> IndicatorRow {
    IndicatorSet::new().unwrap().over(bars)
}

/// Every figure of a row, for comparisons to the last bit.
fn bits(row: &IndicatorRow) -> Vec<Option<u64>> {
    let macd = row
        .macd
        .map(|macd| [macd.line, macd.signal, macd.histogram]);
    let bands = row
        .bands
        .map(|bands| [bands.upper, bands.middle, bands.lower]);
    let split = |three: Option<[f64; 3]>| three.map_or([None; 3], |three| three.map(Some));
    [
        row.sma20,
        row.sma50,
        row.sma200,
        row.ema9,
        row.ema20,
        row.ema21,
        row.rsi14,
        row.true_range,
        row.atr14,
        row.volume_sma20,
        row.relative_volume20,
    ]
    .into_iter()
    .chain(split(macd))
    .chain(split(bands))
    .map(|figure| figure.map(f64::to_bits))
    .collect()
}

proptest! {
    #[test]
    fn one_go_equals_steps_bar_for_bar_and_bit_for_bit(bars in series()) {
        let mut stepping = IndicatorSet::new().unwrap();
        let mut reused = IndicatorSet::new().unwrap();

        for (index, bar) in bars.iter().enumerate() {
            let stepped = stepping.next(bar);
            let at_once = reused.over(&bars[..=index]);
            prop_assert_eq!(bits(&stepped), bits(&at_once), "bar {}", index);
        }
    }

    #[test]
    fn the_set_equals_each_indicator_by_itself(bars in series()) {
        let (mut sma50, mut volumes) = (Sma::of_closes(50).unwrap(), Sma::of_volumes(20).unwrap());
        let (mut ema, mut rsi) = (Ema::new(21).unwrap(), Rsi::new(14).unwrap());
        let (mut macd, mut range) = (Macd::new().unwrap(), TrueRange::new());
        let (mut atr, mut bands) = (Atr::new(14).unwrap(), Bollinger::new(20).unwrap());
        let mut relative = BarRelativeVolume::new(20).unwrap();

        for (bar, row) in bars.iter().zip(rows(&bars)) {
            prop_assert_eq!(row.sma50, sma50.next(bar));
            prop_assert_eq!(row.volume_sma20, volumes.next(bar));
            prop_assert_eq!(row.ema21, ema.next(bar));
            prop_assert_eq!(row.rsi14, rsi.next(bar));
            prop_assert_eq!(row.macd, macd.next(bar));
            prop_assert_eq!(row.true_range, range.next(bar));
            prop_assert_eq!(row.atr14, atr.next(bar));
            prop_assert_eq!(row.bands, bands.next(bar));
            prop_assert_eq!(row.relative_volume20, relative.next(bar));
        }
    }

    #[test]
    fn a_clone_asks_what_if_without_disturbing_the_original(
        bars in series(),
        what_if in 0.01_f64..900.0,
        next in 0.01_f64..900.0,
    ) {
        let mut set = IndicatorSet::new().unwrap();
        for bar in &bars {
            set.push(bar);
        }

        let asked = set.clone().next(&bar(what_if, 0.0, 10.0));
        let answered = set.next(&bar(next, 0.0, 10.0));

        let with = |price: f64| {
            let all: Vec<_> = bars.iter().copied().chain([bar(price, 0.0, 10.0)]).collect();
            bits(&last(&all))
        };
        prop_assert_eq!(bits(&asked), with(what_if));
        prop_assert_eq!(bits(&answered), with(next));
    }

    #[test]
    fn every_figure_is_a_number_and_the_strength_index_within_its_scale(bars in series()) {
        for row in rows(&bars) {
            for figure in bits(&row).into_iter().flatten().map(f64::from_bits) {
                prop_assert!(figure.is_finite(), "{:?}", row);
            }
            if let Some(rsi) = row.rsi14 {
                prop_assert!((0.0..=100.0).contains(&rsi), "{}", rsi);
            }
        }
    }
}

#[test]
fn each_figure_first_appears_with_the_bar_that_completes_it() {
    let bars: Vec<Ohlcv> = (0..210_u16)
        .map(|step| bar(50.0 + f64::from(step * 7 % 13), 0.5, 100.0))
        .collect();
    let rows = rows(&bars);
    let first = |has: fn(&IndicatorRow) -> bool| rows.iter().position(has);

    assert_eq!(first(|row| row.sma20.is_some()), Some(19));
    assert_eq!(first(|row| row.sma50.is_some()), Some(49));
    assert_eq!(first(|row| row.sma200.is_some()), Some(199));
    assert_eq!(first(|row| row.ema9.is_some()), Some(8));
    assert_eq!(first(|row| row.ema20.is_some()), Some(19));
    assert_eq!(first(|row| row.ema21.is_some()), Some(20));
    assert_eq!(first(|row| row.rsi14.is_some()), Some(14));
    assert_eq!(first(|row| row.macd.is_some()), Some(33));
    assert_eq!(first(|row| row.true_range.is_some()), Some(1));
    assert_eq!(first(|row| row.atr14.is_some()), Some(14));
    assert_eq!(first(|row| row.bands.is_some()), Some(19));
    assert_eq!(first(|row| row.volume_sma20.is_some()), Some(19));
    assert_eq!(first(|row| row.relative_volume20.is_some()), Some(20));
}

#[test]
fn a_flat_line_has_no_strength_index_no_range_and_bands_of_no_width() {
    let row = last(&[bar(0.013, 0.0, 0.0); 250]);

    assert_eq!(row.rsi14, None);
    assert_eq!((row.atr14, row.true_range), (Some(0.0), Some(0.0)));
    assert_eq!(row.sma200, Some(0.013));
    assert_eq!(row.bands.and_then(|bands| bands.bandwidth()), None);
    assert_eq!((row.volume_sma20, row.relative_volume20), (Some(0.0), None));
    assert!(row.macd.is_some_and(|macd| macd.line.abs() < 1e-15));
}

#[test]
fn an_empty_series_has_nothing() {
    assert_eq!(bits(&last(&[])), [None; 17]);
}

#[test]
fn a_spike_beyond_reason_leaves_the_windows_without_a_trace() {
    let quiet = |step: u16| bar(0.01 + 0.0001 * f64::from(step % 5), 0.0, 100.0);
    let mut bars = vec![bar(1e12, 0.0, 1e15)];
    bars.extend((0..200).map(quiet));

    let spiked = last(&bars);
    let clean = last(&bars[1..]);

    assert_eq!((spiked.sma20, spiked.sma200), (clean.sma20, clean.sma200));
    assert_eq!(
        (spiked.bands, spiked.volume_sma20),
        (clean.bands, clean.volume_sma20)
    );
}

#[test]
fn the_scale_of_prices_moves_all_figures_but_the_strength_index() {
    let at_scale = |scale: f64| {
        let bars: Vec<Ohlcv> = (0..120_u16)
            .map(|step| {
                bar(
                    scale * (50.0 + f64::from(step * 7 % 13)),
                    scale * 0.5,
                    100.0,
                )
            })
            .collect();
        last(&bars)
    };
    let one = at_scale(1.0);

    for scale in [1e-4, 1e4] {
        let scaled = at_scale(scale);
        let same = |a: Option<f64>, b: Option<f64>| (a.unwrap() - b.unwrap()).abs() < 1e-9;
        assert!(same(scaled.rsi14, one.rsi14), "{scaled:?}");
        assert!(same(scaled.sma50.map(|value| value / scale), one.sma50));
        assert!(same(scaled.atr14.map(|value| value / scale), one.atr14));
        let line = |row: IndicatorRow| row.macd.map(|macd| macd.line);
        assert!(same(line(scaled).map(|value| value / scale), line(one)));
    }
}
