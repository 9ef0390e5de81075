//! The section of the broker: defaults, the owner's variables, and each kind of bad input.

use super::{load_text, message};
use crate::settings::{Broker, ClockChoice, OrderRoute};

#[test]
fn the_broker_is_the_built_in_exchange_unless_named() {
    let broker = load_text("", &[]).unwrap().broker;

    assert_eq!(broker.name, Broker::Sim);
    assert_eq!(
        (broker.host.as_str(), broker.port, broker.client_id),
        ("127.0.0.1", 7497, 1)
    );
    assert_eq!((broker.account, broker.clock), (None, ClockChoice::Real));
}

#[test]
fn the_owners_variables_count_where_the_file_says_nothing() {
    let variables = [
        ("IBKR_HOST", "gateway.example"),
        ("IBKR_PORT", "4002"),
        ("IBKR_CLIENT_ID", "17"),
        ("IBKR_ACCOUNT", "DU1234567"),
    ];

    let broker = load_text("broker: {name: ibkr, port: 7497, route: SMART}", &variables)
        .unwrap()
        .broker;

    assert_eq!(
        (broker.name, broker.route),
        (Broker::Ibkr, OrderRoute::Smart)
    );
    assert_eq!(
        (broker.host.as_str(), broker.port),
        ("gateway.example", 7497)
    );
    assert_eq!(broker.client_id, 17);
    assert_eq!(broker.account.as_deref(), Some("DU1234567"));
}

#[test]
fn what_is_wrong_with_the_broker_is_named_with_what_is_allowed() {
    for (text, told) in [
        (
            "broker: {name: IBKR}",
            "broker.name is `IBKR`, allowed is sim, ibkr",
        ),
        (
            "broker: {port: 0}",
            "broker.port is `0`, allowed is a port 1 to 65535",
        ),
        (
            "broker: {port: 70000}",
            "broker.port is `70000`, allowed is a port 1 to 65535",
        ),
        (
            "broker: {client_id: 0}",
            "broker.client_id is `0`, allowed is a whole number 1 to 999999",
        ),
        (
            "broker: {route: sehk}",
            "broker.route is `sehk`, allowed is SEHK, SMART",
        ),
        (
            "broker: {mode: demo}",
            "broker.mode is `demo`, allowed is paper, live",
        ),
        (
            "broker: {order_timeout_seconds: 0}",
            "broker.order_timeout_seconds is `0`, allowed is seconds, 0.1 to 120",
        ),
        ("clock: mine", "clock is `mine`, allowed is real, gateway"),
        (
            "clock: gateway\nbroker: {mode: live}",
            "clock is `gateway`, allowed is real while broker.mode is live; only a practice gateway keeps a \
             time of its own",
        ),
    ] {
        assert_eq!(message(text), told, "{text}");
    }
}
