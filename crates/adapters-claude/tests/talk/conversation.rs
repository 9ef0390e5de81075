//! A whole conversation: what is sent, what is understood, what it costs.

use std::time::Duration;

use catalyst_ports::advisor::{Advisor as _, ToolAnswer, Turn};
use catalyst_ports::tool::{ToolName, ToolProblem, ToolReply};
use serde_json::Value;

use super::stage::{advisor, answered, brief, quick, talk, through};
use super::stand_in::{Reply, StandIn};
use super::words::{THINKING, call, ends, logs, uses};

fn json(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

#[tokio::test]
async fn a_conversation_of_parallel_calls_goes_by_the_rules_to_its_end() {
    let looks = [
        call("t1", "scan_market", r#"{"limit":5}"#),
        call("t2", "get_quote", r#"{"symbols":["700","9988"]}"#),
    ];
    let replies = [uses(&looks), logs("t3"), ends("nothing to do")];
    let server = StandIn::new(replies.iter().map(|body| Reply::ok(body)).collect()).await;
    let mut talk = talk(&server.address()).await;

    let (words, calls) = through(talk.as_mut(), 5).await.unwrap();

    assert_eq!(server.objections(), Vec::<String>::new());
    assert_eq!(words, "nothing to do");
    let names: Vec<_> = calls
        .iter()
        .map(|call| call.request.as_ref().unwrap().name())
        .collect();
    assert_eq!(
        names,
        [
            ToolName::ScanMarket,
            ToolName::GetQuote,
            ToolName::LogDecision
        ]
    );
    let last = json(&server.asked()[2]);
    assert_eq!(last["messages"].as_array().unwrap().len(), 5);
    assert_eq!(last["model"], "claude-sonnet-5-5");
    assert_eq!(last["thinking"]["type"], "adaptive");
    assert_eq!(last["output_config"]["effort"], "medium");
    assert!(last.get("tool_choice").is_none());
}

#[tokio::test]
async fn thinking_and_calls_go_back_byte_for_byte() {
    let odd = call(
        "t1",
        "check_risk",
        r#"{ "symbol" : "700", "entry_price": 5.10e2 }"#,
    );
    let server = StandIn::new(vec![
        Reply::ok(&uses(std::slice::from_ref(&odd))),
        Reply::ok(&logs("t2")),
        Reply::ok(&ends("done")),
    ])
    .await;
    let mut talk = talk(&server.address()).await;

    through(talk.as_mut(), 5).await.unwrap();

    let echoed = format!(r#"{{"role":"assistant","content":[{THINKING},{odd}]}}"#);
    for body in &server.asked()[1..] {
        assert!(body.contains(&echoed), "{body}");
    }
}

#[tokio::test]
async fn what_each_answer_took_is_told_once_with_its_exact_cost() {
    let server = StandIn::new(vec![Reply::ok(&logs("t1")), Reply::ok(&ends("done"))]).await;
    let mut talk = talk(&server.address()).await;

    through(talk.as_mut(), 5).await.unwrap();

    let spent = talk.spent();
    assert_eq!(spent.len(), 2);
    let first = &spent[0];
    assert_eq!(first.request.as_deref(), Some("req_1"));
    assert_eq!((first.tokens_in, first.tokens_out), (10, 120));
    assert_eq!(
        (first.tokens_cache_read, first.tokens_cache_written),
        (4_000, 300)
    );
    // 10 x 2 + 300 x 2.5 + 4000 x 0.1 + 120 x 10, for a million.
    assert_eq!(first.cost.amount().to_string(), "0.00237");
    assert_eq!(talk.spent(), []);
}

#[tokio::test]
async fn in_the_last_turn_the_model_has_to_conclude() {
    let server = StandIn::new(vec![
        Reply::ok(&uses(&[call("t1", "get_portfolio", "{}")])),
        Reply::ok(&ends("time is up")),
    ])
    .await;
    let advisor = advisor(&server.address(), quick(), None);
    let mut talk = advisor
        .consult(brief(2, Duration::from_secs(9)))
        .await
        .unwrap();

    let (words, _) = through(talk.as_mut(), 2).await.unwrap();

    let asked = server.asked();
    assert_eq!(words, "time is up");
    assert!(json(&asked[0]).get("tool_choice").is_none());
    assert_eq!(json(&asked[1])["tool_choice"]["type"], "none");
    assert_eq!(server.objections(), Vec::<String>::new());
}

#[tokio::test]
async fn answers_may_come_in_any_order_and_a_missing_one_is_filled_in() {
    let calls = ["a", "b", "c"].map(|id| call(id, "get_portfolio", "{}"));
    let server = StandIn::new(vec![Reply::ok(&uses(&calls)), Reply::ok(&logs("d"))]).await;
    let mut talk = talk(&server.address()).await;
    let Turn::UseTools(made) = talk.next(Vec::new()).await.unwrap() else {
        panic!("three calls were made");
    };
    let mut answers: Vec<ToolAnswer> = answered(&made);
    answers.reverse();
    answers.remove(1);
    answers[0].reply = ToolReply::Problem(ToolProblem::Skipped);

    talk.next(answers).await.unwrap();

    assert_eq!(server.objections(), Vec::<String>::new());
    let results = &json(&server.asked()[1])["messages"][2]["content"];
    let errors: Vec<_> = (0..3)
        .map(|n| results[n].get("is_error").is_some())
        .collect();
    assert_eq!(errors, [false, true, true]);
    assert_eq!(results[1]["content"], "not run");
}

#[tokio::test]
async fn models_that_are_not_known_to_think_are_asked_plainly() {
    use catalyst_adapters_claude::price::Prices;
    use catalyst_adapters_claude::prompt::INSTRUCTIONS;
    use catalyst_adapters_claude::{ClaudeAdvisor, Instructions};

    let server = StandIn::new(vec![Reply::ok(&ends("done"))]).await;
    let list = "claude-next,2026-01-01,,2,10,2.5,4,0.2";
    let prices = Prices::built_in().unwrap().with(list).unwrap();
    let mut config = super::stage::model("claude-sonnet-5-5");
    config.model = "claude-next".parse().unwrap();
    config.tariff = prices
        .tariff(&config.model, "2026-11-27".parse().unwrap())
        .unwrap();
    let facts = super::stage::facts();
    let told = Instructions {
        template: INSTRUCTIONS,
        facts: &facts,
    };
    let access = super::stage::access(&server.address(), quick());
    let advisor = ClaudeAdvisor::new(config, &access, None, told).unwrap();
    let mut talk = advisor
        .consult(brief(1, Duration::from_secs(9)))
        .await
        .unwrap();

    talk.next(Vec::new()).await.unwrap();

    let asked = json(&server.asked()[0]);
    assert_eq!(server.objections(), Vec::<String>::new());
    assert!(asked.get("thinking").is_none() && asked.get("output_config").is_none());
}
