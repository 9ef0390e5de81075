//! Clients that are connected: who they are, what they listen to, and the queue to each.

use std::collections::BTreeMap;
use std::time::Duration;

use catalyst_domain::symbol::Symbol;
use tokio::sync::mpsc::Sender;

use super::Broker;
use crate::faults::{Effect, Spoken, Trigger};
use crate::frame::{Frame, LENGTH_MAX, with_length};
use crate::kinds::ReplyKind;
use crate::spoil::{Spoilt, spoil};
use crate::spoken::words_of;
use crate::wire::session::{ErrorMessage, ManagedAccounts, NextValidId};

/// One connection among all there ever were.
pub(crate) type SessionId = u64;

/// The id of errors that belong to no request.
pub(super) const NO_ID: i32 = -1;

/// The lowest id an order may have.
const FIRST_ID: i32 = 1;

/// What a connection has to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outgoing {
    /// Send these.
    Bytes(Vec<u8>),
    /// Wait before the next.
    Pause(Duration),
    /// Close.
    Close,
}

/// Whether a connection takes what is sent to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Open,
    /// Answers are kept back.
    Muted,
    /// It ends with what is in its queue.
    Closed,
}

/// One connected client.
#[derive(Debug)]
pub(super) struct Session {
    /// Known once the client has begun its session.
    pub(super) client_id: Option<i32>,
    queue: Sender<Outgoing>,
    line: Line,
    /// A frame that waits for its successor to go first.
    held: Option<Frame>,
    /// The kind of quotes asked for; live at first.
    pub(super) quote_kind: i32,
    pub(super) wants_account: bool,
    pub(super) wants_positions: bool,
    /// Quotes that go on, by request.
    pub(super) streams: BTreeMap<i32, Symbol>,
}

impl Broker {
    /// What befalls a connection that has sent its greeting.
    pub(crate) fn greeted(&mut self) -> Option<Effect> {
        if self.refusing > 0 {
            self.refusing -= 1;
            return Some(Effect::CloseBefore);
        }
        let effect = self.faults.befalls(Trigger::Connection);
        if let Some(Effect::Restart { refused }) = effect {
            self.restart(refused);
            return Some(Effect::CloseBefore);
        }
        effect
    }

    /// The answer to a greeting: version and time, as text.
    pub(crate) fn hello(&mut self) -> Vec<u8> {
        self.catch_up();
        let version = self.config.server_version;
        format!("{version}\0{}\0", self.zoned(self.now())).into_bytes()
    }

    /// Takes a connection in.
    pub(crate) fn connect(&mut self, queue: Sender<Outgoing>) -> SessionId {
        self.session_count += 1;
        let session = Session {
            client_id: None,
            queue,
            line: Line::Open,
            held: None,
            quote_kind: 1,
            wants_account: false,
            wants_positions: false,
            streams: BTreeMap::new(),
        };
        self.sessions.insert(self.session_count, session);
        self.session_count
    }

    /// Forgets a connection. Its orders stay.
    pub(crate) fn disconnect(&mut self, id: SessionId) {
        self.sessions.remove(&id);
    }

    /// Begins the session of a client: accounts, the next order id, and that the farms are well.
    pub(super) fn start(&mut self, id: SessionId, client_id: i32) {
        let taken = self.session_of(client_id).is_some_and(|other| other != id);
        if taken {
            self.refuse_client_id(id);
            return;
        }
        if let Some(session) = self.sessions.get_mut(&id) {
            session.client_id = Some(client_id);
        }
        self.send_accounts(id);
        self.send_next_id(id);
        for code in [2104, 2106, 2158] {
            self.say(id, NO_ID, code, words_of(code));
        }
    }

    pub(super) fn refuse_client_id(&mut self, id: SessionId) {
        self.say(id, NO_ID, 326, words_of(326));
        self.close(id);
    }

    pub(super) fn send_accounts(&mut self, id: SessionId) {
        let accounts = ManagedAccounts {
            accounts: Some(self.config.account.clone()),
        };
        self.send(id, ReplyKind::ManagedAccounts, &accounts);
    }

    pub(super) fn send_next_id(&mut self, id: SessionId) {
        let client = self.client_of(id);
        let floor = self.floors.get(&client).copied();
        let next = NextValidId {
            order_id: Some(floor.map_or(FIRST_ID, |floor| floor.saturating_add(1))),
        };
        self.send(id, ReplyKind::NextValidId, &next);
    }

    /// The client id of a connection; one that has not begun its session has none and is told so
    /// before anything asks this.
    pub(super) fn client_of(&self, id: SessionId) -> i32 {
        let session = self.sessions.get(&id);
        session
            .and_then(|session| session.client_id)
            .unwrap_or(NO_ID)
    }

    pub(super) fn session_of(&self, client_id: i32) -> Option<SessionId> {
        let mut all = self.sessions.iter();
        all.find(|(_, session)| {
            session.client_id == Some(client_id) && session.line != Line::Closed
        })
        .map(|(id, _)| *id)
    }

    pub(super) fn session_mut(&mut self, id: SessionId) -> Option<&mut Session> {
        self.sessions.get_mut(&id)
    }

    /// Connections for which `holds`.
    pub(super) fn sessions_that(&self, holds: impl Fn(&Session) -> bool) -> Vec<SessionId> {
        let all = self.sessions.iter();
        all.filter(|(_, session)| holds(session))
            .map(|(id, _)| *id)
            .collect()
    }

    /// An error or notice under `id`.
    pub(super) fn say(&mut self, to: SessionId, id: i32, code: i32, text: &str) {
        let error = ErrorMessage {
            id: Some(id),
            time: Some(self.now().timestamp_millis()),
            code: Some(code),
            text: Some(text.to_owned()),
            advanced_reject: None,
        };
        self.send(to, ReplyKind::Error, &error);
    }

    /// The same notice to everybody, under no id.
    pub(super) fn announce(&mut self, spoken: &Spoken) {
        for id in self.sessions_that(|session| session.client_id.is_some()) {
            self.say(id, NO_ID, spoken.code, &spoken.text);
        }
    }

    /// Sends a message, whatever befalls it on the way.
    pub(super) fn send(&mut self, to: SessionId, kind: ReplyKind, message: &impl prost::Message) {
        let frame = Frame::of(kind, message);
        let line = self.sessions.get(&to).map(|session| session.line);
        if line != Some(Line::Open) {
            return;
        }
        let effect = self.faults.befalls(Trigger::Reply(kind));
        if let Some(Effect::Restart { refused }) = effect {
            self.restart(refused);
            return;
        }
        if let Some(session) = self.sessions.get_mut(&to) {
            session.deliver(frame, effect.as_ref());
        }
    }

    /// True once a connection ends with what is in its queue.
    pub(super) fn has_closed(&self, id: SessionId) -> bool {
        let session = self.sessions.get(&id);
        session.is_none_or(|session| session.line == Line::Closed)
    }

    /// Keeps back everything for a connection from now on.
    pub(super) fn mute(&mut self, id: SessionId) {
        self.turn(id, Line::Open, Line::Muted);
    }

    /// Lets everything through to a connection again.
    pub(super) fn unmute(&mut self, id: SessionId) {
        self.turn(id, Line::Muted, Line::Open);
    }

    fn turn(&mut self, id: SessionId, from: Line, to: Line) {
        if let Some(session) = self.sessions.get_mut(&id)
            && session.line == from
        {
            session.line = to;
        }
    }

    pub(super) fn pause(&mut self, id: SessionId, pause: Duration) {
        if let Some(session) = self.sessions.get_mut(&id) {
            session.enqueue(Outgoing::Pause(pause));
        }
    }

    pub(crate) fn close(&mut self, id: SessionId) {
        if let Some(session) = self.sessions.get_mut(&id) {
            session.enqueue(Outgoing::Close);
        }
    }

    /// Closes every connection and refuses the next ones.
    pub(super) fn restart(&mut self, refused: u32) {
        self.refusing = refused;
        for session in self.sessions.values_mut() {
            session.enqueue(Outgoing::Close);
        }
    }
}

impl Session {
    /// A client that does not read until its queue is full loses its connection.
    fn enqueue(&mut self, next: Outgoing) {
        if self.line == Line::Closed {
            return;
        }
        let closes = next == Outgoing::Close;
        if self.queue.try_send(next).is_err() || closes {
            self.line = Line::Closed;
        }
    }

    fn deliver(&mut self, frame: Frame, effect: Option<&Effect>) {
        match effect {
            Some(Effect::NeverAnswer | Effect::Lose) => return,
            Some(Effect::Delay(pause)) => self.enqueue(Outgoing::Pause(*pause)),
            Some(Effect::CloseBefore) => return self.enqueue(Outgoing::Close),
            Some(Effect::CloseMidFrame) => {
                let half = frame.bytes.get(..frame.bytes.len() / 2).unwrap_or(&[]);
                self.enqueue(Outgoing::Bytes(half.to_vec()));
                return self.enqueue(Outgoing::Close);
            }
            Some(Effect::Reorder) => {
                self.held = Some(frame);
                return;
            }
            Some(Effect::Oversize) => {
                let length = u32::try_from(LENGTH_MAX + 1).unwrap_or(u32::MAX);
                return self.enqueue(Outgoing::Bytes(length.to_be_bytes().to_vec()));
            }
            Some(Effect::Garbage) => {
                let noise = [frame.bytes.get(4..8).unwrap_or(&[]), &[0xFF; 9]].concat();
                return self.enqueue(Outgoing::Bytes(with_length(&noise)));
            }
            Some(Effect::NotANumber) => return self.pass(spoil(frame, Spoilt::NotANumber)),
            Some(Effect::Unset) => return self.pass(spoil(frame, Spoilt::Unset)),
            Some(Effect::Duplicate) => self.pass(frame.clone()),
            Some(Effect::CloseAfter) => {
                self.pass(frame);
                return self.enqueue(Outgoing::Close);
            }
            Some(
                Effect::Error(_)
                | Effect::Warn(_)
                | Effect::FalseCancel(_)
                | Effect::RejectStop
                | Effect::ClientIdInUse
                | Effect::Notice(_)
                | Effect::Restart { .. },
            )
            | None => {}
        }
        self.pass(frame);
    }

    fn pass(&mut self, frame: Frame) {
        self.enqueue(Outgoing::Bytes(frame.bytes));
        if let Some(held) = self.held.take() {
            self.enqueue(Outgoing::Bytes(held.bytes));
        }
    }
}
