//! What the market showed in the answers of the tools, read back from the JSON they are kept as.

use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{DayPulse, Spread};
use serde::Deserialize;
use serde_json::Value;

use crate::entity::tool_call;

/// The tools whose answers are read.
pub(super) const TOOLS: [&str; 3] = ["scan_market", "get_quote", "get_technicals"];

/// An answer of any of them. Their keys differ, and a refused call has none of these.
#[derive(Debug, Default, Deserialize)]
struct Shown {
    #[serde(default, rename = "c")]
    candidates: Vec<Line>,
    #[serde(default, rename = "q")]
    quotes: Vec<Line>,
    #[serde(default)]
    technicals: Vec<Line>,
}

/// One symbol, with the inputs that no market keeps still.
#[derive(Debug, Deserialize)]
struct Line {
    #[serde(default, rename = "s", alias = "symbol")]
    symbol: Option<Symbol>,
    #[serde(default)]
    px: Option<Value>,
    #[serde(default, rename = "chg")]
    change: Option<Value>,
    #[serde(default, rename = "rv")]
    relative_volume: Option<Value>,
    #[serde(default)]
    rsi: Option<Value>,
}

/// Adds what `call` was told to its day.
pub(super) fn take_in(
    day: &mut DayPulse,
    call: &tool_call::Model,
) -> Result<(), serde_json::Error> {
    let shown: Shown = serde_json::from_str(&call.reply)?;
    if call.name == "scan_market" {
        day.scans += 1;
        day.candidates += count(&shown.candidates);
    }
    day.quotes += count(&shown.candidates) + count(&shown.quotes);
    let lines = shown.candidates.iter().chain(&shown.quotes);
    for line in lines.chain(&shown.technicals) {
        let Some(symbol) = line.symbol else {
            continue;
        };
        let inputs = [
            ("price", &line.px),
            ("change", &line.change),
            ("relative volume", &line.relative_volume),
            ("rsi", &line.rsi),
        ];
        for (name, value) in inputs {
            if let Some(value) = value {
                see(day, (name, symbol), value);
            }
        }
    }
    Ok(())
}

fn count(lines: &[Line]) -> u64 {
    u64::try_from(lines.len()).unwrap_or(u64::MAX)
}

fn see(day: &mut DayPulse, of: (&'static str, Symbol), value: &Value) {
    let text = value.as_str().map(str::to_owned);
    let value = text.unwrap_or_else(|| value.to_string());
    let spread = day.inputs.entry(of).or_insert_with(|| Spread {
        seen: 0,
        first: value.clone(),
        varies: false,
    });
    spread.seen += 1;
    spread.varies |= spread.first != value;
}
