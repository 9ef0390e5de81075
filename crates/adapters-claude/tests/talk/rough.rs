//! Servers that break the connection itself: none there, one that hangs up, one that says nothing, one
//! that never ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use catalyst_adapters_claude::config::Pace;
use catalyst_ports::advisor::{Advisor as _, AdvisorError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::stage::{advisor, brief, quick, word};

/// What the server does with a connection.
#[derive(Debug, Clone, Copy)]
enum Way {
    HangsUp,
    SaysNothing,
    BreaksOff,
    NeverEnds,
}

/// Where it is, and how many came.
async fn server(way: Way) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let came = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&came);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(behave(stream, way));
        }
    });
    (address, came)
}

async fn behave(mut stream: TcpStream, way: Way) {
    let mut part = vec![0; 65_536];
    let read = stream.read(&mut part).await;
    assert!(read.unwrap() > 0);
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 90000000\r\n\r\n";
    match way {
        Way::HangsUp => {}
        Way::SaysNothing => std::future::pending().await,
        Way::BreaksOff => {
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(b"{\"id\":").await.unwrap();
        }
        Way::NeverEnds => {
            stream.write_all(head.as_bytes()).await.unwrap();
            while stream.write_all(&part).await.is_ok() {}
        }
    }
}

async fn ending(address: &str, pace: Pace, time: Duration) -> (String, Duration) {
    let began = Instant::now();
    let advisor = advisor(address, pace, None);
    let mut talk = advisor.consult(brief(9, time)).await.unwrap();
    let error = talk.next(Vec::new()).await.unwrap_err();
    assert_eq!(word(&error), "unavailable");
    let AdvisorError::Unavailable { source } = error else {
        panic!("it may pass by itself");
    };
    (source.to_string(), began.elapsed())
}

#[tokio::test]
async fn broken_connections_are_tried_again_and_named() {
    let patient = Duration::from_mins(1);
    for (way, wanted) in [
        (Way::HangsUp, "cannot be reached"),
        (Way::BreaksOff, "broke off"),
        (Way::NeverEnds, "longer than 4194304 bytes"),
    ] {
        let (address, came) = server(way).await;

        let (why, _) = ending(&address, quick(), patient).await;

        assert!(why.contains(wanted), "{way:?}: {why}");
        assert_eq!(came.load(Ordering::SeqCst), 4, "{way:?}");
    }
}

#[tokio::test]
async fn nobody_at_the_address_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);

    let (why, _) = ending(&address, quick(), Duration::from_mins(1)).await;

    assert!(
        why.starts_with("it cannot be reached (attempts: 4)"),
        "{why}"
    );
}

#[tokio::test]
async fn a_server_that_hangs_costs_its_bound_for_each_attempt() {
    let (address, came) = server(Way::SaysNothing).await;
    let hasty = Pace {
        answer: Duration::from_millis(60),
        first_answer: Duration::from_millis(60),
        ..quick()
    };

    let (why, _) = ending(&address, hasty, Duration::from_mins(1)).await;

    assert!(why.contains("no answer within"), "{why}");
    assert_eq!(came.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn a_server_that_hangs_costs_no_more_than_the_conversation_has() {
    let (address, came) = server(Way::SaysNothing).await;

    let (why, took) = ending(&address, quick(), Duration::from_millis(400)).await;

    assert!(why.contains("allows no further"), "{why}");
    assert_eq!(came.load(Ordering::SeqCst), 1);
    assert!(took >= Duration::from_millis(300) && took < Duration::from_secs(20));
}
