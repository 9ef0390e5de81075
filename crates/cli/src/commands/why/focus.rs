//! Focus: a story cut to what was asked about.

use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{Story, StoryCall, Subject};

use super::told::Told;

/// The symbol that everything is to be about; `None` for a run, of which all is told.
pub(super) fn symbol_of(subject: Subject, story: &Story) -> Option<Symbol> {
    match subject {
        Subject::Order(_) => story.families.first().map(|family| family.plan.symbol()),
        Subject::Symbol(symbol) => Some(symbol),
        Subject::Cycle(_) => None,
    }
}

/// Takes from the runs what is about other symbols. Decisions about no symbol are the run's own and
/// stay.
pub(super) fn narrow(story: &mut Story, symbol: Symbol) -> Result<(), serde_json::Error> {
    for run in &mut story.cycles {
        run.verdicts.retain(|verdict| verdict.symbol == symbol);
        run.decisions
            .retain(|note| note.symbol.is_none_or(|about| about == symbol));
        let mut kept = Vec::new();
        for call in run.calls.drain(..) {
            if is_about(&call, symbol)? {
                kept.push(call);
            }
        }
        run.calls = kept;
    }
    Ok(())
}

fn is_about(call: &StoryCall, symbol: Symbol) -> Result<bool, serde_json::Error> {
    for json in [call.request.as_ref(), Some(&call.reply)]
        .into_iter()
        .flatten()
    {
        if Told::parse(json)?.mentions(symbol) {
            return Ok(true);
        }
    }
    Ok(false)
}
