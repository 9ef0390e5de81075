//! Claude's stand-in for a day: it buys in four slots, at the price that it is told, and else nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use catalyst_domain::exchange::Exchange;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::rulebook::Rulebook;
use catalyst_testkit::builders::price;
use serde_json::{Value, json};

use super::house::FRIDAY;
use crate::claude::server::{Asked, Reply, Server};
use crate::claude::words::{call, ends, failure, logs, uses};

/// What is bought on the first day: slot, symbol, shares. Two before lunch, two before the close.
pub(super) const BOUGHT: [(&str, &str, u64); 4] = [
    ("1000", "700", 200),
    ("1130", "2318", 1_000),
    ("1400", "9988", 400),
    ("1530", "700", 200),
];

/// Price steps from the price to the stop, and to the target.
const AWAY: (i32, i32) = (-30, 180);

/// A server that advises until its `credit` is out.
pub(super) fn served_advice(credit: &Arc<AtomicBool>) -> Server {
    let credit = Arc::clone(credit);
    Server::new(move |_, asked| {
        if credit.load(Ordering::SeqCst) {
            answer(asked)
        } else {
            Reply::status(402, failure("billing_error", None))
        }
    })
}

fn answer(asked: &Asked) -> Reply {
    let body: Value = serde_json::from_str(&asked.body).unwrap();
    let messages = body["messages"].as_array().unwrap();
    let opening = messages[0]["content"][0]["text"].as_str().unwrap();
    let cycle = opening.lines().next().unwrap();
    let said = messages.iter().filter(|one| one["role"] == "assistant");
    let said = said.count();
    let plan = BOUGHT
        .iter()
        .find(|(slot, ..)| cycle.contains(&format!("{}-{slot}.", FRIDAY.replace('-', ""))));
    let Some((_, symbol, shares)) = plan else {
        return if said == 0 { logs() } else { ends("held") };
    };
    match said {
        0 => uses(&[call(
            "toolu_0",
            "get_quote",
            &json!({"symbol": symbol}).to_string(),
        )]),
        1 | 2 => {
            let (name, input) = purchase(messages, symbol, *shares, said);
            uses(&[call(&format!("toolu_{said}"), name, &input.to_string())])
        }
        3 => logs(),
        _ => ends("bought"),
    }
}

fn purchase(messages: &[Value], symbol: &str, shares: u64, said: usize) -> (&'static str, Value) {
    let rules = Rulebook::of(Exchange::Hkex).unwrap();
    let grid = rules
        .ticks
        .on(FRIDAY.parse().unwrap(), InstrumentKind::Equity);
    let ask = price(&ask(messages));
    let level = |steps| grid.unwrap().step(ask, steps).unwrap().to_string();
    let (stop, target) = (level(AWAY.0), level(AWAY.1));
    if said == 1 {
        let input = json!({"symbol": symbol, "side": "buy", "quantity": shares,
            "entry_price": ask.to_string(), "stop_loss": stop, "take_profit": target});
        ("check_risk", input)
    } else {
        let input = json!({"symbol": symbol, "side": "buy", "quantity": shares,
            "order_type": "market", "stop_loss": stop, "take_profit": target,
            "reason": "for the drill"});
        ("execute_trade", input)
    }
}

/// The best price a seller asks, by the one quote that the conversation has.
fn ask(messages: &[Value]) -> String {
    let blocks = messages.iter().filter_map(|one| one["content"].as_array());
    let results = blocks
        .flatten()
        .filter_map(|block| block["content"].as_str());
    let quotes = results.filter_map(|text| serde_json::from_str::<Value>(text).ok());
    let asks: Vec<Value> = quotes.map(|found| found["q"][0]["a"].clone()).collect();
    let first = asks.iter().find(|ask| !ask.is_null()).unwrap();
    first.to_string().trim_matches('"').to_owned()
}
