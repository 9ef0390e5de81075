//! Having a connection: what is checked, what is refused in words, and how often it is tried.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use catalyst_adapters_ibkr::{IbkrAccount, IbkrError, IbkrGateway, IbkrMarketData, PracticeClock};
use catalyst_ports::account::{AccountBook as _, AccountError};
use catalyst_ports::clock::Clock as _;
use catalyst_ports::market_data::{MarketData as _, MarketDataError};
use catalyst_ports::order_gateway::{GatewayError, OrderGateway as _};
use catalyst_testkit::builders::symbol;
use catalyst_testkit::contract::clock;
use catalyst_testkit::contract::order_gateway::{GatewayHarness as _, approved};
use catalyst_tws_emulator::{Effect, RequestKind, Trigger};
use chrono::TimeDelta;

use crate::fixture::{a_desk, a_morning, once};

#[tokio::test]
async fn the_gateway_says_what_it_is() {
    let desk = a_desk().await;

    let facts = desk.session.facts().await.unwrap();

    assert_eq!((facts.server_version, facts.accounts), (225, 1));
    assert_eq!(facts.server_time, desk.now());
    assert_eq!(facts.utc_offset, Some(TimeDelta::hours(8)));
    assert!(facts.linked && facts.skew.is_zero());
}

#[tokio::test]
async fn every_version_of_the_range_is_spoken_and_others_are_named() {
    for (version, expected) in [
        (213, Ok(213)),
        (226, Ok(226)),
        (212, Err(212)),
        (227, Err(227)),
    ] {
        let morning = a_morning(|config| config.server_version = version);

        let facts = morning.session(|_| {}).facts().await;

        let found = facts.map(|facts| facts.server_version);
        let expected = expected.map_err(|found| IbkrError::Version { found });
        assert_eq!(found, expected);
    }
}

#[tokio::test]
async fn a_login_without_the_configured_account_is_refused() {
    let morning = a_morning(|config| config.account = "DU7654321".to_owned());

    let facts = morning.session(|_| {}).facts().await;

    assert_eq!(facts, Err(IbkrError::WrongAccount { count: 1 }));
}

#[tokio::test]
async fn clocks_that_disagree_are_refused() {
    let morning = a_morning(|_| {});
    let session = morning.session(|config| config.skew_max = TimeDelta::seconds(-1));

    let facts = session.facts().await;

    assert!(matches!(facts, Err(IbkrError::Skewed { .. })), "{facts:?}");
}

#[tokio::test]
async fn a_gateway_that_no_waiting_mends_is_an_alarm_at_every_face() {
    let other_account = a_morning(|config| config.account = "DU7654321".to_owned());
    let old = a_morning(|config| config.server_version = 212);
    let other_time = a_morning(|_| {});
    let skewed = other_time.session(|config| config.skew_max = TimeDelta::seconds(-1));
    for session in [other_account.session(|_| {}), old.session(|_| {}), skewed] {
        let market = IbkrMarketData::new(Arc::clone(&session));
        let gateway = IbkrGateway::new(Arc::clone(&session));
        let account = IbkrAccount::new(session);

        let held = account.snapshot().await;
        let working = gateway.working().await;
        let quotes = market.snapshots(&[symbol("700")]).await;

        assert!(
            matches!(held, Err(AccountError::Malformed { .. })),
            "{held:?}"
        );
        assert!(
            matches!(working, Err(GatewayError::Malformed { .. })),
            "{working:?}"
        );
        assert!(
            matches!(quotes, Err(MarketDataError::Malformed { .. })),
            "{quotes:?}"
        );
    }
}

#[tokio::test]
async fn where_nobody_answers_the_first_failure_is_the_answer_to_everything() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    for port in [silent.local_addr().unwrap().port(), closed.port()] {
        let morning = a_morning(|_| {});
        let session = morning.session(|config| {
            config.port = port;
            config.connect_timeout = Duration::from_millis(200);
        });

        let first = session.facts().await;
        let second = session.facts().await;

        assert!(
            matches!(first, Err(IbkrError::NotReached { .. })),
            "{first:?}"
        );
        assert_eq!(second, first);
    }
}

#[tokio::test]
async fn a_client_id_in_use_is_tried_once_more_and_then_named() {
    let morning = a_morning(|_| {});
    let holder = morning.session(|_| {});
    holder.facts().await.unwrap();
    let late = morning.session(|_| {});

    let refused = late.facts().await;

    assert_eq!(refused, Err(IbkrError::ClientIdInUse { client_id: 17 }));
    assert_eq!(late.facts().await, refused);
    holder.close().await;
    let next = morning.session(|_| {});
    assert_eq!(next.facts().await.unwrap().server_version, 225);
}

#[tokio::test]
async fn a_lost_connection_is_made_anew_twice_in_a_run_and_not_again() {
    let desk = a_desk().await;
    let hang_up = || {
        once(
            Trigger::Request(RequestKind::AccountData),
            Effect::CloseBefore,
        )
    };
    let mut endings = Vec::new();
    for _ in 0..4 {
        desk.account.snapshot().await.map_or_else(drop, drop);
        desk.morning.emulator.set_faults(hang_up());
        let broken = desk.account.snapshot().await;
        endings.push(matches!(broken, Err(AccountError::Unavailable { .. })));
    }

    assert_eq!(endings, [true; 4]);
    let after = desk.session.facts().await;
    assert_eq!(after, Err(IbkrError::LostTooOften { times: 3 }));
    let log = desk.morning.emulator.log();
    let connections = log.iter().map(|received| received.connection).max();
    assert_eq!(connections, Some(3));
}

#[tokio::test]
async fn after_a_restart_of_the_gateway_the_orders_are_found_again() {
    let desk = a_desk().await;
    let order = approved(&desk, desk.resting());
    let sent = desk.gateway.submit(order, desk.now()).await.unwrap();
    let on = Trigger::Request(RequestKind::AccountData);
    desk.morning
        .emulator
        .set_faults(once(on, Effect::Restart { refused: 0 }));

    let broken = desk.account.snapshot().await;
    let working = desk.gateway.working().await.unwrap();

    assert!(
        matches!(broken, Err(AccountError::Unavailable { .. })),
        "{broken:?}"
    );
    assert_eq!(working.len(), 3);
    assert_eq!(desk.gateway.ticket(sent.id).await.unwrap(), Some(sent));
}

#[tokio::test]
async fn a_closed_session_has_said_good_bye_and_answers_nothing() {
    let desk = a_desk().await;
    desk.account.snapshot().await.unwrap();

    desk.session.close().await;

    let gateway = IbkrGateway::new(Arc::clone(&desk.session));
    let refused = gateway.working().await;
    assert!(
        matches!(refused, Err(GatewayError::Unavailable { .. })),
        "{refused:?}"
    );
    assert_eq!(desk.session.facts().await, Err(IbkrError::Closed));
    let next = desk.morning.session(|_| {});
    let account = IbkrAccount::new(next);
    assert_eq!(account.snapshot().await.unwrap().positions, []);
}

#[tokio::test]
async fn the_practice_clock_keeps_the_promises_of_a_clock() {
    let morning = a_morning(|_| {});
    let address = morning.emulator.address().to_string();
    let practice = PracticeClock::connect(&address).await.unwrap();
    assert_eq!(practice.now(), morning.world.now());

    clock::a_moment_is_no_finer_than_a_microsecond(&practice).await;
    clock::after_a_wait_the_moment_has_come(&practice).await;
    clock::the_past_is_not_waited_for(&practice).await;

    assert_eq!(practice.now(), morning.world.now());
    let asked = morning.emulator.log();
    assert!(
        asked
            .iter()
            .all(|received| received.kind != RequestKind::PlaceOrder)
    );
}

#[tokio::test]
async fn a_clock_whose_gateway_is_gone_lets_time_pass() {
    let morning = a_morning(|_| {});
    let address = morning.emulator.address().to_string();
    let practice = PracticeClock::connect(&address).await.unwrap();
    morning.emulator.stop();
    let moment = practice.now() + TimeDelta::minutes(1);

    practice.sleep_until(moment).await;

    assert!(practice.now() >= moment);
}
