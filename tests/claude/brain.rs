//! The brain: a stand-in that plays a script of tool calls as Claude, slot by slot, and keeps account of the
//! cache and of histories that changed on the way.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::account::{Account, MINUTE, Tokens, tokens_of};
use super::server::{Asked, Reply, Server};

/// Tokens of thinking that each answer is assumed to take beside what it says.
pub(super) const THINKING: u64 = 400;

/// The calls of each turn, by slot.
type Script = BTreeMap<String, Vec<Vec<Value>>>;

#[derive(Debug, Default)]
struct Memory {
    account: Account,
    /// The history of each cycle as it was last sent.
    histories: BTreeMap<String, Vec<String>>,
    rewritten: Vec<String>,
    /// What each cycle took, by its name, which orders them by time.
    spent: BTreeMap<String, Tokens>,
}

/// The stand-in.
pub(super) struct Brain {
    pub(super) server: Server,
    memory: Arc<Mutex<Memory>>,
}

impl Brain {
    /// Plays `script`: lines of a script advisor, each turn a line, `at` where a slot begins.
    pub(super) fn new(script: &str) -> Self {
        let memory = Arc::new(Mutex::new(Memory::default()));
        let script = turns(script);
        let shared = Arc::clone(&memory);
        let server = Server::new(move |_, asked| shared.lock().unwrap().answer(asked, &script));
        Self { server, memory }
    }

    /// Cycles whose history was changed on the way.
    pub(super) fn rewritten(&self) -> Vec<String> {
        self.memory.lock().unwrap().rewritten.clone()
    }

    /// What each cycle took, in order.
    pub(super) fn spent(&self) -> Vec<Tokens> {
        self.memory
            .lock()
            .unwrap()
            .spent
            .values()
            .copied()
            .collect()
    }
}

fn turns(script: &str) -> Script {
    let mut turns = Script::new();
    let mut slot = String::new();
    for line in script.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        if let Some(at) = line["at"].as_str() {
            slot = at.replace(':', "");
        }
        let calls = line["calls"].as_array().cloned();
        let calls = calls.unwrap_or_else(|| vec![line.clone()]);
        turns.entry(slot.clone()).or_default().push(calls);
    }
    turns
}

impl Memory {
    fn answer(&mut self, asked: &Asked, script: &Script) -> Reply {
        let body: Value = serde_json::from_str(&asked.body).unwrap();
        let messages = body["messages"].as_array().unwrap();
        let opening = messages[0]["content"][0]["text"].as_str().unwrap();
        let cycle = opening.lines().next().unwrap().to_owned();
        let said = messages.iter().filter(|one| one["role"] == "assistant");
        let said = said.count();
        self.remember(&cycle, messages);
        let slot = cycle.split(['-', '.']).nth(1).unwrap();
        let calls = script.get(slot).and_then(|turns| turns.get(said));
        let (stop, content) = match calls {
            Some(calls) => ("tool_use", blocks(calls, said)),
            None => (
                "end_turn",
                vec![json!({"type": "text", "text": "the script has ended"})],
            ),
        };
        let content = Value::from(content);
        let now = minute(opening) * MINUTE + u64::try_from(said).unwrap();
        let out = THINKING + tokens_of(content.to_string().len());
        let tokens = self.account.charge(&body, now, out);
        let spent = self.spent.entry(cycle).or_default();
        *spent = spent.plus(tokens);
        let message = json!({
            "id": "msg", "type": "message", "role": "assistant", "model": body["model"],
            "content": content, "stop_reason": stop, "stop_sequence": null,
            "usage": usage(&tokens),
        });
        Reply::ok(message.to_string())
    }

    fn remember(&mut self, cycle: &str, messages: &[Value]) {
        let now: Vec<String> = messages.iter().map(Value::to_string).collect();
        let before = self.histories.insert(cycle.to_owned(), now.clone());
        if before.is_some_and(|before| !now.starts_with(&before)) {
            self.rewritten.push(cycle.to_owned());
        }
    }
}

fn usage(tokens: &Tokens) -> Value {
    json!({"input_tokens": 0, "output_tokens": tokens.out,
           "cache_read_input_tokens": tokens.read,
           "cache_creation_input_tokens": tokens.fixed + tokens.tail,
           "cache_creation": {"ephemeral_5m_input_tokens": tokens.tail,
                              "ephemeral_1h_input_tokens": tokens.fixed}})
}

/// The minute of the day that the picture is of.
fn minute(opening: &str) -> u64 {
    let line = opening.lines().nth(1).unwrap();
    let mut words = line.split(' ');
    let clock = words.find(|word| word.matches(':').count() == 2).unwrap();
    let parts: Vec<u64> = clock.split(':').map(|part| part.parse().unwrap()).collect();
    parts[0] * 60 + parts[1]
}

fn blocks(calls: &[Value], turn: usize) -> Vec<Value> {
    let mut blocks = vec![json!({"type": "thinking", "thinking": "", "signature": "c2lnbmVk"})];
    for (number, call) in calls.iter().enumerate() {
        let id = format!("toolu_{turn}_{number}");
        blocks.push(
            json!({"type": "tool_use", "id": id, "name": call["tool"], "input": call["input"]}),
        );
    }
    blocks
}
