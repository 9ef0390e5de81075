//! Any bytes at all: the gateway closes what it cannot read, and goes on for everybody else.

use proptest::prelude::*;

use crate::client::{Client, framed};
use crate::fields::Fields;
use crate::scene::{Scene, tencent};

/// Frames of any number and body, and bytes that are no frames.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let body = prop::collection::vec(any::<u8>(), 0..60);
    let known = (1..110_i32, body.clone()).prop_map(|(id, body)| {
        let mut payload = (200 + id).to_be_bytes().to_vec();
        payload.extend(body);
        framed(&payload)
    });
    let order =
        (any::<i64>(), ".{0,8}", any::<f64>(), any::<i64>()).prop_map(|(id, text, price, flag)| {
            let order = Fields::new()
                .int(4, id)
                .text(5, if flag % 2 == 0 { "BUY" } else { "SELL" })
                .text(6, &text)
                .text(8, "LMT")
                .double(9, price)
                .text(28, &text)
                .int(66, 1);
            let placed = Fields::new()
                .int(1, id)
                .inner(2, &tencent())
                .inner(3, &order);
            let mut payload = 203_i32.to_be_bytes().to_vec();
            payload.extend(placed.encode());
            framed(&payload)
        });
    prop_oneof![known, order, body]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn noise_ends_at_most_its_own_connection(frames in prop::collection::vec(noise(), 1..12)) {
        let scene = Scene::open();
        let mut steady = scene.client(1);
        let mut noisy = scene.client(2);

        for frame in &frames {
            if !noisy.try_write(frame) {
                break;
            }
        }
        noisy.finish();
        noisy.rest();

        steady.ask(8);
        prop_assert_eq!(steady.until(9).len(), 1);
        drop(Client::begin(scene.emulator.address(), 3));
    }
}
