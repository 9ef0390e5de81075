//! Price collars of the exchange, which warn. Source: market rules on orders, SEHK Rules 505A, 506A.

use catalyst_domain::instrument::InstrumentKind;
use catalyst_testkit::builders::{EntryBuilder, ViewBuilder, a_view, an_entry, price};

use super::judged::{NONE, assessed, lines, owners};

fn warnings(entry: EntryBuilder, view: &ViewBuilder) -> Vec<String> {
    lines(&assessed(&entry.sized(), &view.view(), owners()).warnings)
}

fn quoted(last: &str, bid: &str, ask: &str) -> ViewBuilder {
    let mut view = a_view();
    let quote = view.quote.as_mut().unwrap();
    quote.last = price(last);
    quote.bid = price(bid);
    quote.ask = price(ask);
    view
}

#[test]
fn a_collar_warns_and_never_refuses() {
    let view = quoted("500", "499.8", "500");
    let far = an_entry().between("490", "500", "525.5");

    let found = assessed(&far.sized(), &view.view(), owners());

    assert!(found.passes());
    assert_eq!(
        lines(&found.warnings),
        ["quotation_range: at most 525 allowed, 525.5 found"]
    );
}

#[test]
fn a_target_lies_within_five_percent_over_the_ask() {
    let aiming = |target| {
        let view = quoted("500", "499.8", "500");
        warnings(an_entry().between("490", "500", target), &view)
    };

    assert_eq!(aiming("525"), NONE);
    assert_eq!(
        aiming("525.5"),
        ["quotation_range: at most 525 allowed, 525.5 found"]
    );
}

#[test]
fn a_limit_lies_within_five_percent_under_the_bid() {
    let bidding = |entry: &str| {
        let view = quoted("500", "500", "500.5");
        warnings(an_entry().between("470", entry, "505"), &view)
    };

    assert_eq!(bidding("475"), NONE);
    assert_eq!(
        bidding("474.8"),
        ["quotation_range: at least 475 allowed, 474.8 found"]
    );
    let view = quoted("500", "500", "500.5");
    let at_market = an_entry().between("460", "470", "505").at_market();
    assert_eq!(warnings(at_market, &view), NONE);
}

// 24 steps at a dollar are 12 %, more than the share; below 0.25 a step is a tenth of a cent.
#[test]
fn where_24_steps_are_more_than_the_share_they_count() {
    let view = quoted("1.005", "1", "1.005");
    let at = |entry, target| warnings(an_entry().between("0.8", entry, target), &view);

    assert_eq!(at("0.88", "1.125"), NONE);
    assert_eq!(
        at("0.875", "1.125"),
        ["quotation_range: at least 0.88 allowed, 0.875 found"]
    );
    assert_eq!(
        at("0.88", "1.13"),
        ["quotation_range: at most 1.125 allowed, 1.13 found"]
    );
}

#[test]
fn funds_have_a_share_of_their_own_and_old_days_none() {
    let mut view = quoted("500", "499.8", "500");
    view.instrument.as_mut().unwrap().kind = InstrumentKind::Etf;
    let aiming =
        |view: &ViewBuilder, target| warnings(an_entry().between("490", "500", target), view);

    assert_eq!(aiming(&view, "517.4"), NONE);
    assert_eq!(
        aiming(&view, "517.6"),
        ["quotation_range: at most 517.5 allowed, 517.6 found"]
    );
    view.instrument.as_mut().unwrap().kind = InstrumentKind::Equity;
    view.order_rules
        .as_mut()
        .unwrap()
        .quotation
        .as_mut()
        .unwrap()
        .share = None;
    assert_eq!(aiming(&view, "512"), NONE);
    assert_eq!(
        aiming(&view, "512.5"),
        ["quotation_range: at most 512 allowed, 512.5 found"]
    );
}

#[test]
fn an_enhanced_limit_order_goes_nine_steps_through_the_ask() {
    let paying = |entry| {
        let view = quoted("500", "499.8", "500");
        warnings(an_entry().between("490", entry, "515"), &view)
    };

    assert_eq!(paying("504.5"), NONE);
    assert_eq!(paying("505"), ["enhanced_limit: 9 allowed, 10 found"]);
    assert_eq!(paying("495"), NONE);
}

#[test]
fn a_price_nine_times_the_last_one_or_a_ninth_of_it_is_refused_outright() {
    let view = quoted("9", "8.995", "9");
    let at = |stop, entry, target| {
        let found = warnings(an_entry().between(stop, entry, target), &view);
        let nominal = found.into_iter().filter(|line| line.starts_with("nominal"));
        nominal.collect::<Vec<_>>()
    };

    assert_eq!(at("1.005", "9", "80.95"), NONE);
    assert_eq!(
        at("1.005", "9", "81"),
        ["nominal_range: 9 allowed, 81 found"]
    );
    assert_eq!(at("1", "9", "80.95"), ["nominal_range: 9 allowed, 1 found"]);
    assert_eq!(
        at("1.005", "81", "80.95"),
        ["nominal_range: 9 allowed, 81 found"]
    );
}

#[test]
fn where_the_exchange_has_no_collar_or_nothing_is_known_none_warns() {
    let far = || an_entry().between("1", "600", "9000");
    let mut view = quoted("500", "499.8", "500");

    assert_eq!(warnings(far(), &view).len(), 3);
    let rules = view.order_rules.as_mut().unwrap();
    rules.quotation = None;
    rules.enhanced_steps = None;
    rules.nominal_multiple = None;
    assert_eq!(warnings(far(), &view), NONE);
    view.order_rules = None;
    assert_eq!(warnings(far(), &view), NONE);
}
