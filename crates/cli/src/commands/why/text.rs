//! A story as text, the answer first and then what led to it.

use std::io::{self, Write};

use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{Story, StoryCycle, StoryFamily, Subject};

use super::page::Page;
use super::run::Verdicts;
use super::{family, run};

/// Writes `story`, of which `left_out` older families are not shown.
pub(super) fn write(
    page: &mut Page<'_, impl Write>,
    subject: Subject,
    story: &Story,
    left_out: usize,
) -> io::Result<()> {
    match subject {
        Subject::Order(_) => write_order(page, story),
        Subject::Symbol(symbol) => write_symbol(page, symbol, story, left_out),
        Subject::Cycle(_) => write_run(page, story),
    }
}

fn write_order(page: &mut Page<'_, impl Write>, story: &Story) -> io::Result<()> {
    let Some((asked, others)) = story.families.split_first() else {
        return Ok(());
    };
    family::write_whole(page, asked, sender(asked, story))?;
    for other in others {
        page.gap()?;
        family::write_short(page, other)?;
    }
    for cycle in &story.cycles {
        page.gap()?;
        let symbol = Some(asked.plan.symbol());
        run::write_whole(page, cycle, symbol, Verdicts::WithOrder)?;
    }
    Ok(())
}

fn write_symbol(
    page: &mut Page<'_, impl Write>,
    symbol: Symbol,
    story: &Story,
    left_out: usize,
) -> io::Result<()> {
    if story.families.is_empty() && left_out == 0 {
        page.head(&format!("no order of {symbol} is kept"))?;
    }
    for family in &story.families {
        family::write_short(page, family)?;
        page.gap()?;
    }
    if left_out > 0 {
        page.head(&format!(
            "{left_out} older orders are not shown, --limit N shows more"
        ))?;
        page.gap()?;
    }
    let Some(last) = story.cycles.last() else {
        return Ok(());
    };
    let day = last.id.date();
    let spoke = story
        .cycles
        .iter()
        .filter(|run| run::speaks_of(run, symbol));
    if spoke.clone().next().is_none() {
        let runs: Vec<String> = story.cycles.iter().map(|run| run.id.to_string()).collect();
        return page.head(&format!(
            "nothing was refused or decided about {symbol}; a tool named it last on {day}, in {}",
            runs.join(", ")
        ));
    }
    page.head(&format!(
        "refused and decided about {symbol} last, on {day}"
    ))?;
    for cycle in spoke {
        run::write_refusals(page, cycle, symbol)?;
    }
    Ok(())
}

fn write_run(page: &mut Page<'_, impl Write>, story: &Story) -> io::Result<()> {
    for cycle in &story.cycles {
        run::write_whole(page, cycle, None, Verdicts::Here)?;
    }
    for one in &story.families {
        page.gap()?;
        family::write_whole(page, one, sender(one, story))?;
    }
    Ok(())
}

fn sender<'a>(family: &StoryFamily, story: &'a Story) -> Option<&'a StoryCycle> {
    let cycle = family.id.cycle();
    story.cycles.iter().find(|run| run.id == cycle)
}
