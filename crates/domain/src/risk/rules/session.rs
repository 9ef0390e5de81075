//! Whether this is a time for entries: the halt switch, the phase, the edges of a session.
//! Sources: owner's document 3.1 (trading hours) and 3.4; product specification 4 (edges).

use crate::risk::case::EntryCase;
use crate::risk::{Breach, Figure, Rule, TradingState};

pub(super) fn halt(case: &EntryCase<'_>) -> Result<(), Breach> {
    match case.view.state {
        TradingState::Trading => Ok(()),
        TradingState::ExitsOnly | TradingState::Halted => Err(Breach::new(
            Rule::Halt,
            Figure::Word(TradingState::Trading.as_str()),
            Figure::Word(case.view.state.as_str()),
        )),
    }
}

pub(super) fn phase(case: &EntryCase<'_>) -> Result<(), Breach> {
    let phase = case.view.moment.phase;
    if phase.accepts_entries() {
        return Ok(());
    }
    Err(Breach::new(
        Rule::Phase,
        Figure::Word("continuous trading"),
        Figure::Word(phase.as_str()),
    ))
}

pub(super) fn session_edge(case: &EntryCase<'_>) -> Result<(), Breach> {
    if !case.view.moment.phase.accepts_entries() {
        return Ok(());
    }
    let since_open = case.view.moment.since_phase_start();
    if since_open < case.limits.no_entry_after_open() {
        let limit = Figure::Span(case.limits.no_entry_after_open());
        return Err(Breach::new(
            Rule::SessionEdge,
            limit,
            Figure::Span(since_open),
        ));
    }
    let limit = Figure::Span(case.limits.no_entry_before_close());
    match case.view.moment.until_next_change() {
        Some(left) if left >= case.limits.no_entry_before_close() => Ok(()),
        Some(left) => Err(Breach::new(Rule::SessionEdge, limit, Figure::Span(left))),
        None => Err(Breach::new(Rule::SessionEdge, limit, Figure::Missing)),
    }
}
