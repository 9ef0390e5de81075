//! What recorded feeds of the exchange's filings come to.

use catalyst_domain::news::{Language, NewsKind};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::clock::Clock as _;
use catalyst_ports::news::{NewsFeed as _, NewsItem};
use chrono::TimeDelta;

use crate::server::{Server, fixture, moment};

fn symbol(code: &str) -> Symbol {
    code.parse().unwrap()
}

fn filings() -> Server {
    Server::new(&[
        ("/en", fixture("exchange_en.xml")),
        ("/zh", fixture("exchange_zh.xml")),
    ])
}

#[tokio::test]
async fn filings_are_mapped_dated_and_told_by_kind_and_each_once() {
    let server = filings();
    let (news, _) = server.news(&["/en", "/zh"], "10:00");
    let week = moment("10:00") - TimeDelta::days(7);
    let mut told = Vec::new();
    for code in ["700", "175", "1810", "20"] {
        let found = news.headlines(symbol(code), week).await.unwrap();
        assert_eq!(found.missing, []);
        let line = |item: &NewsItem| {
            let also = item.also_in.map_or("", Language::as_str);
            let at = item.published.format("%dT%H:%M");
            format!("{code} {at} {} {} {also}", item.kind, item.rule)
        };
        told.extend(found.items.iter().map(line));
    }

    assert_eq!(
        told,
        [
            "700 23T00:30 buyback buyback ",
            "700 20T10:01 routine_filing return_form ",
            "175 23T00:32 positive_profit_alert positive_profit_alert zh",
            "1810 23T01:01 placing placing ",
            "20 23T00:45 profit_warning profit_warning ",
        ]
    );
    let geely = news.headlines(symbol("175"), week).await.unwrap().items;
    assert_eq!(
        geely[0].headline.as_str(),
        "GEELY AUTO (00175) - POSITIVE PROFIT ALERT"
    );
    let sense = news.headlines(symbol("20"), week).await.unwrap().items;
    assert_eq!(sense[0].headline.as_str(), "商湯 股份代號:0020 盈利警告");
}

#[tokio::test]
async fn ten_questions_within_a_minute_ask_each_feed_once_and_a_later_one_asks_again() {
    let server = filings();
    let (news, clock) = server.news(&["/en", "/zh"], "10:00");
    let since = moment("00:00");
    let questions = (1..=10).map(|code| news.headlines(symbol(&code.to_string()), since));
    let answers = futures_util::future::join_all(questions).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 10);
    assert_eq!(server.asked().len(), 2);

    clock.sleep_until(moment("10:01")).await;
    news.headlines(symbol("700"), since).await.unwrap();

    assert_eq!(server.asked().len(), 4);
}

#[tokio::test]
async fn a_request_names_the_program_and_asks_for_no_compression() {
    let server = filings();
    let (news, _) = server.news(&["/en"], "10:00");

    news.headlines(symbol("700"), moment("00:00"))
        .await
        .unwrap();

    let head = server.asked().concat().to_lowercase();
    let agent = format!("user-agent: catalyst/{}\r\n", env!("CARGO_PKG_VERSION"));
    assert!(head.starts_with("get /en http/1.1\r\n"), "{head}");
    assert!(head.contains(&agent), "{head}");
    assert!(
        !head.contains("accept-encoding") && !head.contains("cookie"),
        "{head}"
    );
}

#[tokio::test]
async fn news_of_before_the_span_and_of_after_the_moment_is_not_told() {
    let server = filings();
    let (news, _) = server.news(&["/en"], "08:31");

    let found = news
        .headlines(symbol("175"), moment("00:00"))
        .await
        .unwrap();
    let early = news
        .headlines(symbol("700"), moment("08:31"))
        .await
        .unwrap();

    assert_eq!(found.items, [], "published a minute later");
    assert_eq!(early.items, [], "published a minute before");
    let told = news
        .headlines(symbol("700"), moment("08:30"))
        .await
        .unwrap();
    assert_eq!(told.items[0].kind, NewsKind::Buyback);
}
