//! The frames of an independent client, sent as they are: the gateway takes its bracket and answers it.

use catalyst_tws_emulator::RequestKind;

use crate::client::{Client, kinds, of};
use crate::scene::Scene;

/// The bytes of a golden file; see `tests/golden/README.md`.
fn bytes(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/golden/{name}.hex", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let digits: Vec<char> = lines.flat_map(str::chars).collect();
    let pairs = digits.chunks(2).map(|pair| pair.iter().collect::<String>());
    pairs
        .map(|pair| u8::from_str_radix(&pair, 16).unwrap())
        .collect()
}

#[test]
fn a_session_of_another_client_is_understood_from_greeting_to_cancel() {
    let scene = Scene::open();
    let mut client = Client::knock_with(scene.emulator.address(), &bytes("client_handshake"));
    let hello = client.raw(bytes("server_handshake").len());
    client.write(&bytes("client_start_api"));
    let begun = client.settled();

    for name in [
        "client_place_entry",
        "client_place_target",
        "client_place_stop",
    ] {
        client.write(&bytes(name));
    }
    let taken = client.settled();
    for name in [
        "client_contract_details",
        "client_market_data_snapshot",
        "client_historical_1_min",
        "client_account_updates",
        "client_positions",
        "client_scanner",
        "client_all_open_orders",
        "client_executions",
        "client_completed_orders",
        "client_cancel_order",
    ] {
        client.write(&bytes(name));
    }
    let told = client.settled();

    assert_eq!(hello, bytes("server_handshake"));
    assert_eq!(kinds(&begun), [15, 9, 4, 4, 4]);
    let refs: Vec<String> = of(&taken, 5)
        .iter()
        .map(|open| open.message(3).string(28))
        .collect();
    assert!(refs.contains(&"20260914-1000.1-01s".to_owned()), "{refs:?}");
    for end in [52, 57, 108, 54, 62, 20, 53, 55, 102] {
        assert_eq!(of(&told, end).len(), 1, "message {end}");
    }
    let log = scene.emulator.log();
    let sent: Vec<_> = log
        .iter()
        .filter(|one| one.kind == RequestKind::PlaceOrder)
        .collect();
    let transmits: Vec<bool> = sent
        .iter()
        .filter_map(|one| one.order.as_ref())
        .map(|order| order.transmit)
        .collect();
    assert_eq!(transmits, [false, false, true]);
}
