//! What can go wrong, and where it cannot.

use std::time::Duration;

use catalyst_tws_emulator::{Effect, ReplyKind, RequestKind, Spoken, Trigger};

/// Within the deadline of a call, and beyond it.
const DELAYS_MS: [u64; 2] = [60, 350];

/// Every fault there is, with the codes that matter at `trigger`.
pub(crate) fn effects_at(trigger: Trigger) -> Vec<Effect> {
    let mut effects = vec![
        Effect::NeverAnswer,
        Effect::Lose,
        Effect::CloseBefore,
        Effect::CloseAfter,
        Effect::CloseMidFrame,
        Effect::Duplicate,
        Effect::Reorder,
        Effect::Garbage,
        Effect::Oversize,
        Effect::NotANumber,
        Effect::Unset,
        Effect::RejectStop,
        Effect::ClientIdInUse,
        Effect::FalseCancel(spoken(10349)),
        Effect::FalseCancel(spoken(404)),
        Effect::Restart { refused: 0 },
        Effect::Restart { refused: 1 },
    ];
    effects.extend(DELAYS_MS.map(|ms| Effect::Delay(Duration::from_millis(ms))));
    effects.extend([1100, 1101, 1102, 2103, 10197].map(|code| Effect::Notice(spoken(code))));
    let (errors, warnings) = codes_at(trigger);
    effects.extend(errors.iter().map(|code| Effect::Error(spoken(*code))));
    effects.extend(warnings.iter().map(|code| Effect::Warn(spoken(*code))));
    effects
}

/// The word for `effect` in a script, from its name here.
pub(crate) fn word(effect: &Effect) -> String {
    let name = format!("{effect:?}");
    let mut word = String::new();
    for letter in name.chars().take_while(char::is_ascii_alphanumeric) {
        if letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}

fn spoken(code: i32) -> Spoken {
    Spoken {
        code,
        text: format!("words of code {code}"),
    }
}

/// Codes that refuse, and codes that only say something; one that nobody knows in each.
const fn codes_at(trigger: Trigger) -> (&'static [i32], &'static [i32]) {
    match trigger {
        Trigger::Request(RequestKind::PlaceOrder) => (
            &[
                100, 103, 110, 201, 203, 321, 355, 387, 434, 460, 10006, 10224, 10311, 10255,
            ],
            &[399, 404, 481, 2109, 10311, 10349, 10255],
        ),
        Trigger::Request(RequestKind::CancelOrder) => (&[100, 161, 10147, 10148, 10255], &[2109]),
        Trigger::Request(RequestKind::HistoricalData) => (&[100, 162, 354, 10197, 10255], &[2106]),
        Trigger::Request(RequestKind::MarketData) => (
            &[100, 101, 200, 354, 10089, 10168, 10197, 10255],
            &[10167, 317],
        ),
        Trigger::Request(RequestKind::ContractData) => (&[100, 200, 321, 10255], &[2158]),
        Trigger::Request(_) => (&[100, 321, 10255], &[2104]),
        Trigger::Reply(_) | Trigger::Connection => (&[], &[]),
    }
}

/// Why `effect` does not happen at `trigger`; `None` where it does.
pub(crate) fn impossible(trigger: Trigger, effect: &Effect) -> Option<&'static str> {
    match trigger {
        Trigger::Connection => match effect {
            Effect::NeverAnswer
            | Effect::Delay(_)
            | Effect::CloseBefore
            | Effect::CloseAfter
            | Effect::Garbage
            | Effect::Restart { .. } => None,
            _ => Some("a greeting has no body that could be spoilt and asks nothing"),
        },
        Trigger::Request(kind) => at_request(kind, effect),
        Trigger::Reply(kind) => at_reply(kind, effect),
    }
}

fn at_request(kind: RequestKind, effect: &Effect) -> Option<&'static str> {
    match effect {
        Effect::CloseMidFrame
        | Effect::Duplicate
        | Effect::Reorder
        | Effect::Garbage
        | Effect::Oversize
        | Effect::NotANumber
        | Effect::Unset => Some("only a reply can be spoilt"),
        Effect::FalseCancel(_) | Effect::RejectStop if kind != RequestKind::PlaceOrder => {
            Some("only an order is cancelled or has a stop")
        }
        Effect::ClientIdInUse if kind != RequestKind::StartApi => {
            Some("the client id is told once, at the start")
        }
        Effect::Error(_) | Effect::Warn(_) if kind == RequestKind::StartApi => {
            Some("the start is answered with the account or with a closed connection")
        }
        _ => None,
    }
}

fn at_reply(kind: ReplyKind, effect: &Effect) -> Option<&'static str> {
    let is_row = matches!(
        kind,
        ReplyKind::OpenOrder
            | ReplyKind::CompletedOrder
            | ReplyKind::ExecutionData
            | ReplyKind::PortfolioValue
    );
    match effect {
        Effect::Lose
        | Effect::Error(_)
        | Effect::Warn(_)
        | Effect::FalseCancel(_)
        | Effect::RejectStop
        | Effect::ClientIdInUse
        | Effect::Notice(_) => Some("only a request is lost or answered otherwise"),
        Effect::NotANumber | Effect::Unset if !has_fractions(kind) => {
            Some("the reply has no number with a fraction")
        }
        Effect::NeverAnswer if is_row => {
            Some("a stream of bytes loses no row between others, and none could notice")
        }
        Effect::Reorder if kind == ReplyKind::CompletedOrder => {
            Some("a row after its end cannot be told from no row")
        }
        _ => None,
    }
}

const fn has_fractions(kind: ReplyKind) -> bool {
    matches!(
        kind,
        ReplyKind::TickPrice
            | ReplyKind::OrderStatus
            | ReplyKind::OpenOrder
            | ReplyKind::CompletedOrder
            | ReplyKind::PortfolioValue
            | ReplyKind::HistoricalData
            | ReplyKind::ExecutionData
            | ReplyKind::CommissionReport
            | ReplyKind::MarketRule
    )
}
