//! The symbols of a question that takes one or several.

use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::{ToolInputError, ToolName, ToolProblem};

/// Symbols that one call may ask about.
const SYMBOLS_MAX: usize = 20;

/// All symbols asked about, each once, in the order given; none or too many are refused.
pub(super) fn asked_symbols(
    tool: ToolName,
    symbol: Option<Symbol>,
    symbols: &[Symbol],
) -> Result<Vec<Symbol>, ToolProblem> {
    let given = symbols.len() + usize::from(symbol.is_some());
    if !(1..=SYMBOLS_MAX).contains(&given) {
        return Err(ToolProblem::Input(ToolInputError::BadInput {
            tool,
            field: "symbols".to_owned(),
            problem: format!("{given} given, allowed are 1 to {SYMBOLS_MAX}"),
        }));
    }
    let mut asked: Vec<Symbol> = Vec::new();
    for symbol in symbol.into_iter().chain(symbols.iter().copied()) {
        if !asked.contains(&symbol) {
            asked.push(symbol);
        }
    }
    Ok(asked)
}
