//! The stand-in: a server that objects like the interface and else answers from a list.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::closed_shape::Bytes;
use super::protocol::{NOT_OURS, objections};

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
    pub(crate) delay: Duration,
}

impl Reply {
    /// A success with this body.
    pub(crate) fn ok(body: &str) -> Self {
        Self::status(200, body)
    }

    pub(crate) fn status(status: u16, body: &str) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.to_owned(),
            delay: Duration::ZERO,
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }
}

#[derive(Debug, Default)]
struct Seen {
    replies: VecDeque<Reply>,
    bodies: Vec<String>,
    objections: Vec<String>,
    before: Option<Bytes>,
    paused: bool,
}

struct Script(Arc<Mutex<Seen>>);

impl Respond for Script {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut seen = self.0.lock().unwrap();
        let mut found = objections(&request.headers, &request.body, seen.before.as_ref());
        found.retain(|what| what != NOT_OURS || !seen.paused);
        seen.bodies
            .push(String::from_utf8(request.body.clone()).unwrap());
        if !found.is_empty() {
            seen.objections.extend(found.clone());
            let body = format!(
                r#"{{"type":"error","error":{{"type":"invalid_request_error","message":"{}"}}}}"#,
                found.join("; ").escape_default()
            );
            return ResponseTemplate::new(400).set_body_string(body);
        }
        seen.before = serde_json::from_slice(&request.body).ok();
        let number = seen.bodies.len();
        let reply = seen.replies.pop_front();
        let reply = reply.unwrap_or_else(|| Reply::status(418, "nothing left to say"));
        seen.paused = reply.body.contains("\"pause_turn\"");
        let mut template = ResponseTemplate::new(reply.status)
            .set_body_string(reply.body)
            .insert_header("request-id", format!("req_{number}"))
            .set_delay(reply.delay);
        for (name, value) in reply.headers {
            template = template.insert_header(name, value);
        }
        template
    }
}

/// A server at work.
pub(crate) struct StandIn {
    server: MockServer,
    seen: Arc<Mutex<Seen>>,
}

impl StandIn {
    pub(crate) async fn new(replies: Vec<Reply>) -> Self {
        let seen = Arc::new(Mutex::new(Seen {
            replies: replies.into(),
            ..Seen::default()
        }));
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path("/v1/messages"))
            .respond_with(Script(Arc::clone(&seen)))
            .mount(&server)
            .await;
        Self { server, seen }
    }

    pub(crate) fn address(&self) -> String {
        self.server.uri()
    }

    /// The requests so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.seen.lock().unwrap().bodies.clone()
    }

    /// What was wrong with them.
    pub(crate) fn objections(&self) -> Vec<String> {
        self.seen.lock().unwrap().objections.clone()
    }
}
