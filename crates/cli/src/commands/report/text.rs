//! The report as plain text that stands alone, of at most a hundred columns.

use std::io::{self, Write};

use catalyst_app::{PeriodReport, TradeEnd, TradeStory};
use rust_decimal::Decimal;

use super::words::{
    Words, amount, amount_or_unknown, count, duration, foreign, missing, percent, points, price,
    signed, signed_or_unknown, signed_percent, span, would_have,
};
use crate::commands::why::page::Page;

/// Refused trades that are told one by one.
const REFUSALS_MAX: usize = 20;

/// Writes all of it.
pub(super) fn write(
    out: &mut impl Write,
    report: &PeriodReport,
    words: &Words<'_>,
) -> io::Result<()> {
    let mut page = Page::new(out, words.calendar);
    head(&mut page, report)?;
    sums(&mut page, report, words)?;
    if !report.trades.is_empty() {
        page.gap()?;
        page.head("trades")?;
    }
    for trade in &report.trades {
        page.gap()?;
        one_trade(&mut page, trade, words)?;
    }
    refusals(&mut page, report, words)?;
    alerts(&mut page, report, words)
}

fn head(page: &mut Page<'_, impl Write>, report: &PeriodReport) -> io::Result<()> {
    let runs: usize = report.lines.iter().map(|line| line.runs).sum();
    let unwell: usize = report.lines.iter().map(|line| line.unwell).sum();
    page.head(&format!("report of {}", span(report.days)))?;
    let days = count(report.lines.len(), "day", "days");
    page.line(
        "runs",
        &format!("{runs} on {days}, {unwell} of them not well"),
    )?;
    if !report.missing.is_empty() {
        page.line("MISSING", &missing(&report.missing))?;
    }
    Ok(())
}

fn sums(
    page: &mut Page<'_, impl Write>,
    report: &PeriodReport,
    words: &Words<'_>,
) -> io::Result<()> {
    let totals = &report.totals;
    page.line("net", &signed_or_unknown(totals.net))?;
    page.line("gross", &signed_or_unknown(totals.gross))?;
    page.line("fees", &amount(totals.fees))?;
    page.line("model", &model(report))?;
    match report.curve.ends() {
        Some((first, last)) => {
            page.line("equity", &format!("{} to {}", amount(first), amount(last)))?;
        }
        None => page.line("equity", "never read")?,
    }
    let fall = report.curve.deepest.map_or_else(
        || "none".to_owned(),
        |fall| {
            let (from, to) = (words.moment(fall.peak_at), words.moment(fall.low_at));
            format!(
                "{}, {} from {from} to {to}",
                percent(fall.fraction),
                amount(fall.amount)
            )
        },
    );
    page.line("drawdown", &fall)?;
    page.line("trades", &trades(report))?;
    page.line("protected", &protected(report))?;
    page.line("beside", &beside(report))?;
    if !report.foreign_bars.is_empty() {
        let names = foreign(&report.foreign_bars);
        page.line(
            "bars",
            &format!("not used, other prices were traded: {names}"),
        )?;
    }
    Ok(())
}

/// What models cost, in both currencies where there are two.
pub(super) fn model(report: &PeriodReport) -> String {
    let totals = &report.totals;
    let billed: Vec<String> = totals.model_billed.iter().copied().map(amount).collect();
    let questions = count(
        usize::try_from(totals.questions).unwrap_or(usize::MAX),
        "question",
        "questions",
    );
    if billed.is_empty() {
        return format!("{}, no questions", amount_or_unknown(totals.model));
    }
    let counted = amount_or_unknown(totals.model);
    format!("{counted} ({} for {questions})", billed.join(" and "))
}

/// How the trades ended.
pub(super) fn trades(report: &PeriodReport) -> String {
    let totals = &report.totals;
    let ended = totals.won + totals.lost + totals.unknown;
    let unknown = match totals.unknown {
        0 => String::new(),
        some => format!(", {some} UNKNOWN"),
    };
    let open = match totals.open {
        0 => String::new(),
        some => format!("; {some} still held"),
    };
    format!(
        "{ended} ended: {} won, {} lost{unknown}{open}",
        totals.won, totals.lost
    )
}

/// The share of holding time under a stop.
pub(super) fn protected(report: &PeriodReport) -> String {
    match report.cover.points() {
        None => "nothing was held".to_owned(),
        Some(share) => {
            let bare = report.cover.held - report.cover.covered;
            format!(
                "{} of {} held; {} without a stop that was known to work",
                points(share),
                duration(report.cover.held),
                duration(bare)
            )
        }
    }
}

/// The account, the market and doing nothing.
pub(super) fn beside(report: &PeriodReport) -> String {
    let own = report.curve.ends().and_then(|(first, last)| {
        let change = last.amount().checked_div(first.amount())? - Decimal::ONE;
        Some(signed_percent(change))
    });
    let own = own.unwrap_or_else(|| "not known".to_owned());
    let market = report.beside.as_ref().map_or_else(
        || "the market not known, there are no bars".to_owned(),
        |beside| {
            let days = count(beside.days, "day", "days");
            format!(
                "{} {} over {days}",
                beside.name,
                signed_percent(beside.change)
            )
        },
    );
    format!("account {own}; {market}; doing nothing 0.00 %")
}

fn one_trade(
    page: &mut Page<'_, impl Write>,
    trade: &TradeStory,
    words: &Words<'_>,
) -> io::Result<()> {
    let made = result(trade);
    page.head(&format!("{} {made}: {}", trade.symbol, words.held(trade)))?;
    let exit = match trade.end {
        TradeEnd::Closed { exit, .. } => format!(", out at {}", price(exit)),
        TradeEnd::Open | TradeEnd::Unknown { .. } => String::new(),
    };
    let level = |level: Option<catalyst_domain::price::Price>| {
        level.map_or_else(|| "not kept".to_owned(), |level| price(level.value()))
    };
    page.line(
        "prices",
        &format!(
            "{} shares in at {}{exit}; stop {}, target {}",
            trade.shares,
            price(trade.entry),
            level(trade.stop),
            level(trade.target)
        ),
    )?;
    if let TradeEnd::Closed { gross, fees, .. } = trade.end {
        let model = amount_or_unknown(trade.model);
        page.line(
            "made",
            &format!(
                "gross {}, fees {}, share of the model {model}",
                signed(gross),
                amount(fees)
            ),
        )?;
    }
    page.line("in", &trade.reason_in)?;
    if let Some(reason) = &trade.reason_out {
        page.line("out", reason)?;
    }
    page.line("order", &trade.order.to_string())
}

/// What a trade made after its fees, before its share of the model.
pub(super) fn result(trade: &TradeStory) -> String {
    match trade.end {
        TradeEnd::Closed { net, .. } => signed(net),
        TradeEnd::Open => "open".to_owned(),
        TradeEnd::Unknown { .. } => "result unknown".to_owned(),
    }
}

fn refusals(
    page: &mut Page<'_, impl Write>,
    report: &PeriodReport,
    words: &Words<'_>,
) -> io::Result<()> {
    let refusals = &report.refusals;
    page.gap()?;
    page.head(&format!(
        "refused {}",
        count(refusals.count, "time", "times")
    ))?;
    for (rule, times) in &refusals.by_rule {
        page.line("", &format!("{times} by {rule}"))?;
    }
    if let Some(sum) = refusals.would_have {
        page.line(
            "",
            &format!("what was refused would have made {} in all", signed(sum)),
        )?;
    }
    for line in refusals.lines.iter().take(REFUSALS_MAX) {
        let entry = &line.entry;
        let at = words.moment(entry.at);
        let more = if line.times > 1 {
            format!(" ({} times that day)", line.times)
        } else {
            String::new()
        };
        page.line(
            "",
            &format!(
                "{at} {} {} shares{more}: {}",
                entry.symbol,
                entry.shares,
                would_have(line.would_have)
            ),
        )?;
    }
    let rest = refusals.lines.len().saturating_sub(REFUSALS_MAX);
    if rest > 0 {
        page.line("", &format!("and {rest} more, told by --json and --html"))?;
    }
    Ok(())
}

fn alerts(
    page: &mut Page<'_, impl Write>,
    report: &PeriodReport,
    words: &Words<'_>,
) -> io::Result<()> {
    if report.alerts.is_empty() {
        return Ok(());
    }
    page.gap()?;
    page.head(&count(report.alerts.len(), "alert", "alerts"))?;
    for (alert, delivered) in &report.alerts {
        let kept = if *delivered { "" } else { " (NOT DELIVERED)" };
        let at = words.moment(alert.at);
        page.line(
            "",
            &format!("{at} {}: {}{kept}", alert.severity, alert.subject),
        )?;
    }
    Ok(())
}
