//! Connecting: version and zone, accounts and ids, and who may have which client id.

use catalyst_tws_emulator::FaultScript;

use crate::client::{Client, errors, kinds, of};
use crate::fields::Fields;
use crate::scene::{DAY, Scene, buy};

#[test]
fn the_greeting_is_answered_with_version_and_local_time() {
    let scene = Scene::open();

    let (_, hello) = Client::greet(scene.emulator.address());

    assert_eq!(hello, "225\x0020260914 10:00:00 Hongkong\0");
}

#[test]
fn any_version_and_zone_can_be_announced() {
    for version in [212, 213, 226, 227] {
        let scene = Scene::with(
            DAY,
            |config| {
                config.server_version = version;
                config.zone = "HKT".to_owned();
            },
            FaultScript::none(),
        );

        let (_, hello) = Client::greet(scene.emulator.address());

        assert_eq!(hello, format!("{version}\x0020260914 10:00:00 HKT\0"));
    }
}

#[test]
fn a_session_begins_with_accounts_next_id_and_farms() {
    let scene = Scene::open();
    let (mut client, _) = Client::greet(scene.emulator.address());

    client.start(17);
    let told = client.settled();

    assert_eq!(kinds(&told), [15, 9, 4, 4, 4]);
    assert_eq!(told[0].fields.string(1), "DU1234567");
    assert_eq!(told[1].fields.number(1), 1);
    assert_eq!(errors(&told), [(-1, 2104), (-1, 2106), (-1, 2158)]);
}

#[test]
fn a_client_id_is_for_one_connection_and_free_again_after_it() {
    let scene = Scene::open();
    let first = scene.client(17);
    let (mut second, _) = Client::greet(scene.emulator.address());

    second.start(17);
    let refused = second.next().unwrap();
    let after = second.next();
    drop(first);

    assert_eq!((refused.id, refused.fields.number(3)), (4, 326));
    assert_eq!(after, None);
    let mut again = None;
    for _ in 0..1_000 {
        let (mut client, _) = Client::greet(scene.emulator.address());
        client.start(17);
        again = client.next().filter(|message| message.id == 15);
        if again.is_some() {
            break;
        }
    }
    assert_eq!(again.map(|message| message.id), Some(15));
}

#[test]
fn ids_go_on_from_the_highest_that_the_client_has_used() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    buy(40, "100", 390.0).release(&mut client);
    client.settled();
    drop(client);

    let mut same = scene.client(18);
    same.ask(8);
    let of_other = same.until(9).pop().unwrap();
    buy(41, "100", 390.0).release(&mut same);
    buy(40, "100", 390.0).release(&mut same);
    let told = same.settled();
    same.ask(8);
    let next = same.until(9).pop().unwrap();

    assert_eq!(of_other.fields.number(1), 1);
    assert_eq!(next.fields.number(1), 42);
    assert_eq!(errors(&told), [(40, 103)]);
}

#[test]
fn questions_before_a_session_are_not_answered() {
    let scene = Scene::open();
    let (mut client, _) = Client::greet(scene.emulator.address());

    client.ask(61);
    let told = client.next().unwrap();

    assert_eq!((told.id, told.fields.number(3)), (4, 504));
}

#[test]
fn an_unknown_message_is_an_error_and_the_connection_goes_on() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    client.send(188, &Fields::new());
    let told = client.settled();

    assert_eq!(errors(&told), [(-1, 505)]);
}

#[test]
fn a_frame_of_text_or_of_no_length_closes_its_connection_only() {
    let scene = Scene::open();
    let mut other = scene.client(1);
    for bad in [
        &[0, 0, 0, 4, 0, 0, 0, 61][..],
        &[0, 0, 0, 0],
        &[0xFF; 4],
        &[0, 0, 0, 6, 0, 0, 0, 203, 0x0A, 0xFF],
    ] {
        let mut client = scene.client(17);
        client.write(bad);

        assert_eq!(client.next(), None);
        while scene.emulator.log().is_empty() {}
    }
    other.ask(8);
    assert_eq!(of(&other.until(9), 9).len(), 1);
}
