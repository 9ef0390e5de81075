//! Each sentinel over one name, on both sides of its bound.

use catalyst_domain::market::{Feed, Snapshot};
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::FeedPolicy;
use catalyst_domain::scan::{ScanMoment, Sentinel, Sighting};
use catalyst_testkit::builders::{price, symbol};
use chrono::TimeDelta;

use crate::market::{CODES, Market, caught, moment, now, quoted, sound};

#[test]
fn a_sound_name_is_believed() {
    assert_eq!(caught(&sound("700")), None);
}

#[test]
fn a_name_the_market_does_not_mention_has_no_data() {
    let mut market = Market::sound();
    market.seen.remove(&symbol("700"));
    market.seen.insert(symbol("5"), Sighting::Absent);

    let lost = [symbol("5"), symbol("700")].map(|name| (name, Sentinel::NoData));
    assert_eq!(market.sifted().quarantined, lost);
}

#[test]
fn a_figure_that_is_no_number_makes_its_name_malformed_and_no_other() {
    let mut market = Market::sound();
    market.seen.insert(symbol("700"), Sighting::Malformed);
    market
        .seen
        .insert(symbol("5"), Sighting::Shown(sound("9988")));

    let sifted = market.sifted();

    let broken = [symbol("5"), symbol("700")].map(|name| (name, Sentinel::Malformed));
    assert_eq!(sifted.quarantined, broken);
    assert_eq!(sifted.passed.len(), CODES.len() - 2);
}

#[test]
fn a_quote_of_more_than_two_minutes_is_stale() {
    let aged = |seconds| quoted(|quote| quote.at = now() - TimeDelta::seconds(seconds));

    assert_eq!(caught(&aged(120)), None);
    assert_eq!(caught(&aged(121)), Some(Sentinel::Stale));
}

#[test]
fn a_quote_of_more_than_two_seconds_ahead_is_from_the_future() {
    let ahead = |seconds| quoted(|quote| quote.at = now() + TimeDelta::seconds(seconds));

    assert_eq!(caught(&ahead(2)), None);
    assert_eq!(caught(&ahead(3)), Some(Sentinel::Future));
}

#[test]
fn a_crossed_or_locked_book_is_crossed() {
    for bid in ["51", "51.05"] {
        let shown = quoted(|quote| quote.bid = price(bid));
        assert_eq!(caught(&shown), Some(Sentinel::Crossed), "{bid}");
    }
}

#[test]
fn delayed_quotes_are_doubted_unless_they_are_accepted_and_then_may_be_older() {
    let delayed = |minutes| {
        quoted(|quote| {
            quote.feed = Feed::Delayed;
            quote.at = now() - TimeDelta::minutes(minutes);
        })
    };
    let accepting = ScanMoment {
        feeds: FeedPolicy::DelayedAccepted,
        ..moment()
    };

    assert_eq!(caught(&delayed(15)), Some(Sentinel::Delayed));
    assert_eq!(Sentinel::over(&delayed(22), &accepting), None);
    assert_eq!(
        Sentinel::over(&delayed(23), &accepting),
        Some(Sentinel::Stale)
    );
}

#[test]
fn a_name_without_previous_close_is_doubted() {
    let shown = Snapshot {
        previous_close: None,
        ..sound("700")
    };

    assert_eq!(caught(&shown), Some(Sentinel::NoClose));
}

#[test]
fn a_day_whose_prices_contradict_one_another_is_doubted() {
    let day = |open, high, low| Snapshot {
        open,
        high,
        low,
        ..sound("700")
    };
    let at = |text| Some(price(text));

    assert_eq!(caught(&day(None, None, None)), None);
    assert_eq!(caught(&day(at("51"), at("51"), at("51"))), None);
    for broken in [
        day(None, at("50.95"), None),
        day(None, None, at("51.05")),
        day(at("52.05"), at("52"), at("50")),
        day(at("49.95"), at("52"), at("50")),
        day(None, at("50"), at("52")),
    ] {
        assert_eq!(caught(&broken), Some(Sentinel::DayRange), "{broken:?}");
    }
}

#[test]
fn a_change_of_more_than_half_is_rather_a_split_than_a_move() {
    let from = |close| Snapshot {
        previous_close: Some(price(close)),
        ..sound("700")
    };

    assert_eq!(caught(&from("34")), None);
    assert_eq!(caught(&from("33.95")), Some(Sentinel::Move));
    assert_eq!(caught(&from("102")), None);
    assert_eq!(caught(&from("102.1")), Some(Sentinel::Move));
}

#[test]
fn a_spread_of_more_than_a_tenth_of_the_bid_is_no_market() {
    let asked = |ask| {
        quoted(|quote| {
            quote.bid = price("50");
            quote.ask = price(ask);
        })
    };

    assert_eq!(caught(&asked("55")), None);
    assert_eq!(caught(&asked("55.05")), Some(Sentinel::Spread));
}

#[test]
fn a_price_that_moves_without_a_share_traded_is_doubted() {
    let silent = quoted(|quote| quote.day_volume = Shares::ZERO);
    let untouched = Snapshot {
        quote: quoted(|quote| {
            quote.day_volume = Shares::ZERO;
            quote.last = price("50");
            quote.bid = price("49.95");
        })
        .quote,
        open: None,
        high: None,
        low: None,
        ..silent
    };

    assert_eq!(caught(&silent), Some(Sentinel::NoVolume));
    assert_eq!(caught(&untouched), None);
}

#[test]
fn while_the_prices_of_the_feed_are_doubted_every_sound_name_is_doubted_with_it() {
    let market = Market::sound().each(|number, shown| {
        if number > 0 {
            shown.quote.feed = Feed::Delayed;
        }
    });

    let sifted = market.sifted();

    assert_eq!(sifted.quarantined[0], (symbol("1"), Sentinel::Feed));
    assert_eq!(sifted.quarantined[1], (symbol("2"), Sentinel::Delayed));
    assert!(sifted.passed.is_empty() && sifted.filtered.is_empty());
}
