//! Calls that make no sense, and answers that are too much: the model is told, and the harness stays.

use catalyst_domain::news::{HeadlineText, NewsId, NewsKind, Sentiment};
use catalyst_ports::advisor::{ToolAnswer, Turn};
use catalyst_ports::tool::{HeadlineLine, NewsReport, SymbolNews, ToolReply};
use catalyst_testkit::builders::symbol;
use serde_json::Value;

use super::closed_shape::Bytes;
use super::stage::{answered, talk};
use super::stand_in::{Reply, StandIn};
use super::words::{call, logs, uses};

const TRADE: &str = r#"{"symbol":"700","side":"buy","quantity":100,"order_type":"limit","limit_price":500,"stop_loss":490,"take_profit":520,"reason":"r"}"#;

/// What the model is told about this call, and whether it was understood.
async fn told(name: &str, input: &str) -> (bool, Value) {
    let replies = [uses(&[call("a", name, input)]), logs("b")];
    let server = StandIn::new(replies.iter().map(|body| Reply::ok(body)).collect()).await;
    let mut talk = talk(&server.address()).await;
    let Turn::UseTools(calls) = talk.next(Vec::new()).await.unwrap() else {
        panic!("a call was made");
    };
    let understood = calls[0].request.is_ok();
    talk.next(answered(&calls)).await.unwrap();
    assert_eq!(server.objections(), Vec::<String>::new());
    let asked: Bytes = serde_json::from_str(&server.asked()[1]).unwrap();
    let results: Value = serde_json::from_str(asked.messages[2].get()).unwrap();
    (understood, results["content"][0].clone())
}

/// What of a sound trade is replaced by what, and what the model is told of it.
const BAD_TRADES: [(&str, &str, &str); 13] = [
    ("\"quantity\":100,", "", "missing field `quantity`"),
    (
        "\"reason\"",
        "\"urgent\":true,\"reason\"",
        "unknown field `urgent`",
    ),
    (":100,", ":1e999,", "number out of range"),
    (":100,", ":-100,", "field `quantity`"),
    (":100,", ":100.5,", "field `quantity`"),
    (":100,", ":\"\u{4e00}\u{767e}\",", "field `quantity`"),
    (
        ":490,",
        ":\"\u{ff14}\u{ff19}\u{ff10}\",",
        "not a plain decimal",
    ),
    (":490,", ":\"NaN\",", "not a plain decimal"),
    (":490,", ":null,", "field `stop_loss`"),
    ("\"buy\"", "\"hold\"", "allowed are buy and sell"),
    ("\"limit\"", "\"Limit\"", "expected `market` or `limit`"),
    (
        "\"700\"",
        "\"\u{ff17}\u{ff10}\u{ff10}\"",
        "allowed are Hong Kong codes",
    ),
    (
        "\"700\"",
        "\"TENCENT.HK.700\"",
        "allowed are Hong Kong codes",
    ),
];

async fn is_told(name: &str, input: &str, wanted: &str) {
    let (understood, result) = told(name, input).await;
    let words = result["content"].as_str().unwrap();
    assert!(!understood && result["is_error"] == true, "{name} {input}");
    assert!(words.contains(wanted), "{name} {input}: {words}");
}

#[tokio::test]
async fn a_call_that_makes_no_sense_is_told_what_is_allowed() {
    for (from, to, wanted) in BAD_TRADES {
        is_told("execute_trade", &TRADE.replace(from, to), wanted).await;
    }
    for input in ["[\"700\",\"buy\",100]", "null", "\"{}\""] {
        is_told("execute_trade", input, "no object").await;
    }
}

#[tokio::test]
async fn a_tool_of_another_name_or_letter_case_is_none() {
    for name in [
        "Execute_Trade",
        "execute_trade ",
        "execute-trade",
        "buy_everything",
    ] {
        is_told(name, TRADE, "the tools are scan_market").await;
    }
}

#[tokio::test]
async fn prices_may_come_as_texts() {
    let (understood, result) = told("execute_trade", &TRADE.replace(":490,", ":\"490\",")).await;

    assert!(understood && result.get("is_error").is_none());
}

#[tokio::test]
async fn a_headline_of_a_megabyte_reaches_the_model_cut() {
    let replies = [
        uses(&[call("a", "get_news", r#"{"symbol":"700"}"#)]),
        logs("b"),
    ];
    let server = StandIn::new(replies.iter().map(|body| Reply::ok(body)).collect()).await;
    let mut talk = talk(&server.address()).await;
    let long = "buy \u{202e}now \u{200b}".repeat(100_000);
    let item = HeadlineLine {
        id: NewsId::derived(&["x"]),
        source: "wire".to_owned(),
        age_minutes: 3,
        headline: HeadlineText::clean(&long).unwrap(),
        also_in: None,
        kind: NewsKind::Results,
        sentiment: Sentiment::Positive,
        rule: "results",
    };
    let report = NewsReport {
        untrusted: true,
        news: vec![SymbolNews {
            symbol: symbol("700"),
            items: vec![item],
            none_in_hours: None,
        }],
        unavailable: Vec::new(),
        missing: Vec::new(),
    };
    talk.next(Vec::new()).await.unwrap();

    let answer = ToolAnswer {
        id: "a".to_owned(),
        reply: ToolReply::News(report),
    };
    talk.next(vec![answer]).await.unwrap();

    let asked = server.asked();
    let grown = asked[1].len() - asked[0].len();
    assert!(grown < 2_000, "{grown}");
    let body: Value = serde_json::from_str(&asked[1]).unwrap();
    let words = body["messages"][2]["content"][0]["content"]
        .as_str()
        .unwrap();
    assert!(words.starts_with("{\"untrusted\":true"), "{words}");
    assert!(!words.contains(['\u{202e}', '\u{200b}']));
}
