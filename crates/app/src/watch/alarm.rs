//! What a watch can find.

use std::fmt;

use catalyst_domain::budget::Span;
use catalyst_domain::money::Money;
use catalyst_domain::symbol::Symbol;
use chrono::NaiveDateTime;

/// Symbols that one alarm names; the others are counted.
const SHOWN: usize = 10;

/// Why the owner is called. Times are local to the exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WatchAlarm {
    /// The journal has no run at all.
    NeverRan,
    /// No run has ended well since, though one was due.
    Overdue {
        /// When the last one ended; `None` when none ever did.
        last: Option<NaiveDateTime>,
        /// When the next one was due.
        due: NaiveDateTime,
    },
    /// A run keeps the lock and so keeps every other one out.
    Hung {
        /// The number of its process on this machine.
        process: u32,
        /// Since when.
        since: NaiveDateTime,
        /// How long it may at most.
        minutes: i64,
    },
    /// Slots of today in which no cycle ended well.
    Missed {
        /// As `HH:MM` of the exchange, in order.
        slots: Vec<String>,
    },
    /// On each of the last trading days there was none of it.
    Nothing {
        /// `candidates`, `quotes` or `orders`.
        what: &'static str,
        /// How many trading days.
        sessions: usize,
    },
    /// An input that moves in every market did not.
    Constant {
        /// Which.
        input: &'static str,
        /// The value it always had.
        value: String,
        /// How often it was seen.
        seen: u64,
    },
    /// An input of single symbols did not move while something else of theirs did.
    ConstantOf {
        /// Which.
        input: &'static str,
        /// Of what, in order.
        symbols: Vec<Symbol>,
        /// On how many trading days.
        sessions: usize,
    },
    /// The last cycles had no advice.
    NoAdvice {
        /// How many in a row.
        cycles: usize,
        /// What the last one said.
        why: String,
    },
    /// A position was found without its stop today, or with a wrong one.
    Unprotected {
        /// When first.
        at: NaiveDateTime,
        /// How often.
        times: usize,
        /// What the journal says of the first.
        evidence: String,
    },
    /// There is no money to ask the model, or soon will be none.
    MoneyShort {
        /// The day's or the month's.
        span: Span,
        /// What is spent.
        spent: Money,
        /// What may be.
        cap: Money,
        /// Trading days until it is used up; 0 when it is.
        days: u32,
    },
}

impl WatchAlarm {
    /// The kind, one word.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NeverRan => "never_ran",
            Self::Overdue { .. } => "overdue",
            Self::Hung { .. } => "hung",
            Self::Missed { .. } => "missed",
            Self::Nothing { .. } => "nothing",
            Self::Constant { .. } | Self::ConstantOf { .. } => "constant",
            Self::NoAdvice { .. } => "no_advice",
            Self::Unprotected { .. } => "unprotected",
            Self::MoneyShort { .. } => "money_short",
        }
    }

    /// What the owner does about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NeverRan | Self::Overdue { .. } | Self::Missed { .. } => {
                "look at the log of the day and at cron or the timers, then run `catalyst guard` by hand"
            }
            Self::Hung { .. } => {
                "no run protects meanwhile: end that process by its number, then run `catalyst guard`"
            }
            Self::Nothing { .. } => {
                "run `catalyst doctor`; look at the filters of the section scan and at the entry criteria"
            }
            Self::Constant { .. } | Self::ConstantOf { .. } => {
                "trust nothing that rests on it; run `catalyst doctor` and compare with another source"
            }
            Self::NoAdvice { .. } => {
                "run `catalyst doctor`; key, credit and budget are at fault, or the provider is"
            }
            Self::Unprotected { .. } => "run `catalyst status`, then `catalyst guard`",
            Self::MoneyShort { .. } => {
                "raise claude.max_cost_per_day or claude.max_cost_per_month, choose a cheaper model, or let \
                 it rest: guards protect without advice"
            }
        }
    }
}

impl fmt::Display for WatchAlarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeverRan => f.write_str("no run is in the journal"),
            Self::Overdue { last: None, due } => {
                write!(f, "no run ever ended well, and one was due at {due}")
            }
            Self::Overdue {
                last: Some(last),
                due,
            } => write!(
                f,
                "the last good run ended at {last}, the next was due at {due}"
            ),
            Self::Hung {
                process,
                since,
                minutes,
            } => write!(
                f,
                "process {process} keeps the run lock since {since}, and a run may for {minutes} minutes: it hangs"
            ),
            Self::Missed { slots } => {
                write!(f, "no cycle ended well in the slot of {}", slots.join(", "))
            }
            Self::Nothing { what, sessions } => {
                write!(f, "no {what} on the last {sessions} trading days")
            }
            Self::Constant { input, value, seen } => {
                write!(f, "{input} was {value} every one of the last {seen} times")
            }
            Self::ConstantOf {
                input,
                symbols,
                sessions,
            } => {
                let names = listed(symbols);
                write!(
                    f,
                    "{input} of {names} had one value on the last {sessions} trading days, while other figures \
                     of the same name moved"
                )
            }
            Self::NoAdvice { cycles, why } => {
                write!(
                    f,
                    "{cycles} cycles in a row had no advice, the last because {why}"
                )
            }
            Self::Unprotected {
                at,
                times,
                evidence,
            } => write!(
                f,
                "a position was without its right stop {times} times today, first at {at}: {evidence}"
            ),
            Self::MoneyShort {
                span,
                spent,
                cap,
                days,
            } => write!(
                f,
                "{spent} of {cap} for the {span} is spent, {}",
                used_up(*days)
            ),
        }
    }
}

/// What is to come of the money that is left.
fn used_up(days: u32) -> String {
    match days {
        0 => "no question is asked any more".to_owned(),
        days => format!("at this pace it is used up in {days} trading days"),
    }
}

/// The first of `symbols` by name, and how many more there are.
fn listed(symbols: &[Symbol]) -> String {
    let shown = symbols.iter().take(SHOWN).map(ToString::to_string);
    let names = shown.collect::<Vec<_>>().join(", ");
    match symbols.len().saturating_sub(SHOWN) {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}
