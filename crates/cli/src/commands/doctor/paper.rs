//! The first session on a real paper account: what to look at, step by step, because no rehearsal can
//! show it. The same list, with what is proved here already, is in docs/ibkr-conformance.md.

use std::io::{self, Write};

use serde::Serialize;

/// One thing to find out.
#[derive(Debug, Serialize)]
struct Step {
    /// What is not known.
    question: &'static str,
    /// How to find out.
    how: &'static str,
    /// What the answer decides.
    decides: &'static str,
}

const STEPS: [Step; 10] = [
    Step {
        question: "Which version does the gateway announce, and in which zone does it speak?",
        how: "catalyst doctor: lines version and clock; set the API's times to UTC",
        decides: "below 213 or above 226 nothing runs: install another gateway",
    },
    Step {
        question: "Do contract details tell board lots, order types and price tables?",
        how: "catalyst doctor: lines lot for 00005, 00700 and 09988",
        decides: "a lot that contradicts the table keeps its symbol out",
    },
    Step {
        question: "Are quotes live, delayed or refused, and how long does a snapshot take?",
        how: "catalyst doctor: lines quote",
        decides: "market_data.accept_delayed, or a subscription",
    },
    Step {
        question: "Does a trial order name commission and margin, and in which currency?",
        how: "catalyst doctor: line orders",
        decides: "orders.commission_plan",
    },
    Step {
        question: "Is an order sent straight to SEHK taken, or refused with 10311?",
        how: "catalyst cycle --advisor script:FILE that buys one lot; then catalyst why with its name",
        decides: "broker.route: SMART where direct routing is refused",
    },
    Step {
        question: "Which code and text answer an odd lot, an illegal tick, a price too far away?",
        how: "send one of each by hand in the broker's own program, and read its message",
        decides: "whether the code is among those that end an order here",
    },
    Step {
        question: "How does a stop show before and after its trigger, at lunch and in the auction?",
        how: "hold one lot with a stop near the price over lunch; catalyst status",
        decides: "nothing while it shows as working; else the guard would put it back each time",
    },
    Step {
        question: "How are the children of a bracket told: group, type, size after a partial fill?",
        how: "buy more than the book offers, cancel the rest; catalyst status and catalyst doctor",
        decides: "whether stops follow the fill by themselves or by the guard",
    },
    Step {
        question: "What do completed orders and executions tell after the gateway was restarted?",
        how: "restart it in the lunch hour with a position open; catalyst guard, then catalyst verify",
        decides: "whether an order of before ends as done or as lost",
    },
    Step {
        question: "What does the scanner return for STOCK.HK?",
        how: "catalyst cycle with a script that calls scan_market with index ALL",
        decides: "scan.universe: a list of your own where it returns nothing",
    },
];

/// Writes the steps.
pub(super) fn write(out: &mut impl Write, json: bool) -> io::Result<()> {
    if json {
        serde_json::to_writer(&mut *out, &STEPS)?;
        return writeln!(out);
    }
    writeln!(
        out,
        "The first paper session, step by step; keep the answers."
    )?;
    for (number, step) in (1..).zip(&STEPS) {
        writeln!(out, "\n{number:>2}. {}", step.question)?;
        writeln!(out, "    how:     {}", step.how)?;
        writeln!(out, "    decides: {}", step.decides)?;
    }
    Ok(())
}
