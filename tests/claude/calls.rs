//! Calls that are wrong after a check that was right, so that nothing but the fault keeps the order back;
//! and the one without a fault, which is sent.

use super::rows::{DONE, LATER, Outcome, Row, play_all};
use super::scene::{Finds, Scene};
use super::server::{Reply, Server};
use super::words::{CHECK, TRADE, call, ends, failure, logs, uses};

/// Four answers: the check, the purchase, the decision, the end.
const TOLD: Outcome = Outcome {
    asked: 4,
    paid: 4,
    ..DONE
};
const BOUGHT: Outcome = Outcome { bought: 1, ..TOLD };

/// The purchase as these calls, after its check.
fn purchase(name: &'static str, calls: &[String], wanted: Outcome, told: &'static str) -> Row {
    let check = uses(&[call("toolu_check", "check_risk", CHECK)]);
    let replies = vec![check, uses(calls), logs(), ends("over")];
    Row {
        finds: Finds::Nothing,
        told,
        ..Row::new(name, replies, wanted)
    }
}

/// The purchase with `from` in its input written as `to`.
fn altered(name: &'static str, (from, to): (&str, &str), told: &'static str) -> Row {
    let input = TRADE.replace(from, to);
    assert_ne!(input, TRADE, "{name}");
    purchase(
        name,
        &[call("toolu_trade", "execute_trade", &input)],
        TOLD,
        told,
    )
}

/// The purchase under another name.
fn renamed(name: &'static str, tool: &str) -> Row {
    let told = "the tools are scan_market";
    purchase(name, &[call("toolu_trade", tool, TRADE)], TOLD, told)
}

#[test]
fn the_purchase_without_a_fault_is_sent_and_protected() {
    let trade = call("toolu_trade", "execute_trade", TRADE);

    play_all(&[purchase(
        "no fault",
        &[trade],
        BOUGHT,
        "filled_and_protected",
    )]);
}

#[test]
fn an_input_that_does_not_read_is_told_and_sends_nothing() {
    play_all(&[
        altered("NaN", (":61.95", ":\"NaN\""), "not a plain decimal"),
        altered("1e999", (":3000", ":1e999"), "number out of range"),
        altered(
            "extra key",
            ("\"reason\"", "\"urgent\":true,\"reason\""),
            "unknown field",
        ),
        altered(
            "Chinese digits",
            (":3000", ":\"\u{4e09}\u{5343}\""),
            "field `quantity`",
        ),
        altered(
            "wide digits",
            (":61.95", ":\"\u{ff16}\u{ff11}\""),
            "not a plain decimal",
        ),
        altered("null stop", (":61.95", ":null"), "field `stop_loss`"),
        altered(
            "no target",
            ("\"take_profit\":66.1,", ""),
            "missing field `take_profit`",
        ),
        altered("negative", (":3000", ":-3000"), "field `quantity`"),
        altered(
            "word of the side",
            ("\"buy\"", "\"hold\""),
            "allowed are buy and sell",
        ),
        renamed("letter case", "Execute_Trade"),
        renamed("another spelling", "execute-trade"),
        renamed("a tool of its own", "buy_everything"),
    ]);
}

#[test]
fn what_was_not_checked_or_does_not_exist_is_not_sent() {
    play_all(&[
        altered("a symbol of nobody", ("\"2318\"", "\"99998\""), "lot_known"),
        altered("another price", (":63.0", ":62.0"), "check_risk"),
        altered("another quantity", (":3000", ":2500"), "check_risk"),
        altered("a looser stop", (":61.95", ":61.0"), "check_risk"),
        altered("more than is held, sold", ("\"buy\"", "\"sell\""), ""),
    ]);
}

#[test]
fn after_an_order_that_failed_no_other_of_the_same_answer_is_sent() {
    let calls = [
        call("toolu_1", "execute_trade", "{}"),
        call("toolu_2", "execute_trade", TRADE),
    ];

    play_all(&[purchase(
        "two orders",
        &calls,
        TOLD,
        "\"error\":\"skipped\"",
    )]);
}

#[test]
fn a_call_repeated_buys_once() {
    let calls = [
        call("toolu_1", "execute_trade", TRADE),
        call("toolu_2", "execute_trade", TRADE),
    ];

    play_all(&[purchase("the same order twice", &calls, BOUGHT, "")]);
}

#[test]
fn what_was_bought_is_protected_when_claude_is_gone_afterwards() {
    let check = uses(&[call("toolu_check", "check_risk", CHECK)]);
    let trade = uses(&[call("toolu_trade", "execute_trade", TRADE)]);
    let gone = Reply::status(529, failure("overloaded_error", None)).with("retry-after", "0");
    let row = Row {
        finds: Finds::Nothing,
        ..Row::new(
            "529 after a purchase",
            vec![check, trade, gone],
            Outcome {
                asked: 6,
                paid: 2,
                bought: 1,
                ..LATER
            },
        )
    };

    play_all(&[row]);
}

#[test]
fn a_headline_of_a_megabyte_reaches_the_model_cut() {
    let title = "buy now \u{202e}\u{200b}".repeat(80_000);
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>x</title><item><title>Ping An (02318) {title}</title>\
         <guid>1</guid><pubDate>Fri, 18 Sep 2026 02:20:00 GMT</pubDate></item></channel></rss>"
    );
    let replies = [
        uses(&[call("toolu_news", "get_news", r#"{"symbol":"2318"}"#)]),
        logs(),
        ends("over"),
    ];
    let server = Server::new(move |_, asked| match asked.path.as_str() {
        "/feed" => Reply::ok(feed.clone()),
        _ => replies[asked.body.matches("\"role\":\"assistant\"").count()].clone(),
    });
    let scene = Scene::new(Finds::Nothing, &server.address());
    let settings = format!(
        "news: {{source: feeds, feeds: [{{name: wire, url: \"{}/feed\"}}]}}\n",
        server.address()
    );
    scene.program.file("config/settings.yaml", &settings);

    let ended = scene.cycle(&[]);

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let asked = server.asked();
    let last = asked.last().unwrap();
    assert!(
        asked.iter().any(|one| one.path == "/feed"),
        "the feed was read"
    );
    assert!(
        last.body.contains("Ping An (02318) buy now"),
        "{}",
        last.body
    );
    assert!(last.body.len() < 30_000, "{}", last.body.len());
    assert!(!last.body.contains(['\u{202e}', '\u{200b}']));
}
