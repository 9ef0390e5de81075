//! What a day with Claude costs: three ways of using a day are played through the brain, whose account is
//! priced by the list on file, and docs/costs.md has to say the same.

use serde_json::{Value, json};

use super::account::Tokens;
use super::brain::Brain;
use super::day::{asking, rehearse};
use crate::tree::root;

const SLOTS: [&str; 11] = [
    "09:30", "10:00", "10:30", "11:00", "11:30", "13:00", "13:30", "14:00", "14:30", "15:00",
    "15:30",
];
const SYMBOLS: [&str; 12] = [
    "5", "388", "700", "941", "981", "1211", "1299", "1810", "2318", "3690", "9618", "9988",
];
const MODELS: [&str; 3] = ["claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5"];

/// Requests of a cycle that looks once, of one that follows a candidate, and of the longest one.
const LEVELS: [(&str, usize); 3] = [("few", 4), ("typical", 10), ("longest", 20)];

/// Cycles that find nothing of an hour ago: the first of the day, and the first after lunch.
const COLD: usize = 2;

/// Trading days of a month.
const DAYS: u32 = 22;

/// Parts of a hundred by which the document may be off.
const TOLERANCE: f64 = 5.0;

/// What one day took.
struct Day {
    cycles: Vec<Tokens>,
    requests: usize,
    /// Bytes of the shortest and the longest request.
    bytes: (usize, usize),
}

impl Day {
    /// Plays a day of which every cycle takes this many requests.
    fn of(requests: usize) -> Self {
        let lines: Vec<String> = SLOTS.iter().flat_map(|at| cycle(at, requests)).collect();
        let brain = Brain::new(&lines.join("\n"));
        // The caps as they ship would end the longest day before its end.
        let asking = asking(&brain)
            .with("CATALYST__CLAUDE__MAX_COST_PER_MONTH", "100")
            .with("CATALYST__CLAUDE__MAX_COST_PER_DAY", "20")
            .with("CATALYST__CLAUDE__MAX_COST_PER_CYCLE", "10")
            .with("CATALYST__CLAUDE__MAX_CALLS", "100");
        let ended = rehearse(&asking, "claude", &[]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        let asked = brain.server.asked();
        let bytes = || asked.iter().map(|one| one.body.len());
        Self {
            cycles: brain.spent(),
            requests: asked.len(),
            bytes: (bytes().min().unwrap(), bytes().max().unwrap()),
        }
    }

    fn total(&self) -> Tokens {
        let cycles = self.cycles.iter().copied();
        cycles.fold(Tokens::default(), Tokens::plus)
    }
}

/// A cycle that looks at one thing after another, each once, keeps its decision and ends.
fn cycle(at: &str, requests: usize) -> Vec<String> {
    let first = json!({"at": at, "calls": [call("scan_market", &json!({"limit": 5})),
                                           call("get_portfolio", &json!({}))]});
    let looks = (0..requests - 3).map(|turn| json!({"calls": look(turn)}));
    let last = call(
        "log_decision",
        &json!({"decision": "skip", "reasoning": "nothing meets all"}),
    );
    let lines = std::iter::once(first).chain(looks).chain([last]);
    lines.map(|line| line.to_string()).collect()
}

/// Three names are looked at together, then each by itself.
fn look(turn: usize) -> Vec<Value> {
    let symbol = |step: usize| SYMBOLS[(turn + step * 4) % SYMBOLS.len()];
    if turn.is_multiple_of(3) {
        let three = json!({"symbols": [symbol(0), symbol(1), symbol(2)]});
        let span = ["5m", "15m", "1h", "1d"][turn / 3 % 4];
        let mut technicals = three.clone();
        technicals["timeframe"] = json!(span);
        vec![
            call("get_technicals", &technicals),
            call("get_news", &three),
        ]
    } else {
        let span = if turn < SYMBOLS.len() { "5m" } else { "15m" };
        vec![call(
            "detect_patterns",
            &json!({"symbol": symbol(0), "timeframe": span}),
        )]
    }
}

fn call(tool: &str, input: &Value) -> Value {
    json!({"tool": tool, "input": input})
}

/// USD of these tokens, by the first row of the model in the list on file.
fn price(model: &str, tokens: &Tokens) -> f64 {
    let path = root().join("crates/adapters-claude/data/prices.csv");
    let list = std::fs::read_to_string(path).unwrap();
    let row = list.lines().find(|line| line.starts_with(model)).unwrap();
    let rates: Vec<f64> = row
        .split(',')
        .skip(3)
        .map(|cell| cell.parse().unwrap())
        .collect();
    let of = |tokens: u64, rate: f64| f64::from(u32::try_from(tokens).unwrap()) * rate / 1e6;
    of(tokens.out, rates[1])
        + of(tokens.tail, rates[2])
        + of(tokens.fixed, rates[3])
        + of(tokens.read, rates[4])
}

/// The line of the document about this level: cells after its name.
fn documented(level: &str, document: &str) -> Vec<f64> {
    let begin = format!("| {level} |");
    let line = document.lines().find(|line| line.starts_with(&begin));
    let cells = line.unwrap().trim_matches('|').split('|').skip(1);
    cells.map(|cell| cell.trim().parse().unwrap()).collect()
}

#[test]
fn most_of_what_is_sent_comes_from_the_cache_and_the_costs_are_as_documented() {
    let document = std::fs::read_to_string(root().join("docs/costs.md")).unwrap();
    let mut wrong = Vec::new();
    for (level, requests) in LEVELS {
        let day = Day::of(requests);
        let total = day.total();
        let warm = day.cycles.iter().filter(|cycle| cycle.fixed == 0);
        let warm: Vec<u64> = warm.map(Tokens::percent_read).collect();
        let thousands = |tokens: u64| f64::from(u32::try_from(tokens).unwrap()) / 1e3;
        let monthly = MODELS.map(|model| price(model, &total) * f64::from(DAYS));
        let measured = [
            f64::from(u32::try_from(day.requests).unwrap()),
            thousands(total.sent()),
            thousands(total.percent_read()) * 1e3,
            thousands(total.out),
            monthly[0],
            monthly[1],
            monthly[2],
        ];
        eprintln!(
            "{level}: {measured:.2?}, bytes {:?}, warm {warm:?} %",
            day.bytes
        );

        assert_eq!(day.requests, requests * SLOTS.len(), "{level}");
        assert!(total.percent_read() >= 80, "{level}: {total:?}");
        assert_eq!(warm.len(), SLOTS.len() - COLD, "{level}");
        assert!(
            warm.iter().all(|percent| *percent >= 85),
            "{level}: {warm:?}"
        );
        let said = documented(level, &document);
        assert_eq!(said.len(), measured.len(), "{level}");
        for (said, found) in said.into_iter().zip(measured) {
            let off = (said - found).abs() * 100.0 / found;
            if off > TOLERANCE {
                wrong.push(format!(
                    "{level}: docs/costs.md says {said}, found {found:.2}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
