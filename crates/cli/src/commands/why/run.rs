//! A run on the page: who advised and on what it ran, what it asked and was told, what it said.

use std::io::{self, Write};

use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{DecisionNote, StoryCall, StoryCycle};

use super::cost::Cost;
use super::page::Page;
use super::told::Told;
use super::verdict;

/// Digits of a hash that are shown; the document has all.
const HASH_SHOWN: usize = 12;

/// The tool whose words stand among the decisions.
const LOG_DECISION: &str = "log_decision";

/// Whether verdicts are told with the run or were told with its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdicts {
    Here,
    WithOrder,
}

/// The whole run; replies are cut to `symbol` where there is one.
pub(super) fn write_whole(
    page: &mut Page<'_, impl Write>,
    run: &StoryCycle,
    symbol: Option<Symbol>,
    verdicts: Verdicts,
) -> io::Result<()> {
    page.head(&format!(
        "run {}: slot {} of {}, advisor {}",
        run.id,
        run.id.slot(),
        run.id.date(),
        run.advisor
    ))?;
    page.line("began", &page.moment(run.at))?;
    page.line(
        "ended",
        run.ending
            .as_deref()
            .unwrap_or("not: killed, or still at work"),
    )?;
    page.line("ran on", &provenance(run))?;
    let is_said_below = |summary: &&String| {
        run.decisions
            .iter()
            .any(|note| note.reasoning.contains(summary.as_str()))
    };
    if let Some(summary) = run.summary.as_ref().filter(|one| !is_said_below(one)) {
        page.line("summary", summary)?;
    }
    if let Some(cost) = Cost::of(run) {
        page.line("model", &cost.words())?;
    }
    if verdicts == Verdicts::Here {
        for one in &run.verdicts {
            page.line("gate", &verdict::words(page, one)?)?;
        }
    }
    for call in run.calls.iter().filter(|call| call.name != LOG_DECISION) {
        write_call(page, call, symbol)?;
    }
    write_decisions(page, run)
}

/// True when the gate refused `symbol` or a decision speaks of it.
pub(super) fn speaks_of(run: &StoryCycle, symbol: Symbol) -> bool {
    let refused = run.verdicts.iter().any(|one| !verdict::is_pass(one));
    refused || run.decisions.iter().any(|note| is_about(note, symbol))
}

/// What the gate refused, and every decision that speaks of `symbol`.
pub(super) fn write_refusals(
    page: &mut Page<'_, impl Write>,
    run: &StoryCycle,
    symbol: Symbol,
) -> io::Result<()> {
    for one in run.verdicts.iter().filter(|one| !verdict::is_pass(one)) {
        page.line("gate", &verdict::words(page, one)?)?;
    }
    let about = run.decisions.iter().filter(|note| is_about(note, symbol));
    for note in about {
        let (at, run) = (page.moment(note.at), note.cycle);
        let said = words_about(note, symbol);
        let decision = note.decision.as_str();
        page.line("decided", &format!("{at} {decision}, run {run}: {said}"))?;
    }
    Ok(())
}

fn is_about(note: &DecisionNote, symbol: Symbol) -> bool {
    note.symbol.is_some() || note.reasoning.contains(symbol.as_str())
}

/// Of a run's conclusion the parts that speak of `symbol`; what was said about it alone is whole.
fn words_about(note: &DecisionNote, symbol: Symbol) -> String {
    let parts: Vec<&str> = note.reasoning.split("; ").collect();
    let is_own = |part: &&&str| note.symbol.is_some() || part.contains(symbol.as_str());
    let own: Vec<&str> = parts.iter().filter(is_own).copied().collect();
    let gap = if own.len() < parts.len() { " .." } else { "" };
    format!("{}{gap}", own.join("; "))
}

fn write_decisions(page: &mut Page<'_, impl Write>, run: &StoryCycle) -> io::Result<()> {
    for note in &run.decisions {
        page.line("decided", &decided(note))?;
    }
    Ok(())
}

fn decided(note: &DecisionNote) -> String {
    let about = note
        .symbol
        .map_or_else(|| "the run".to_owned(), |symbol| symbol.to_string());
    format!("{} {about}: {}", note.decision.as_str(), note.reasoning)
}

fn write_call(
    page: &mut Page<'_, impl Write>,
    call: &StoryCall,
    symbol: Option<Symbol>,
) -> io::Result<()> {
    let cut = |told: &Told| symbol.map_or_else(|| told.clone(), |symbol| told.about(symbol));
    let asked = match &call.request {
        Some(request) => {
            let request = Told::parse(request)?;
            cut(request.find("input").unwrap_or(&request)).to_string()
        }
        None => "not understood".to_owned(),
    };
    let reply = cut(&Told::parse(&call.reply)?);
    page.line(
        &format!("call {}", call.number),
        &format!("{}: {asked}", call.name),
    )?;
    page.line("", &format!("=> {reply}"))
}

fn provenance(run: &StoryCycle) -> String {
    let on = &run.provenance;
    let short = |hash: &str| hash.chars().take(HASH_SHOWN).collect::<String>();
    let prompt = on
        .prompt_hash
        .as_deref()
        .map_or_else(|| "none".to_owned(), short);
    format!(
        "version {}, settings {}, rules {}, prompt {prompt}",
        on.version,
        short(&on.settings_hash),
        short(&on.rules_hash)
    )
}
