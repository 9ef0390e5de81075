//! The cassettes made by hand play as what their names say.

use catalyst_ports::advisor::Advisor as _;
use catalyst_testkit::builders::a_brief;

use super::cassettes::replay;
use super::stage::{through, word};

/// The names of the calls, and how it ended.
async fn played(name: &str) -> (Vec<String>, String) {
    let path = format!(
        "{}/tests/cassettes/{name}.jsonl",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).unwrap();
    let mut talk = replay(&text).consult(a_brief()).await.unwrap();
    match through(talk.as_mut(), 9).await {
        Ok((words, calls)) => {
            let understood = calls
                .iter()
                .map(|call| call.request.as_ref().unwrap().name());
            (understood.map(|name| name.to_string()).collect(), words)
        }
        Err(error) => (Vec::new(), format!("{}: {error}", word(&error))),
    }
}

#[tokio::test]
async fn the_trade_looks_checks_and_buys() {
    let (calls, words) = played("trade").await;

    assert_eq!(
        calls,
        [
            "scan_market",
            "get_technicals",
            "detect_patterns",
            "get_news",
            "get_quote",
            "check_risk",
            "execute_trade",
            "log_decision"
        ]
    );
    assert!(words.starts_with("Bought 100 shares"), "{words}");
}

#[tokio::test]
async fn the_others_end_as_their_names_say() {
    for (name, calls, ending) in [
        ("skip", vec!["scan_market", "log_decision"], "No trade."),
        (
            "close",
            vec![
                "get_portfolio",
                "get_news",
                "close_position",
                "log_decision",
            ],
            "Left 00700.",
        ),
        ("truncation", vec!["log_decision"], "No trade."),
    ] {
        assert_eq!(
            played(name).await,
            (
                calls.iter().map(ToString::to_string).collect(),
                ending.to_owned()
            )
        );
    }
    let (_, refused) = played("refusal").await;
    assert!(
        refused.contains("unusable") && refused.contains("(cyber:"),
        "{refused}"
    );
}
