//! A client of the wire: greeting, frames, and waiting for a message.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::fields::Fields;

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// One message of the gateway.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Message {
    pub(crate) id: i32,
    pub(crate) fields: Fields,
}

pub(crate) struct Client {
    stream: TcpStream,
    /// What waits to be written in one piece.
    together: Option<Vec<u8>>,
}

impl Client {
    /// Connects and sends the greeting; the answer to it as text, empty when there is none.
    pub(crate) fn greet(address: SocketAddr) -> (Self, String) {
        let mut client = Self::knock(address);
        let hello = client.payload().unwrap_or_default();
        (client, String::from_utf8_lossy(&hello).into_owned())
    }

    /// Connects, sends the greeting and waits for nothing.
    pub(crate) fn knock(address: SocketAddr) -> Self {
        let versions = framed(b"v213..226");
        Self::knock_with(address, &[&b"API\0"[..], &versions].concat())
    }

    /// Connects and sends these bytes.
    pub(crate) fn knock_with(address: SocketAddr, bytes: &[u8]) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut client = Self {
            stream,
            together: None,
        };
        client.write(bytes);
        client
    }

    /// A client whose session has begun and who has read all that is sent at its beginning.
    pub(crate) fn begin(address: SocketAddr, client_id: i64) -> Self {
        let (mut client, _) = Self::greet(address);
        client.start(client_id);
        client.errors_until(2158);
        client
    }

    pub(crate) fn start(&mut self, client_id: i64) {
        self.send(71, &Fields::new().int(1, client_id));
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) {
        match &mut self.together {
            Some(waiting) => waiting.extend(bytes),
            None => self.stream.write_all(bytes).unwrap(),
        }
    }

    /// Writes everything that `messages` sends in one piece.
    pub(crate) fn write_together(&mut self, messages: impl FnOnce(&mut Self)) {
        self.together = Some(Vec::new());
        messages(self);
        let bytes = self.together.take().unwrap();
        self.write(&bytes);
    }

    /// Sends a message; the gateway may have closed already.
    pub(crate) fn send(&mut self, id: i32, fields: &Fields) {
        let mut payload = (id + 200).to_be_bytes().to_vec();
        payload.extend(fields.encode());
        self.write(&framed(&payload));
    }

    pub(crate) fn ask(&mut self, id: i32) {
        self.send(id, &Fields::new());
    }

    /// The next message; `None` once the connection has ended.
    pub(crate) fn next(&mut self) -> Option<Message> {
        let payload = self.payload()?;
        let number = i32::from_be_bytes(payload[..4].try_into().unwrap());
        assert!(number > 200, "message {number} is no protobuf");
        Some(Message {
            id: number - 200,
            fields: Fields::decode(&payload[4..]),
        })
    }

    /// Messages up to and with the first of kind `id`.
    pub(crate) fn until(&mut self, id: i32) -> Vec<Message> {
        let mut seen = Vec::new();
        loop {
            let next = self.next();
            let Some(message) = next else {
                panic!("the connection ended before message {id}, after {seen:?}")
            };
            let found = message.id == id;
            seen.push(message);
            if found {
                return seen;
            }
        }
    }

    /// Everything that the gateway sends before it answers a question of now.
    pub(crate) fn settled(&mut self) -> Vec<Message> {
        self.ask(49);
        let mut seen = self.until(49);
        seen.pop();
        seen
    }

    fn errors_until(&mut self, code: i64) {
        while self.until(4).pop().unwrap().fields.number(3) != code {}
    }

    /// False once the gateway has closed.
    pub(crate) fn try_write(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).is_ok()
    }

    /// Says that nothing more will be sent; the gateway may have closed already.
    pub(crate) fn finish(&mut self) {
        drop(self.stream.shutdown(std::net::Shutdown::Write));
    }

    /// True when nothing has arrived.
    pub(crate) fn is_silent(&mut self) -> bool {
        self.stream.set_nonblocking(true).unwrap();
        let read = self.stream.peek(&mut [0]);
        self.stream.set_nonblocking(false).unwrap();
        read.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    }

    /// So many raw bytes.
    pub(crate) fn raw(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        self.stream.read_exact(&mut bytes).unwrap();
        bytes
    }

    /// Raw bytes until the connection ends.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        match self.stream.read_to_end(&mut bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                panic!("the connection did not end")
            }
            // A reset is an end too.
            Ok(_) | Err(_) => bytes,
        }
    }

    fn payload(&mut self) -> Option<Vec<u8>> {
        let mut length = [0; 4];
        self.fill(&mut length)?;
        let mut payload = vec![0; usize::try_from(u32::from_be_bytes(length)).unwrap()];
        self.fill(&mut payload)?;
        Some(payload)
    }

    /// `None` at the end of the connection, also in the middle of a frame.
    fn fill(&mut self, buffer: &mut [u8]) -> Option<()> {
        match self.stream.read_exact(buffer) {
            Ok(()) => Some(()),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                panic!("the gateway says nothing")
            }
            Err(_) => None,
        }
    }
}

pub(crate) fn framed(payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap();
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend(payload);
    bytes
}

/// The messages of one kind.
pub(crate) fn of(messages: &[Message], id: i32) -> Vec<Fields> {
    let of_kind = messages.iter().filter(|message| message.id == id);
    of_kind.map(|message| message.fields.clone()).collect()
}

/// The kinds of messages in their order.
pub(crate) fn kinds(messages: &[Message]) -> Vec<i32> {
    messages.iter().map(|message| message.id).collect()
}

/// Status, shares filled and shares left of each order status, by order id.
pub(crate) fn statuses(messages: &[Message]) -> Vec<(i64, String, String, String)> {
    let status = |fields: Fields| {
        let text = |tag| fields.string(tag);
        (fields.number(1), text(2), text(3), text(4))
    };
    of(messages, 3).into_iter().map(status).collect()
}

/// Id and code of each error.
pub(crate) fn errors(messages: &[Message]) -> Vec<(i64, i64)> {
    let errors = of(messages, 4).into_iter();
    errors
        .map(|fields| (fields.number(1), fields.number(3)))
        .collect()
}
