//! A small HTTP server on this machine that answers each path in its own way and counts what it is
//! asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use catalyst_adapters_news::FeedNews;
use catalyst_adapters_news::config::{FeedConfig, NewsConfig};
use catalyst_adapters_news::names::Names;
use catalyst_testkit::clock::ManualClock;
use chrono::{DateTime, Utc};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// How one path is answered.
#[derive(Debug, Clone)]
pub(crate) enum Way {
    /// With status 200 and this.
    Body(Vec<u8>),
    /// With this status and nothing.
    Status(u16),
    /// By sending on to this place.
    Redirect(String),
    /// With the head of an answer and nothing after.
    Silence,
    /// With a length that is never reached.
    BreaksOff(Vec<u8>),
    /// Without a length, on and on.
    Endless,
}

/// A server at work for as long as its test runs.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves `ways` by path.
    pub(crate) fn new(ways: &[(&str, Way)]) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let ways: BTreeMap<String, Way> = ways
            .iter()
            .map(|(path, way)| ((*path).to_owned(), way.clone()))
            .collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let requests = Arc::clone(&asked);
        tokio::spawn(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                let (ways, requests) = (ways.clone(), Arc::clone(&requests));
                tokio::spawn(async move { answer(stream, &ways, &requests).await });
            }
        });
        Self { base, asked }
    }

    /// The requests so far, heads and all.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// News from these paths of this server at `now`, each feed named after its path.
    pub(crate) fn news(&self, paths: &[&str], now: &str) -> (FeedNews, Arc<ManualClock>) {
        let feeds = paths.iter().map(|path| {
            let url = format!("{}{path}", self.base);
            FeedConfig::parse(path.trim_start_matches('/'), &url, None).unwrap()
        });
        let config = NewsConfig {
            feeds: feeds.collect(),
            timeout: Duration::from_secs(1),
        };
        let clock = Arc::new(ManualClock::at(moment(now)));
        let names = Names::built_in().unwrap();
        let told_by = Arc::<ManualClock>::clone(&clock);
        let news = FeedNews::new(config, names, told_by).unwrap();
        (news, clock)
    }
}

/// A moment of Monday 2026-11-23 at the exchange.
pub(crate) fn moment(time: &str) -> DateTime<Utc> {
    format!("2026-11-23T{time}:00+08:00").parse().unwrap()
}

pub(crate) fn fixture(name: &str) -> Way {
    let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    Way::Body(std::fs::read(path).unwrap())
}

/// A feed with one entry of `title`, published at nine.
pub(crate) fn entry(title: &str) -> Way {
    let body = format!(
        "<rss version=\"2.0\"><channel><title>t</title><link>https://a.example/</link>\
         <description>d</description><item><title>{title}</title><guid>g</guid>\
         <pubDate>Mon, 23 Nov 2026 09:00:00 +0800</pubDate></item></channel></rss>"
    );
    Way::Body(body.into_bytes())
}

async fn answer(
    mut stream: TcpStream,
    ways: &BTreeMap<String, Way>,
    requests: &Mutex<Vec<String>>,
) {
    let head = head_of(&mut stream).await;
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    requests.lock().unwrap().push(head);
    let way = ways.get(&path).cloned().unwrap_or(Way::Status(404));
    // The other side may be gone in the midst of an answer, which is what some tests are about.
    drop(send(&mut stream, way).await);
}

async fn head_of(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut part = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => break,
            Ok(count) => head.extend(part.iter().take(count)),
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

async fn send(stream: &mut TcpStream, way: Way) -> std::io::Result<()> {
    let sized = |status: &str, length: usize| {
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")
    };
    match way {
        Way::Body(body) => {
            stream
                .write_all(sized("200 OK", body.len()).as_bytes())
                .await?;
            stream.write_all(&body).await
        }
        Way::Status(code) => {
            stream
                .write_all(sized(&format!("{code} No"), 0).as_bytes())
                .await
        }
        Way::Redirect(to) => {
            let head = format!(
                "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await
        }
        Way::Silence => {
            stream.write_all(sized("200 OK", 1_000).as_bytes()).await?;
            std::future::pending().await
        }
        Way::BreaksOff(body) => {
            let head = sized("200 OK", body.len() + 1_000);
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(&body).await
        }
        Way::Endless => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
                .await?;
            loop {
                stream.write_all(&[b'<'; 8_192]).await?;
            }
        }
    }
}
