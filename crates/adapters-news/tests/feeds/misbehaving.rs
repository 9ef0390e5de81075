//! Servers that misbehave: each is named with what it did, and the others are read.

use std::error::Error as _;

use catalyst_ports::news::NewsFeed as _;

use crate::server::{Server, Way, entry, fixture, moment};

/// What is said of one feed that answers in this `way`.
async fn complaint(way: Way) -> String {
    let server = Server::new(&[
        ("/feed", way),
        ("/good", entry("(00700) positive profit alert")),
    ]);
    let (news, _) = server.news(&["/feed", "/good"], "10:00");
    let found = news
        .headlines("700".parse().unwrap(), moment("00:00"))
        .await
        .unwrap();
    assert_eq!(found.items.len(), 1, "the other feed is read");
    let told = found.missing.iter();
    let told: Vec<String> = told
        .map(|missing| format!("{}: {}", missing.source, missing.reason))
        .collect();
    told.concat()
}

/// A feed that is sound but for how deep it goes: a parser that walks down by calling itself would
/// end the process.
fn nested(depth: usize) -> Vec<u8> {
    let (open, close) = (
        "<media:group>".repeat(depth),
        "</media:group>".repeat(depth),
    );
    format!(
        "<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><item>{open}{close}\
         </item></channel></rss>"
    )
    .into_bytes()
}

#[tokio::test]
async fn each_way_to_fail_is_told_in_its_own_words_and_the_other_feed_is_read() {
    let whole = b"<rss version=\"2.0\"><channel>".to_vec();
    for (way, expected) in [
        (Way::Status(500), "feed: it answered with status 500"),
        (Way::Status(404), "feed: it answered with status 404"),
        (Way::Silence, "feed: it took longer than 1 s"),
        (
            Way::Endless,
            "feed: its answer is longer than 2097152 bytes",
        ),
        (
            Way::Redirect("/feed".to_owned()),
            "feed: it redirects too often or to an address that is not allowed",
        ),
        (
            Way::Redirect("http://news.example/".to_owned()),
            "feed: it redirects too often or to an address that is not allowed",
        ),
        (Way::BreaksOff(whole), "feed: its answer broke off"),
        (
            fixture("truncated.xml"),
            "feed: its answer is not a whole feed",
        ),
        (
            Way::Body(nested(60_000)),
            "feed: its answer is not a whole feed",
        ),
        (
            Way::Body(b"<html><p>Sorry".to_vec()),
            "feed: its answer is not a whole feed",
        ),
        (
            Way::Body(Vec::new()),
            "feed: its answer is not a whole feed",
        ),
    ] {
        assert_eq!(complaint(way).await, expected);
    }
}

#[tokio::test]
async fn a_feed_that_stands_still_for_more_than_a_week_is_missing_and_an_empty_one_is_not() {
    let dated = |date: &str| {
        let item = format!("<item><title>(00700) buyback</title><pubDate>{date}</pubDate></item>");
        let body = format!("<rss version=\"2.0\"><channel>{item}</channel></rss>");
        Way::Body(body.into_bytes())
    };
    for (way, expected) in [
        (
            dated("Mon, 16 Nov 2026 09:59:59 +0800"),
            "feed: its newest entry is older than 7 days",
        ),
        (dated("Mon, 30 Nov 2026 10:00:00 +0800"), ""),
        (
            Way::Body(b"<rss version=\"2.0\"><channel></channel></rss>".to_vec()),
            "",
        ),
    ] {
        assert_eq!(complaint(way).await, expected);
    }
}

#[tokio::test]
async fn a_feed_that_moved_is_followed() {
    assert_eq!(complaint(Way::Redirect("/good".to_owned())).await, "");
}

#[tokio::test]
async fn where_no_feed_answers_news_is_unavailable_and_each_is_named() {
    let server = Server::new(&[("/one", Way::Status(503))]);
    let (news, _) = server.news(&["/one", "/two"], "10:00");

    let error = news
        .headlines("700".parse().unwrap(), moment("00:00"))
        .await
        .unwrap_err();

    assert_eq!(error.to_string(), "news is unavailable");
    assert_eq!(
        error.source().unwrap().to_string(),
        "no feed could be read: one: it answered with status 503; two: it answered with status 404"
    );
}
