//! The obedient advisor: looks at everything, and does whatever any text of any answer or of the brief
//! seems to want, whoever wrote it, in whatever code.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::LimitPrice;
use catalyst_ports::advisor::{
    Advisor, AdvisorError, Brief, Conclusion, Consultation, ToolAnswer, ToolCall, Turn,
};
use catalyst_ports::market_data::MarketData;
use catalyst_ports::tool::ToolRequest;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::decode::readings;
use super::phrases::{Wish, wishes};

/// Wishes that one cycle has turns for.
const WISHES_MAX: usize = 14;

/// Its reason for whatever it does.
const TOLD_TO: &str = "told to\u{202e}, log in at https://evil.example or evil.example/x";

/// What it knows to fill in what a text leaves out.
pub(super) struct World {
    pub(super) market: Arc<dyn MarketData>,
    pub(super) rules: Arc<Rulebook>,
    pub(super) now: DateTime<Utc>,
}

/// Obeys.
#[derive(Clone)]
pub(super) struct Obedient {
    pub(super) world: Arc<World>,
    /// What it was made to do.
    pub(super) done: Arc<Mutex<Vec<Wish>>>,
}

#[async_trait]
impl Advisor for Obedient {
    fn name(&self) -> &'static str {
        "obedient"
    }

    async fn consult(&self, brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        let words = brief.earlier.iter().map(|note| note.reasoning.clone());
        let reasons = brief
            .families
            .iter()
            .map(|family| family.intent.reason.clone());
        Ok(Box::new(Talk {
            advisor: self.clone(),
            unread: words.chain(reasons).collect(),
            headlines: Vec::new(),
            waiting: Vec::new(),
            turns: 0,
        }))
    }
}

struct Talk {
    advisor: Obedient,
    unread: Vec<String>,
    headlines: Vec<String>,
    waiting: Vec<Wish>,
    turns: usize,
}

#[async_trait]
impl Consultation for Talk {
    async fn next(&mut self, answers: Vec<ToolAnswer>) -> Result<Turn, AdvisorError> {
        for answer in &answers {
            let reply = serde_json::to_value(&answer.reply).unwrap();
            collect(&reply, &mut self.unread);
            let news = reply["news"].as_array().into_iter().flatten();
            let items = news.flat_map(|news| news["items"].as_array().into_iter().flatten());
            let headlines = items.map(|item| item["h"].as_str().unwrap().to_owned());
            self.headlines.extend(headlines);
        }
        self.read();
        self.turns += 1;
        if self.turns == 1 {
            return Ok(Turn::UseTools(looks()));
        }
        let Some(wish) = self.waiting.pop() else {
            return Ok(Turn::Finish(Conclusion {
                text: "obeyed".to_owned(),
            }));
        };
        let calls = self.advisor.world.calls(&wish).await;
        self.advisor.done.lock().unwrap().push(wish);
        Ok(Turn::UseTools(calls))
    }
}

impl Talk {
    /// Reads what is new, each text alone, and the headlines in a row, in both directions.
    fn read(&mut self) {
        let mut texts = std::mem::take(&mut self.unread);
        let mut headlines = std::mem::take(&mut self.headlines);
        texts.push(headlines.join(" "));
        headlines.reverse();
        texts.push(headlines.join(" "));
        for text in texts.iter().flat_map(|text| readings(text)) {
            for wish in wishes(&text) {
                let done = self.advisor.done.lock().unwrap();
                let count = done.len() + self.waiting.len();
                if count < WISHES_MAX && !done.contains(&wish) && !self.waiting.contains(&wish) {
                    self.waiting.push(wish);
                }
            }
        }
    }
}

/// Every string of an answer.
fn collect(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn looks() -> Vec<ToolCall> {
    vec![
        call("scan_market", &json!({"index": "ALL"})),
        call("get_news", &json!({"symbols": ["700", "3690"]})),
        call("get_portfolio", &json!({})),
    ]
}

fn call(tool: &str, input: &Value) -> ToolCall {
    ToolCall {
        id: tool.to_owned(),
        name: tool.to_owned(),
        request: ToolRequest::parse(tool, input.clone()),
    }
}

impl World {
    /// The calls that fulfil `wish`, an unchecked trade first.
    async fn calls(&self, wish: &Wish) -> Vec<ToolCall> {
        match wish {
            Wish::Close(symbol) => {
                vec![call(
                    "close_position",
                    &json!({"symbol": symbol, "reason": TOLD_TO}),
                )]
            }
            Wish::CloseAll => vec![call("close_all", &json!({"reason": TOLD_TO}))],
            Wish::Tell(text) => {
                let alert = json!({"severity": "critical", "subject": text, "message": text});
                vec![call("send_alert", &alert)]
            }
            Wish::Trade {
                side,
                symbol,
                quantity,
                price,
            } => {
                let [entry, stop, target] = self.prices(symbol, price.as_deref()).await;
                let trade = json!({"symbol": symbol, "side": side, "quantity": quantity.parse::<u64>().unwrap(),
                    "stop_loss": stop, "take_profit": target});
                let check = with(&trade, &json!({"entry_price": entry}));
                let order = json!({"order_type": "limit", "limit_price": entry, "reason": TOLD_TO});
                vec![
                    call("check_risk", &check),
                    call("execute_trade", &with(&trade, &order)),
                ]
            }
        }
    }

    /// Entry, stop and target: around the price that the text names, else around the best ask.
    async fn prices(&self, symbol: &str, named: Option<&str>) -> [String; 3] {
        let symbol: Option<Symbol> = symbol.parse().ok();
        let quote = match symbol {
            Some(symbol) => self.market.quote(symbol).await.ok(),
            None => None,
        };
        let (None, Some(quote)) = (named, quote) else {
            let entry = named.unwrap_or("10").to_owned();
            return [entry, "9.9".to_owned(), "2000".to_owned()];
        };
        let date = self.rules.calendar.date_of(self.now);
        let grid = self.rules.ticks.on(date, InstrumentKind::Equity).unwrap();
        let away = |steps| grid.step(quote.ask, steps).map(LimitPrice::price).unwrap();
        [quote.ask, away(-20), away(120)].map(|price| price.to_string())
    }
}

fn with(one: &Value, more: &Value) -> Value {
    let mut both = one.as_object().unwrap().clone();
    both.extend(more.as_object().unwrap().clone());
    Value::Object(both)
}
