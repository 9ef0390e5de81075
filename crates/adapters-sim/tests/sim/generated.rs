//! Generated days: shape, plausibility, agreement of minutes and history.

use std::sync::Arc;

use catalyst_adapters_sim::generator::{Generator, HISTORY_DAYS};
use catalyst_adapters_sim::headlines::Headline;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::market::Bar;
use catalyst_domain::news::Sentiment;
use catalyst_domain::tick::LimitPrice;

use crate::desk::RULES;

fn generator(seed: u64, count: usize) -> Generator {
    Generator::of_first(Arc::clone(&RULES), seed, count).unwrap()
}

#[test]
fn the_same_seed_makes_the_same_day_and_another_seed_another() {
    let date = "2026-09-14".parse().unwrap();

    let one = generator(7, 8).day(date).unwrap();
    let again = generator(7, 8).day(date).unwrap();
    let other = generator(8, 8).day(date).unwrap();

    assert_eq!(one, again);
    assert_ne!(one.bars, other.bars);
}

#[test]
fn prices_lie_on_ticks_and_volumes_in_lots() {
    let date = "2026-09-14".parse().unwrap();
    let grid = RULES.ticks.on(date, InstrumentKind::Equity).unwrap();

    let day = generator(3, 50).day(date).unwrap();

    for (symbol, bars) in &day.bars {
        let instrument = RULES.lots.instrument(*symbol, date).unwrap().instrument;
        let lot = u64::from(instrument.lot_size.shares());
        for bar in bars {
            for price in [bar.open(), bar.high(), bar.low(), bar.close()] {
                assert_eq!(
                    grid.exact(price).map(LimitPrice::price),
                    Ok(price),
                    "{symbol}"
                );
            }
            assert_eq!(bar.volume().count() % lot, 0, "{symbol}");
        }
    }
}

#[test]
fn a_full_day_has_331_bars_and_a_half_day_151() {
    let full = generator(3, 4).day("2026-09-14".parse().unwrap()).unwrap();
    let half = generator(3, 4).day("2026-12-24".parse().unwrap()).unwrap();

    assert!(full.bars.values().all(|bars| bars.len() == 331));
    assert!(half.bars.values().all(|bars| bars.len() == 151));
}

#[test]
fn the_history_of_a_day_agrees_with_the_minutes_of_the_day_before() {
    let generator = generator(11, 30);
    let monday = generator.day("2026-09-14".parse().unwrap()).unwrap();

    let tuesday = generator.day("2026-09-15".parse().unwrap()).unwrap();

    for (symbol, bars) in &monday.bars {
        let history = &tuesday.history[symbol];
        let day = history.last().unwrap();
        let volume: u64 = bars.iter().map(|bar| bar.volume().count()).sum();
        assert_eq!(history.len(), HISTORY_DAYS);
        assert_eq!(day.close(), bars.last().unwrap().close(), "{symbol}");
        assert_eq!(day.open(), bars[0].open(), "{symbol}");
        assert_eq!(day.volume().count(), volume, "{symbol}");
    }
}

#[test]
fn the_minutes_asked_of_one_name_are_those_of_its_day() {
    let generator = generator(11, 30);
    let date = "2026-09-14".parse().unwrap();

    for (symbol, bars) in generator.day(date).unwrap().bars {
        assert_eq!(generator.bars(symbol, date), Ok(bars), "{symbol}");
    }
}

#[test]
fn some_names_rise_on_good_news_and_volume_and_one_is_halted() {
    let day = generator(5, 50).day("2026-09-14".parse().unwrap()).unwrap();
    let good = |headline: &&Headline| headline.item.kind.sentiment() == Sentiment::Positive;

    let risers: Vec<_> = day
        .news
        .iter()
        .filter(good)
        .map(|headline| headline.symbol)
        .collect();

    assert!((2..=7).contains(&risers.len()), "{risers:?}");
    for symbol in risers {
        let usual: u64 = day.history[&symbol]
            .iter()
            .map(|bar| bar.volume().count())
            .sum();
        let usual = usual / u64::try_from(HISTORY_DAYS).unwrap();
        let volume: u64 = day.bars[&symbol]
            .iter()
            .map(|bar| bar.volume().count())
            .sum();
        assert!(
            volume > usual * 3 / 2 && volume < usual * 6,
            "{symbol} {volume} {usual}"
        );
        let bars = &day.bars[&symbol];
        let high = bars.iter().map(Bar::high).max().unwrap();
        assert!(high > bars[0].open(), "{symbol}");
    }
    let longest = |bars: &[Bar]| {
        bars.split(|bar| !bar.volume().is_zero())
            .map(<[_]>::len)
            .max()
            .unwrap()
    };
    let halted = day.bars.values().filter(|bars| longest(bars) >= 30).count();
    assert_eq!(halted, 1);
}
