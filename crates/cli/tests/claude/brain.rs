//! The brain: a server on this machine that plays a script of tool calls as Claude, and accounts for its
//! cache as the provider does: prefixes, their lifetimes, and twenty blocks of look-back.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// Opens its door.
pub(crate) const KEY: &str = "sk-ant-test-5ecret";

/// Bytes to a token, roughly; only shares are told.
const TOKEN_BYTES: u64 = 4;
/// Blocks that a read looks back from its mark.
const LOOK_BACK: usize = 20;
/// Thousandths of a minute.
const MINUTE: u64 = 1_000;

/// The calls of each turn, by slot.
type Script = BTreeMap<String, Vec<Vec<Value>>>;

#[derive(Debug, Default)]
struct Memory {
    /// The history of each conversation as it was last sent.
    histories: BTreeMap<String, Vec<String>>,
    rewritten: Vec<String>,
    /// When each prefix is forgotten.
    cache: BTreeMap<String, u64>,
    read: u64,
    written: u64,
}

/// The server.
pub(crate) struct Brain {
    address: String,
    memory: Arc<Mutex<Memory>>,
}

impl Brain {
    pub(crate) fn new(script: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let memory = Arc::new(Mutex::new(Memory::default()));
        let script = Arc::new(turns(script));
        let shared = Arc::clone(&memory);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (script, memory) = (Arc::clone(&script), Arc::clone(&shared));
                std::thread::spawn(move || serve(stream.unwrap(), &script, &memory));
            }
        });
        Self { address, memory }
    }

    pub(crate) fn address(&self) -> String {
        self.address.clone()
    }

    /// Conversations whose history was changed on the way.
    pub(crate) fn rewritten(&self) -> Vec<String> {
        self.memory.lock().unwrap().rewritten.clone()
    }

    /// The share of input that came from the cache.
    pub(crate) fn share_read(&self) -> f64 {
        let memory = self.memory.lock().unwrap();
        let float = |tokens: u64| f64::from(u32::try_from(tokens).unwrap());
        float(memory.read) / float(memory.read + memory.written)
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

fn serve(stream: TcpStream, script: &Script, memory: &Mutex<Memory>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut out = stream;
    while let Some(body) = request(&mut reader) {
        let body: Value = serde_json::from_str(&body).unwrap();
        let answer = memory.lock().unwrap().answer(&body, script).to_string();
        let head = format!(
            "HTTP/1.1 200 OK\r\nrequest-id: req_1\r\ncontent-length: {}\r\n\r\n",
            answer.len()
        );
        out.write_all(head.as_bytes()).unwrap();
        out.write_all(answer.as_bytes()).unwrap();
    }
}

/// The next body, or `None` when the other side has hung up.
fn request(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut length = 0;
    let mut keys = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        keys += u32::from(line == format!("x-api-key: {KEY}"));
    }
    assert_eq!(keys, 1, "the key stands in one header");
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Some(String::from_utf8(body).unwrap())
}

impl Memory {
    fn answer(&mut self, body: &Value, script: &Script) -> Value {
        let messages = body["messages"].as_array().unwrap();
        let opening = messages[0]["content"][0]["text"].as_str().unwrap();
        let cycle = opening.lines().next().unwrap().to_owned();
        let said = messages
            .iter()
            .filter(|one| one["role"] == "assistant")
            .count();
        self.remember(&cycle, messages);
        let usage = self.account(
            body,
            messages,
            minute(opening) * MINUTE + u64::try_from(said).unwrap(),
        );
        let slot = cycle.split(['-', '.']).nth(1).unwrap();
        let calls = script.get(slot).and_then(|turns| turns.get(said));
        let (stop, content) = match calls {
            Some(calls) => ("tool_use", blocks(calls, said)),
            None => (
                "end_turn",
                vec![json!({"type": "text", "text": "the script has ended"})],
            ),
        };
        json!({"id": "msg", "type": "message", "role": "assistant", "model": body["model"],
               "content": content, "stop_reason": stop, "stop_sequence": null, "usage": usage})
    }

    fn remember(&mut self, cycle: &str, messages: &[Value]) {
        let now: Vec<String> = messages.iter().map(Value::to_string).collect();
        let before = self.histories.insert(cycle.to_owned(), now.clone());
        if before.is_some_and(|before| !now.starts_with(&before)) {
            self.rewritten.push(cycle.to_owned());
        }
    }

    fn account(&mut self, body: &Value, messages: &[Value], now: u64) -> Value {
        let mut blocks = vec![body["tools"].to_string(), body["system"].to_string()];
        for message in messages {
            let content = message["content"].as_array().unwrap();
            blocks.extend(content.iter().map(Value::to_string));
        }
        let prefixes: Vec<String> = (1..=blocks.len())
            .map(|end| blocks[..end].concat())
            .collect();
        let tokens = |prefix: &str| u64::try_from(prefix.len()).unwrap() / TOKEN_BYTES;
        let last = prefixes.len() - 1;
        let hit = [last, 1].into_iter().find_map(|mark| {
            let near = (mark.saturating_sub(LOOK_BACK)..=mark).rev();
            near.into_iter().find(|at| {
                self.cache
                    .get(&prefixes[*at])
                    .is_some_and(|until| *until >= now)
            })
        });
        let read = hit.map_or(0, |at| tokens(&prefixes[at]));
        let fixed = tokens(&prefixes[1]).saturating_sub(read);
        let tail = tokens(&prefixes[last]) - read - fixed;
        self.cache.insert(prefixes[1].clone(), now + 60 * MINUTE);
        self.cache.insert(prefixes[last].clone(), now + 5 * MINUTE);
        self.read += read;
        self.written += fixed + tail;
        json!({"input_tokens": 0, "output_tokens": 300, "cache_read_input_tokens": read,
               "cache_creation_input_tokens": fixed + tail,
               "cache_creation": {"ephemeral_5m_input_tokens": tail, "ephemeral_1h_input_tokens": fixed}})
    }
}

/// The minute of the day that the picture is of.
fn minute(opening: &str) -> u64 {
    let line = opening.lines().nth(1).unwrap();
    let clock = line
        .split(' ')
        .find(|word| word.matches(':').count() == 2)
        .unwrap();
    let parts: Vec<u64> = clock.split(':').map(|part| part.parse().unwrap()).collect();
    parts[0] * 60 + parts[1]
}

fn blocks(calls: &[Value], turn: usize) -> Vec<Value> {
    let mut blocks = vec![json!({"type": "thinking", "thinking": "", "signature": "c2lnbmVk"})];
    for (number, call) in calls.iter().enumerate() {
        blocks.push(
            json!({"type": "tool_use", "id": format!("toolu_{turn}_{number}"),
                           "name": call["tool"], "input": call["input"]}),
        );
    }
    blocks
}
