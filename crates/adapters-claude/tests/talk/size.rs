//! What every request repeats stays small and the same.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::stage::talk;
use super::stand_in::{Reply, StandIn};
use super::words::logs;

/// Bytes of instructions and tools together: about three and a half thousand tokens.
const PREFIX_MAX: usize = 14 * 1024;

#[derive(Deserialize)]
struct Prefix {
    system: Box<RawValue>,
    tools: Box<RawValue>,
}

async fn prefix() -> (String, String) {
    let server = StandIn::new(vec![Reply::ok(&logs("a"))]).await;
    let mut talk = talk(&server.address()).await;
    talk.next(Vec::new()).await.unwrap();
    let read: Prefix = serde_json::from_str(&server.asked()[0]).unwrap();
    (read.system.get().to_owned(), read.tools.get().to_owned())
}

#[tokio::test]
async fn instructions_and_tools_are_small_and_the_same_for_every_conversation() {
    let (system, tools) = prefix().await;

    let bytes = system.len() + tools.len();
    assert!(bytes <= PREFIX_MAX, "{bytes}");
    assert!(bytes > PREFIX_MAX / 2, "{bytes}: something is missing");
    assert_eq!(prefix().await, (system, tools));
}
