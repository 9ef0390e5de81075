//! The quote: fresh, live, sane, and near the entry.

use catalyst_domain::market::{Feed, Quote};
use catalyst_domain::risk::{FeedPolicy, MarketOrders, RawLimits};
use catalyst_testkit::builders::{EntryBuilder, ViewBuilder, a_view, an_entry, price};
use chrono::TimeDelta;

use super::judged::{NONE, breaches, breaches_under, owners, usual_in};

fn quoted(change: impl FnOnce(&mut Quote)) -> ViewBuilder {
    let mut view = a_view();
    change(view.quote.as_mut().unwrap());
    view
}

fn aged(seconds: i64, feed: Feed) -> ViewBuilder {
    quoted(|quote| {
        quote.at -= TimeDelta::seconds(seconds);
        quote.feed = feed;
    })
}

#[test]
fn without_a_quote_there_is_no_entry() {
    let mut view = a_view();
    view.quote = None;

    assert_eq!(
        usual_in(&view),
        ["quote_fresh: a quote allowed, not known found"]
    );
}

#[test]
fn a_locked_book_is_no_quote() {
    let view = quoted(|quote| quote.bid = quote.ask);

    assert_eq!(
        usual_in(&view),
        ["quote_fresh: a bid below the ask allowed, 500 found"]
    );
}

#[test]
fn a_live_quote_is_good_for_its_seconds_and_not_from_the_future() {
    assert_eq!(usual_in(&aged(15, Feed::Live)), NONE);
    assert_eq!(
        usual_in(&aged(16, Feed::Live)),
        ["quote_fresh: 15 s allowed, 16 s found"]
    );
    assert_eq!(usual_in(&aged(-2, Feed::Live)), NONE);
    assert_eq!(
        usual_in(&aged(-3, Feed::Live)),
        ["quote_fresh: 15 s allowed, -3 s found"]
    );
}

#[test]
fn a_delayed_quote_counts_only_where_it_is_accepted_and_grows_old_too() {
    let accepting = |view: &ViewBuilder| {
        let raw = RawLimits {
            feed_policy: FeedPolicy::DelayedAccepted,
            ..owners()
        };
        breaches_under(raw, an_entry(), view)
    };

    assert_eq!(
        usual_in(&aged(1, Feed::Delayed)),
        ["quote_live: live allowed, delayed found"]
    );
    assert_eq!(accepting(&aged(1_215, Feed::Delayed)), NONE);
    assert_eq!(
        accepting(&aged(1_216, Feed::Delayed)),
        ["quote_fresh: 1215 s allowed, 1216 s found"]
    );
}

fn at_market(entry: &str) -> EntryBuilder {
    an_entry().between("490", entry, "530").at_market()
}

#[test]
fn a_market_order_states_at_most_two_ticks_over_the_ask_on_its_grid() {
    let view = quoted(|quote| quote.ask = price("499.9"));

    assert_eq!(breaches(at_market("501"), &view), NONE);
    assert_eq!(
        breaches(at_market("501.5"), &view),
        ["market_order: 501 allowed, 501.5 found"]
    );
}

#[test]
fn a_market_order_needs_leave_and_live_quotes() {
    let refusing = RawLimits {
        market_orders: MarketOrders::Refused,
        ..owners()
    };
    let delayed = RawLimits {
        feed_policy: FeedPolicy::DelayedAccepted,
        ..owners()
    };

    assert_eq!(
        breaches_under(refusing.clone(), at_market("500"), &a_view()),
        ["market_order: limit orders allowed, market order found"]
    );
    assert_eq!(breaches_under(refusing, an_entry(), &a_view()), NONE);
    assert_eq!(
        breaches_under(delayed, at_market("500"), &aged(0, Feed::Delayed)),
        ["market_order: limit orders allowed, market order on delayed quotes found"]
    );
}

#[test]
fn the_entry_lies_within_three_percent_of_the_last_price_either_way() {
    for (stop, entry, target, found) in [
        ("500", "515", "560", vec![]),
        (
            "500",
            "515.5",
            "560",
            vec!["price_band: 3 % allowed, 3.1 % found"],
        ),
        ("475", "485", "520", vec![]),
        (
            "475",
            "484.8",
            "520",
            vec!["price_band: 3 % allowed, 3.04 % found"],
        ),
    ] {
        assert_eq!(
            breaches(an_entry().between(stop, entry, target), &a_view()),
            found
        );
    }
}

#[test]
fn the_worst_price_of_a_market_order_lies_in_the_band_too() {
    let asked_at = |ask| {
        let view = quoted(|quote| quote.ask = price(ask));
        breaches(an_entry().between("500", "510", "560").at_market(), &view)
    };

    assert_eq!(asked_at("514"), NONE);
    assert_eq!(asked_at("514.5"), ["price_band: 3 % allowed, 3.1 % found"]);
}

/// Beyond the table there is no legal worst price, so nobody could say what the entry may cost.
#[test]
fn a_market_entry_needs_a_legal_price_through_the_ask() {
    let beyond = quoted(|quote| quote.ask = price("9996"));
    let mut unquoted = a_view();
    unquoted.quote = None;
    let mut untabled = a_view();
    untabled.ticks = None;
    let market_order = |view: &ViewBuilder| {
        let found = breaches(an_entry().at_market(), view);
        found
            .iter()
            .any(|breach| breach.starts_with("market_order"))
    };

    assert!(market_order(&beyond));
    assert!(!market_order(&unquoted), "the quote is what is missing");
    assert!(!market_order(&untabled), "the table is what is missing");
}
