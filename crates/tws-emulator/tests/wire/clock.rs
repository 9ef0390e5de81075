//! The control line: the world's clock, read and moved by text.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use catalyst_tws_emulator::{FaultScript, TimeFlow};

use crate::client::statuses;
use crate::scene::{DAY, Scene, buy};

struct Line(BufReader<TcpStream>);

impl Line {
    fn open(scene: &Scene) -> Self {
        let mut stream = TcpStream::connect(scene.emulator.address()).unwrap();
        stream.write_all(b"CTL\0").unwrap();
        Self(BufReader::new(stream))
    }

    fn say(&mut self, words: &str) -> String {
        self.0
            .get_mut()
            .write_all(format!("{words}\n").as_bytes())
            .unwrap();
        let mut answer = String::new();
        self.0.read_line(&mut answer).unwrap();
        answer.trim_end().to_owned()
    }
}

#[test]
fn a_standing_clock_is_moved_at_once_and_clients_are_told() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    buy(1, "100", 400.2).release(&mut client);
    client.settled();
    let mut line = Line::open(&scene);

    let before = line.say("now");
    let moved = line.say("until 2026-09-14T10:01:00+08:00");
    let backwards = line.say("until 2026-09-14T09:00:00+08:00");
    let told = client.settled();

    assert_eq!(before, "now 2026-09-14T02:00:00.000000Z speed 0");
    assert_eq!(moved, "now 2026-09-14T02:01:00.000000Z speed 0");
    assert_eq!(backwards, moved);
    assert_eq!(statuses(&told)[0].1, "Filled");
}

#[test]
fn unknown_words_are_answered_with_what_is_allowed() {
    let scene = Scene::open();
    let mut line = Line::open(&scene);

    assert_eq!(
        line.say("later"),
        "error `later` is unknown, allowed are `now` and `until MOMENT`"
    );
    assert!(
        line.say("until tomorrow")
            .starts_with("error `tomorrow` is no moment")
    );
}

#[test]
fn a_running_clock_reaches_the_moment_by_itself_and_tells_its_clients() {
    let scene = Scene::with(
        DAY,
        |config| config.time = TimeFlow::Runs { speed: 1_000 },
        FaultScript::none(),
    );
    let mut client = scene.client(17);
    buy(1, "100", 400.2).release(&mut client);
    let mut line = Line::open(&scene);

    let reached = line.say("until 2026-09-14T10:05:00+08:00");
    let told = client.until(59);

    let reached = reached.strip_prefix("now ").unwrap();
    assert!(reached >= "2026-09-14T02:05:00", "{reached}");
    assert!(reached.ends_with("speed 1000"), "{reached}");
    assert_eq!(statuses(&told).last().unwrap().1, "Filled");
}
