//! The phases of a full and of a half day, by trade date.

use super::error::CalendarError;
use super::line::{Line, lines};
use crate::calendar::phase::UnknownPhase;
use crate::calendar::plan::{PhasePlan, PhaseStart};
use crate::dated::{DateSpan, Dated};

/// The phases of an ordinary and of a shortened day, by trade date.
#[derive(Debug)]
pub(in crate::calendar) struct Shapes {
    pub(in crate::calendar) full: Dated<PhasePlan>,
    pub(super) half: Dated<PhasePlan>,
}

/// Reads both shapes; each must hold on at least one date.
pub(in crate::calendar) fn parse_shapes(text: &str) -> Result<Shapes, CalendarError> {
    let (mut full, mut half) = (Vec::new(), Vec::new());
    for line in lines("phases", text, "shape,from,to,starts")? {
        let [shape, from, to, starts] = line.fields()?;
        let span = DateSpan::new(line.date(from)?, line.date(to)?)
            .ok_or_else(|| line.wrong(to, "a last date not before the first"))?;
        let starts: Vec<_> = starts
            .split_ascii_whitespace()
            .map(|start| parse_start(line, start))
            .collect::<Result<_, _>>()?;
        let plan = PhasePlan::new(&starts).ok_or_else(|| {
            line.wrong(
                line.text,
                "rising starts, random ends inside their phase, a continuous phase, and closed at \
                 the end",
            )
        })?;
        match shape {
            "full" => full.push((span, plan)),
            "half" => half.push((span, plan)),
            other => return Err(line.wrong(other, "full or half")),
        }
    }
    Ok(Shapes {
        full: Dated::new("phases of a full day", full)?,
        half: Dated::new("phases of a half day", half)?,
    })
}

/// `HH:MM=phase`, and `~HH:MM` behind it where the phase may end at random from that time on.
fn parse_start(line: Line<'_>, start: &str) -> Result<PhaseStart, CalendarError> {
    let Some((time, phase)) = start.split_once('=') else {
        return Err(line.wrong(start, "HH:MM=phase, or HH:MM=phase~HH:MM"));
    };
    let (word, earliest_end) = match phase.split_once('~') {
        Some((word, end)) => (word, Some(line.time(end)?)),
        None => (phase, None),
    };
    let phase = word
        .parse()
        .map_err(|_unknown: UnknownPhase| line.wrong(word, "a phase"))?;
    Ok(PhaseStart::new(line.time(time)?, phase, earliest_end))
}
