//! The promises of the port, kept by two recorded feeds.

use catalyst_adapters_news::FeedNews;
use catalyst_testkit::contract::news::Told;

use crate::server::{Server, fixture, moment};

fn recorded() -> (FeedNews, Told, Server) {
    let server = Server::new(&[
        ("/en", fixture("exchange_en.xml")),
        ("/zh", fixture("exchange_zh.xml")),
    ]);
    let (news, _) = server.news(&["/en", "/zh"], "10:00");
    let told = Told {
        known: "700".parse().unwrap(),
        silent: "5".parse().unwrap(),
        since: moment("00:00"),
        now: moment("10:00"),
    };
    (news, told, server)
}

catalyst_testkit::news_contract!(recorded);
