//! Each sentinel over the whole field, and the fields that look like it and are sound.

use catalyst_domain::market::Feed;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::FeedPolicy;
use catalyst_domain::scan::{FeedSentinel, Sighting, volume_is_constant};
use catalyst_testkit::builders::{price, symbol};
use chrono::TimeDelta;
use rust_decimal::Decimal;

use crate::market::{CODES, Market, now, sound};

fn doubted(market: &Market) -> Vec<FeedSentinel> {
    market.sifted().feed.into_iter().collect()
}

/// The first `count` of the eight names are broken.
fn broken(count: usize, how: Sighting) -> Market {
    Market::showing(|code| {
        let number = CODES.iter().position(|one| *one == code).unwrap();
        if number < count {
            how
        } else {
            Sighting::Shown(sound(code))
        }
    })
}

#[test]
fn a_sound_field_is_not_doubted() {
    assert_eq!(doubted(&Market::sound()), []);
}

#[test]
fn a_feed_without_quotes_for_most_names_is_doubted() {
    for how in [Sighting::Absent, Sighting::Malformed] {
        assert_eq!(doubted(&broken(5, how)), []);
        assert_eq!(doubted(&broken(6, how)), [FeedSentinel::NoData]);
    }
}

#[test]
fn four_names_are_too_few_to_doubt_the_feed() {
    let mut market = broken(8, Sighting::Absent);
    market.names.truncate(4);

    assert_eq!(doubted(&market), []);
}

#[test]
fn a_feed_without_any_fresh_quote_has_stopped() {
    let aged = |fresh: usize| {
        Market::sound().each(move |number, shown| {
            if number >= fresh {
                let seconds = 200 + i64::try_from(number).unwrap();
                shown.quote.at = now() - TimeDelta::seconds(seconds);
            }
        })
    };

    assert_eq!(doubted(&aged(1)), []);
    assert_eq!(doubted(&aged(0)), [FeedSentinel::Stopped]);
}

#[test]
fn a_feed_with_one_old_time_on_most_names_has_stopped() {
    let frozen = |fresh: usize, seconds: i64| {
        Market::sound().each(move |number, shown| {
            if number >= fresh {
                shown.quote.at = now() - TimeDelta::seconds(seconds);
            }
        })
    };

    assert_eq!(doubted(&frozen(3, 3_600)), []);
    assert_eq!(doubted(&frozen(2, 3_600)), [FeedSentinel::Stopped]);
    assert_eq!(doubted(&frozen(0, 60)), []);
}

#[test]
fn a_delayed_feed_is_doubted_unless_it_is_accepted() {
    let mut market = Market::sound().each(|number, shown| {
        if number >= 2 {
            shown.quote.feed = Feed::Delayed;
        }
    });

    assert_eq!(doubted(&market), [FeedSentinel::Delayed]);
    market.at.feeds = FeedPolicy::DelayedAccepted;
    assert_eq!(doubted(&market), []);
}

#[test]
fn zero_volume_in_most_names_is_doubted_after_the_first_minutes() {
    let mut market = Market::sound().each(|number, shown| {
        if number >= 2 {
            shown.quote.day_volume = Shares::ZERO;
        }
    });

    assert_eq!(doubted(&market), [FeedSentinel::NoVolume]);
    market.at.traded_minutes = Some(4);
    assert_eq!(doubted(&market), []);
}

#[test]
fn prices_that_all_stand_at_yesterdays_close_are_doubted_after_the_first_minutes() {
    let still = |moving: usize| {
        Market::sound().each(move |number, shown| {
            if number >= moving {
                shown.previous_close = Some(shown.quote.last);
            }
        })
    };
    let mut market = still(0);

    assert_eq!(doubted(&still(1)), []);
    assert_eq!(doubted(&market), [FeedSentinel::Unchanged]);
    market.at.traded_minutes = Some(4);
    assert_eq!(doubted(&market), []);
}

#[test]
fn outside_continuous_trading_silence_is_no_sign() {
    let mut market = Market::sound().each(|_, shown| {
        shown.quote.at = now() - TimeDelta::hours(1);
        shown.quote.day_volume = Shares::ZERO;
    });
    market.at.traded_minutes = None;

    assert_eq!(doubted(&market), []);
}

#[test]
fn constant_volume_ratio() {
    let ratios = |hundredths: &[i64]| {
        let ratios: Vec<Decimal> = hundredths.iter().map(|h| Decimal::new(*h, 2)).collect();
        volume_is_constant(&ratios)
    };

    assert!(ratios(&[200; 5]));
    assert!(ratios(&[200, 200, 200, 200, 31]));
    assert!(!ratios(&[200, 200, 200, 91, 31]));
    assert!(!ratios(&[200; 4]));
    assert!(volume_is_constant(&[
        Decimal::new(2_001, 3),
        Decimal::new(1_999, 3),
        Decimal::TWO,
        Decimal::TWO,
        Decimal::new(2_004, 3),
    ]));
    assert!(!volume_is_constant(&[]));
}

#[test]
fn a_volume_that_is_doubted_leaves_prices_believed() {
    let market = Market::sound().each(|number, shown| {
        if number >= 2 {
            shown.quote.day_volume = Shares::ZERO;
            shown.quote.last = price("50");
            shown.quote.bid = price("49.95");
            shown.quote.ask = price("50");
            (shown.open, shown.high, shown.low) = (None, None, None);
        }
    });

    let sifted = market.sifted();

    assert_eq!(sifted.quarantined, []);
    let passed: Vec<_> = sifted.passed.iter().map(|found| found.symbol).collect();
    assert_eq!(passed, [symbol("1"), symbol("2")]);
    assert!(sifted.passed.iter().all(|found| found.turnover.is_none()));
}
