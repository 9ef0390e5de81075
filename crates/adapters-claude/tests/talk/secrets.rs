//! The key: in one header and nowhere else, even where a server sends it back.

use std::io::{self, Read as _, Seek as _, Write};
use std::sync::{Arc, Mutex};

use catalyst_adapters_claude::cassette::Recorder;
use catalyst_adapters_claude::{ClaudeAdvisor, Instructions, SetupError};
use catalyst_ports::advisor::Advisor as _;
use catalyst_testkit::builders::a_brief;
use tracing::instrument::WithSubscriber as _;

use super::stage::{self, KEY, access, advisor, quick};
use super::stand_in::{Reply, StandIn};
use super::words::{call, ends, logs, uses};

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Everything that a conversation with an indiscreet server says aloud: errors, prints, logs, cassette.
async fn aloud(replies: Vec<Reply>) -> String {
    let server = StandIn::new(replies).await;
    let mut file = tempfile::tempfile().unwrap();
    let recorder = Recorder::new(Box::new(file.try_clone().unwrap()));
    let advisor = advisor(&server.address(), quick(), Some(recorder));
    let logs = Kept::default();
    let writer = logs.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let talking = async {
        let mut talk = advisor.consult(a_brief()).await.unwrap();
        let ended = stage::through(talk.as_mut(), 5).await;
        format!("{ended:?} {:?}", talk.spent())
    };
    let mut said = talking.with_subscriber(subscriber).await;
    let access = access(&server.address(), quick());
    said.push_str(&[format!("{advisor:?}"), format!("{access:?}")].concat());
    file.rewind().unwrap();
    file.read_to_string(&mut said).unwrap();
    said.push_str(&String::from_utf8(logs.0.lock().unwrap().clone()).unwrap());
    said
}

#[tokio::test]
async fn a_server_that_sends_the_key_back_cannot_spread_it() {
    let echoed = format!(
        r#"{{"type":"error","error":{{"type":"authentication_error {KEY}","message":"invalid x-api-key {KEY}"}}}}"#
    );
    let input = format!(r#"{{"decision":"skip","reasoning":"{KEY}"}}"#);
    for replies in [
        vec![Reply::status(401, &echoed)],
        vec![Reply::status(529, &echoed); 4],
        vec![Reply::ok(&format!("not a message {KEY}")); 4],
        vec![
            Reply::ok(&uses(&[call("a", "log_decision", &input)])),
            Reply::ok(&ends(KEY)),
        ],
        vec![
            Reply::ok(&logs("a")).header("retry-after", KEY),
            Reply::ok(&ends("bye")),
        ],
    ] {
        let said = aloud(replies).await;

        assert!(!said.contains("5ecret"), "{said}");
        assert!(
            said.contains("\"status\":"),
            "the cassette holds something: {said}"
        );
        assert!(said.contains("req_1") || said.contains("again"), "{said}");
    }
}

#[tokio::test]
async fn a_key_that_cannot_be_is_refused_without_being_shown() {
    let facts = stage::facts();
    let told = Instructions {
        template: catalyst_adapters_claude::prompt::INSTRUCTIONS,
        facts: &facts,
    };
    for key in ["", "5ecret\n", "5\u{e9}cret\u{0}"] {
        let mut access = access("http://127.0.0.1:1", quick());
        access.key = key.to_owned().into();
        let model = stage::model("claude-sonnet-5-5");

        let error = ClaudeAdvisor::new(model, &access, None, told).unwrap_err();

        assert!(
            matches!(error, SetupError::NoKey | SetupError::Key),
            "{error:?}"
        );
        assert!(!format!("{error:?} {error}").contains("cret"));
    }
}
