//! Words: decisions, endings of families, moves of the halt switch.

use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::{CycleEnding, DecisionNote, FamilyEnding, StateScope};
use catalyst_ports::tool::Decision;

use super::cell::{Place, Unreadable, clean};
use super::entry::OPEN_PLACE;
use crate::entity::{cycle_end, decision, halt, settlement};

pub(crate) fn decision_row(cycle_id: i64, note: &DecisionNote) -> decision::Model {
    decision::Model {
        id: OPEN_PLACE,
        cycle_id,
        about: note.cycle.to_string(),
        decision: note.decision.as_str().to_owned(),
        symbol: note.symbol.map(|symbol| symbol.to_string()),
        reasoning: clean(note.reasoning.clone()),
        at: note.at.timestamp_micros(),
        hash: Vec::new(),
    }
}

pub(crate) fn decision_of(row: decision::Model) -> Result<DecisionNote, Unreadable> {
    let place = Place {
        table: "decisions",
        id: row.id,
    };
    let decision = match row.decision.as_str() {
        "trade" => Decision::Trade,
        "skip" => Decision::Skip,
        "close" => Decision::Close,
        "emergency" => Decision::Emergency,
        unknown => return Err(place.refuse("decision", unknown, "no decision")),
    };
    let symbol = row.symbol.as_deref();
    Ok(DecisionNote {
        cycle: place.text("about", &row.about)?,
        decision,
        symbol: symbol.map(|text| place.text("symbol", text)).transpose()?,
        at: place.moment("at", row.at)?,
        reasoning: row.reasoning,
    })
}

pub(crate) fn ending_of(row: &settlement::Model) -> Result<FamilyEnding, Unreadable> {
    match row.ending.as_str() {
        "done" => Ok(FamilyEnding::Done),
        "unfilled" => Ok(FamilyEnding::Unfilled),
        "rejected" => Ok(FamilyEnding::Rejected),
        "not_sent" => Ok(FamilyEnding::NotSent),
        "lost" => Ok(FamilyEnding::Lost),
        unknown => {
            let place = Place {
                table: "settlements",
                id: row.id,
            };
            Err(place.refuse("ending", unknown, "no ending of a family"))
        }
    }
}

pub(crate) fn cycle_ending_of(row: &cycle_end::Model) -> Result<CycleEnding, Unreadable> {
    let place = Place {
        table: "cycle_ends",
        id: row.id,
    };
    CycleEnding::of(&row.ending)
        .ok_or_else(|| place.refuse("ending", &row.ending, "no ending of a run"))
}

pub(crate) fn scope_word(scope: StateScope) -> &'static str {
    match scope {
        StateScope::Day => "day",
        StateScope::UntilMoved => "until_moved",
    }
}

pub(crate) fn state_of(row: &halt::Model) -> Result<TradingState, Unreadable> {
    match row.state.as_str() {
        "trading" => Ok(TradingState::Trading),
        "exits_only" => Ok(TradingState::ExitsOnly),
        "halted" => Ok(TradingState::Halted),
        unknown => {
            let place = Place {
                table: "halts",
                id: row.id,
            };
            Err(place.refuse("state", unknown, "no state of the halt switch"))
        }
    }
}
