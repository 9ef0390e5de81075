//! A server on this machine that answers as it is told, well or badly, and keeps what it was asked.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Opens its door.
pub(crate) const KEY: &str = "sk-ant-test-5ecret-0123456789";

/// One request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// As in its first line, such as `/v1/messages`.
    pub(crate) path: String,
    /// Headers that carry the key.
    pub(crate) keys: usize,
    pub(crate) body: String,
}

/// One answer.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// All of it.
    Whole {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// A head that promises more than comes.
    Cut(String),
    /// None, while the other side waits.
    Silence,
}

impl Reply {
    pub(crate) fn ok(body: impl Into<String>) -> Self {
        Self::status(200, body)
    }

    pub(crate) fn status(status: u16, body: impl Into<String>) -> Self {
        Self::Whole {
            status,
            headers: vec![("request-id", "req_1".to_owned())],
            body: body.into(),
        }
    }

    /// The same with this header, which stands in it once.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Whole { headers, .. } = &mut self {
            headers.retain(|(other, _)| *other != name);
            headers.push((name, value.to_owned()));
        }
        self
    }
}

type Answer = dyn Fn(usize, &Asked) -> Reply + Send + Sync;

/// The server. It lives as long as the test's process.
pub(crate) struct Server {
    address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers by the number of the request, counted from zero, and by what it asks.
    pub(crate) fn new(answer: impl Fn(usize, &Asked) -> Reply + Send + Sync + 'static) -> Self {
        let answer: Arc<Answer> = Arc::new(answer);
        Self::listening(move |stream, asked| serve(stream, answer.as_ref(), asked))
    }

    /// Ends every connection while its request is still unread, which resets it.
    pub(crate) fn resetting() -> Self {
        Self::listening(|stream, asked| {
            stream.peek(&mut [0]).unwrap();
            asked.lock().unwrap().push(Asked::default());
        })
    }

    fn listening(
        meet: impl Fn(TcpStream, &Mutex<Vec<Asked>>) + Clone + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (meet, kept) = (meet.clone(), Arc::clone(&kept));
                std::thread::spawn(move || meet(stream.unwrap(), &kept));
            }
        });
        Self { address, asked }
    }

    pub(crate) fn address(&self) -> String {
        self.address.clone()
    }

    /// What it was asked so far, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(stream: TcpStream, answer: &Answer, kept: &Mutex<Vec<Asked>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut out = stream;
    while let Some(asked) = request(&mut reader) {
        let number = {
            let mut kept = kept.lock().unwrap();
            kept.push(asked.clone());
            kept.len() - 1
        };
        match answer(number, &asked) {
            Reply::Whole {
                status,
                headers,
                body,
            } => {
                let mut head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    head.extend([name, ": ", &value, "\r\n"]);
                }
                let sent = out.write_all(format!("{head}\r\n{body}").as_bytes());
                if sent.is_err() {
                    return;
                }
            }
            Reply::Cut(body) => {
                let head = format!(
                    "HTTP/1.1 200 X\r\ncontent-length: {}\r\n\r\n",
                    body.len() + 9
                );
                out.write_all(format!("{head}{body}").as_bytes()).unwrap();
                return;
            }
            // The other side hangs up at last.
            Reply::Silence => {
                let mut rest = Vec::new();
                let end = reader.read_to_end(&mut rest);
                assert!(
                    end.is_err() || rest.is_empty(),
                    "nobody asks while it waits"
                );
                return;
            }
        }
    }
}

/// The next request, or `None` when the other side has hung up.
fn request(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut first = String::new();
    if reader.read_line(&mut first).ok()? == 0 {
        return None;
    }
    let mut asked = Asked {
        path: first.split(' ').nth(1)?.to_owned(),
        ..Asked::default()
    };
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(": ")?;
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().ok()?;
        }
        asked.keys += usize::from(value.contains(KEY));
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    asked.body = String::from_utf8(body).ok()?;
    Some(asked)
}
