//! Account and market over the wire: currencies, kinds of feed, and what is told when there is none.

use std::sync::Arc;

use catalyst_adapters_ibkr::IbkrAccount;
use catalyst_adapters_sim::faces::{SimCatalog, SimMarketData};
use catalyst_domain::market::Feed;
use catalyst_domain::money::Currency;
use catalyst_domain::order::FeesAre;
use catalyst_ports::account::AccountBook as _;
use catalyst_ports::instruments::InstrumentCatalog as _;
use catalyst_ports::market_data::{BarSpan, MarketData as _, MarketDataError};
use catalyst_ports::tool::ScanIndex;
use catalyst_testkit::builders::symbol;
use catalyst_testkit::contract::order_gateway::GatewayHarness as _;
use catalyst_tws_emulator::{BaseCurrency, Effect, QuoteFeed, ReplyKind, RequestKind, Trigger};
use rust_decimal::Decimal;

use crate::fixture::{a_desk, a_morning, faces, once, spoken};

#[tokio::test]
async fn an_account_in_another_currency_is_sized_in_hkd() {
    for (currency, rate, cash) in [
        (Currency::Hkd, "1", "0"),
        (Currency::Usd, "7.8", "1000"),
        (Currency::Aud, "5.12", "2500.50"),
    ] {
        let (rate, cash): (Decimal, Decimal) = (rate.parse().unwrap(), cash.parse().unwrap());
        let morning = a_morning(|config| {
            config.base = BaseCurrency {
                currency,
                hkd_per_unit: rate,
                cash,
            };
        });

        let account = IbkrAccount::new(morning.session(|_| {}))
            .snapshot()
            .await
            .unwrap();

        assert_eq!(account.cash.to_string(), "1000000.00 HKD");
        let expected = Decimal::from(1_000_000) + rate * cash;
        let off = (account.equity.amount() - expected).abs();
        assert_eq!(account.equity.currency(), Currency::Hkd);
        assert!(off < Decimal::ONE, "{currency:?}: {}", account.equity);
    }
}

#[tokio::test]
async fn positions_and_fees_are_those_of_the_exchange() {
    let desk = a_desk().await;
    desk.bought().await;

    let account = desk.account.snapshot().await.unwrap();
    let told = desk
        .account
        .executions_since(desk.now() - chrono::TimeDelta::hours(1))
        .await;

    assert_eq!(account, desk.morning.truth().await);
    let told = told.unwrap();
    assert!(
        told.iter()
            .all(|one| one.fees == FeesAre::Reported && one.replaces.is_none())
    );
    assert!(
        told.iter()
            .all(|one| one.fill.execution.as_str().ends_with(".01"))
    );
}

#[tokio::test]
async fn fees_that_are_not_told_yet_are_worked_out() {
    let desk = a_desk().await;
    desk.bought().await;
    let true_fees = desk
        .account
        .executions_since(desk.now() - chrono::TimeDelta::hours(1))
        .await;
    let lost = Trigger::Reply(ReplyKind::CommissionReport);
    desk.morning
        .emulator
        .set_faults(once(lost, Effect::NeverAnswer));
    let second = desk.morning.session(|config| config.client_id = 18);

    let told = IbkrAccount::new(second)
        .executions_since(desk.now() - chrono::TimeDelta::hours(1))
        .await
        .unwrap();

    assert_eq!(told[0].fees, FeesAre::Estimated);
    assert_eq!(told[0].fill.fees, true_fees.unwrap()[0].fill.fees);
}

#[tokio::test]
async fn prices_and_bars_are_those_of_the_tape() {
    let desk = a_desk().await;
    let (market, catalog, _) = faces(&desk.session);
    let tape = SimMarketData::new(Arc::clone(&desk.morning.world));
    let names = SimCatalog::new(Arc::clone(&desk.morning.world));
    let date = desk.morning.rules.calendar.date_of(desk.now());
    let symbols = names.members(ScanIndex::All, date).await.unwrap();
    assert_eq!(
        catalog.members(ScanIndex::All, date).await.unwrap(),
        symbols
    );
    let shown = |answers: Vec<_>| format!("{answers:?}");

    let seen = market.snapshots(&symbols).await.unwrap();

    assert_eq!(shown(seen), shown(tape.snapshots(&symbols).await.unwrap()));
    for symbol in symbols {
        for span in [BarSpan::Minutes { days: 3 }, BarSpan::Days { count: 20 }] {
            let seen = market.bars(symbol, span).await.unwrap();
            assert_eq!(
                seen,
                tape.bars(symbol, span).await.unwrap(),
                "{symbol} {span:?}"
            );
        }
    }
}

#[tokio::test]
async fn bars_are_asked_for_once_in_a_minute() {
    let desk = a_desk().await;
    let (market, _, _) = faces(&desk.session);
    let span = BarSpan::Days { count: 5 };

    for _ in 0..3 {
        market.bars(symbol("700"), span).await.unwrap();
    }

    let log = desk.morning.emulator.log();
    let asked = log
        .iter()
        .filter(|received| received.kind == RequestKind::HistoricalData);
    assert_eq!(asked.count(), 1);
}

#[tokio::test]
async fn delayed_prices_are_called_delayed_and_absent_ones_are_no_quote() {
    let delayed = a_morning(|config| config.feed = QuoteFeed::Delayed);
    let (market, _, _) = faces(&delayed.session(|config| config.delayed = true));
    let quote = market.quote(symbol("700")).await.unwrap();
    assert_eq!(quote.feed, Feed::Delayed);
    assert!(
        quote.age(delayed.world.now()).num_minutes() >= 15,
        "{quote:?}"
    );

    for feed in [QuoteFeed::Delayed, QuoteFeed::Absent] {
        let morning = a_morning(|config| config.feed = feed);
        let (market, _, _) = faces(&morning.session(|_| {}));

        let quote = market.quote(symbol("700")).await;

        assert!(
            matches!(quote, Err(MarketDataError::Unavailable { .. })),
            "{quote:?}"
        );
        let whole = market.snapshots(&[symbol("700"), symbol("5")]).await;
        assert!(
            matches!(whole, Err(MarketDataError::Unavailable { .. })),
            "{whole:?}"
        );
    }
}

#[tokio::test]
async fn a_price_that_is_none_is_an_error_of_its_symbol_alone() {
    let desk = a_desk().await;
    let (market, _, _) = faces(&desk.session);
    let on = Trigger::Reply(ReplyKind::TickPrice);
    desk.morning
        .emulator
        .set_faults(once(on, Effect::NotANumber));

    let names = SimCatalog::new(Arc::clone(&desk.morning.world));
    let date = desk.morning.rules.calendar.date_of(desk.now());
    let listed = names.members(ScanIndex::All, date).await.unwrap();
    let answers = market.snapshots(&listed).await.unwrap();

    let bad: Vec<_> = answers
        .iter()
        .filter(|(_, answer)| answer.is_err())
        .collect();
    let [(symbol, Err(MarketDataError::Malformed { symbol: whose, .. }))] = bad.as_slice() else {
        panic!("{bad:?}");
    };
    assert_eq!(whose, symbol);
}

#[tokio::test]
async fn without_a_scanner_the_configured_names_are_scanned() {
    let desk = a_desk().await;
    let (_, catalog, _) = faces(&desk.session);
    let date = desk.morning.rules.calendar.date_of(desk.now());
    let on = Trigger::Request(RequestKind::Scanner);
    desk.morning
        .emulator
        .set_faults(once(on, Effect::Error(spoken(162))));

    let names = catalog.members(ScanIndex::All, date).await.unwrap();

    assert_eq!(names, [symbol("700")]);
}
