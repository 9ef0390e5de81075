//! The course of a day for each part: where the price stands by when, how restless it is, and how
//! busy the trade.

use super::cast::Part;
use super::rng::Stream;

/// Minutes of a full day, in which scripts are written; shorter days are squeezed.
const FULL_DAY: i64 = 330;

/// From one moment of the day on, until the next leg begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leg {
    /// Minute of continuous trading at which the leg ends.
    pub(super) until: i64,
    /// Where the price stands then against the open, in parts per million.
    pub(super) level: i64,
    /// Deviation of one minute's noise, in parts per million.
    pub(super) restless: i64,
    /// Volume against the usual shape of the day, in per cent.
    pub(super) busy: i64,
}

/// A day's legs in order, and the minutes without trade, if any.
#[derive(Debug, Clone)]
pub(super) struct Script {
    pub(super) legs: Vec<Leg>,
    pub(super) halt: Option<(i64, i64)>,
    /// Minute at which news came out in the session.
    pub(super) news: Option<i64>,
}

/// Minutes of the long rest: a breakout out of it is one on five-minute bars too, of which the domain
/// looks back over 26.
const REST: (i64, i64) = (138, 160);

const CALM: i64 = 330;
const LIVELY: i64 = 650;

/// The course of `part` on a day of `minutes`, which ends `change` parts per million off its open.
pub(super) fn script(part: Part, change: i64, minutes: i64, stream: &mut Stream) -> Script {
    let at = |minute: i64| minute * minutes / FULL_DAY;
    let whole_day = |restless| Leg {
        until: minutes,
        level: change,
        restless,
        busy: 100,
    };
    match part {
        Part::Quiet => Script {
            legs: vec![whole_day(CALM)],
            halt: None,
            news: None,
        },
        Part::Halted => {
            let start = at(stream.between(40, 120));
            Script {
                legs: vec![whole_day(CALM)],
                halt: Some((start, start + at(stream.between(40, 80)))),
                news: None,
            }
        }
        Part::Falls => Script {
            legs: vec![
                Leg {
                    until: at(60),
                    level: change.min(-10_000) * 6 / 10,
                    restless: LIVELY,
                    busy: 140,
                },
                whole_day(LIVELY),
            ],
            halt: None,
            news: None,
        },
        Part::RisesEarly => Script {
            legs: rise(0, change, stream, at),
            halt: None,
            news: None,
        },
        Part::RisesLater => {
            let news = stream.between(45, 80);
            let mut legs = vec![Leg {
                until: at(news),
                level: 0,
                restless: CALM,
                busy: 80,
            }];
            legs.extend(rise(news, change, stream, at));
            Script {
                legs,
                halt: None,
                news: Some(at(news)),
            }
        }
    }
}

/// A rise in three steps with a long and a short rest between them, in which breakouts are real: range narrows and
/// volume dries up before each, and both widen in it.
fn rise(from: i64, change: i64, stream: &mut Stream, at: impl Fn(i64) -> i64) -> Vec<Leg> {
    let peak = change.max(0) + 20_000;
    let rest = stream.between(REST.0, REST.1);
    let pause = stream.between(20, 40);
    let leg = |until: i64, percent: i64, restless: i64, busy: i64| Leg {
        until: at(until),
        level: peak * percent / 100,
        restless,
        busy,
    };
    let first = from + 14;
    let second = first + rest;
    let third = second + 12 + pause;
    let mut legs = vec![
        leg(first, 36, LIVELY, 260),
        leg(second, 34, CALM, 60),
        leg(second + 12, 70, LIVELY, 320),
        leg(third, 67, CALM, 70),
        leg(third + 14, 100, LIVELY, 280),
    ];
    legs.push(Leg {
        until: at(FULL_DAY),
        level: change,
        restless: CALM,
        busy: 100,
    });
    legs
}
