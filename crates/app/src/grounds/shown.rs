//! The numbers and symbols of one answer, by the tool that gave it.

use catalyst_domain::grounding::Grounds;
use catalyst_domain::money::Money;
use catalyst_domain::risk::{Breach, Figure, LimitValue};
use catalyst_ports::advisor::Brief;
use catalyst_ports::tool::{
    CloseReport, ExecutionReport, NewsReport, PortfolioView, RiskReport, ToolProblem, ToolReply,
};
use rust_decimal::Decimal;

use super::looks::{see_patterns, see_quotes, see_scan, see_technicals};

/// Takes in what `reply` shows.
pub(crate) fn see(seen: &mut Grounds, reply: &ToolReply) {
    match reply {
        ToolReply::Scan(report) => see_scan(seen, report),
        ToolReply::Quotes(report) => see_quotes(seen, report),
        ToolReply::Technicals(report) => see_technicals(seen, report),
        ToolReply::Patterns(report) => see_patterns(seen, report),
        ToolReply::News(report) => see_news(seen, report),
        ToolReply::Risk(report) => see_risk(seen, report),
        ToolReply::Portfolio(view) => see_portfolio(seen, view),
        ToolReply::Execution(report) => see_execution(seen, report),
        ToolReply::Close(report) => see_close(seen, report),
        ToolReply::CloseAll(report) => {
            for closed in &report.closed {
                see_close(seen, closed);
            }
        }
        ToolReply::Problem(ToolProblem::Refused { breaches }) => see_breaches(seen, breaches),
        ToolReply::Alert(_) | ToolReply::Decision(_) | ToolReply::Problem(_) => {}
    }
}

/// Takes in the picture that the conversation began with: the portfolio and the limits in force. The
/// words of earlier cycles ground nothing.
pub(crate) fn see_brief(seen: &mut Grounds, brief: &Brief) {
    see_portfolio(seen, &brief.portfolio);
    for limit in brief.limits.named() {
        if let LimitValue::Number(number) = limit.value {
            seen.see_number(number);
        }
    }
}

fn see_news(seen: &mut Grounds, report: &NewsReport) {
    for news in &report.news {
        seen.see_symbol(news.symbol);
        for item in &news.items {
            seen.see_number(item.age_minutes.into());
            seen.see_text(item.headline.as_str());
        }
    }
}

fn see_risk(seen: &mut Grounds, report: &RiskReport) {
    for breaches in [&report.breaches, &report.notes, &report.warnings] {
        see_breaches(seen, breaches);
    }
    let costs = report.costs.iter();
    let costs = costs.flat_map(|costs| [costs.entry, costs.exit_at_target, costs.exit_at_stop]);
    let most = report.max_quantity.map(|most| Decimal::from(most.count()));
    costs
        .map(Money::amount)
        .chain(most)
        .chain(report.net_reward_risk)
        .chain(report.break_even_pct)
        .for_each(|number| seen.see_number(number));
}

fn see_portfolio(seen: &mut Grounds, view: &PortfolioView) {
    for money in [view.cash, view.equity].into_iter().chain(view.day_pnl) {
        seen.see_number(money.amount());
    }
    for line in &view.positions {
        seen.see_symbol(line.symbol);
        seen.see_number(line.shares.count().into());
        seen.see_number(line.protected_shares.count().into());
        seen.see_number(line.average_price);
        let prices = [line.last, line.stop, line.target];
        for price in prices.into_iter().flatten() {
            seen.see_number(price.value());
        }
        if let Some(gain) = line.unrealised {
            seen.see_number(gain.amount());
        }
    }
    for line in &view.working {
        seen.see_symbol(line.symbol);
        seen.see_number(line.remaining.count().into());
        if let Some(price) = line.price {
            seen.see_number(price.value());
        }
    }
    let used = &view.limits;
    let counts = [used.names, used.names_max, used.entries, used.entries_max];
    counts
        .map(Decimal::from)
        .into_iter()
        .chain(used.daily_loss_pct)
        .chain([used.daily_loss_max_pct])
        .for_each(|number| seen.see_number(number));
}

fn see_execution(seen: &mut Grounds, report: &ExecutionReport) {
    seen.see_symbol(report.symbol);
    seen.see_number(report.filled.count().into());
    if let Some(price) = report.average_price {
        seen.see_number(price);
    }
}

fn see_close(seen: &mut Grounds, report: &CloseReport) {
    seen.see_symbol(report.symbol);
    seen.see_number(report.sold.count().into());
    seen.see_number(report.held.count().into());
}

fn see_breaches(seen: &mut Grounds, breaches: &[Breach]) {
    let figures = breaches
        .iter()
        .flat_map(|breach| [breach.limit, breach.found]);
    for number in figures.filter_map(number_of) {
        seen.see_number(number);
    }
}

fn number_of(figure: Figure) -> Option<Decimal> {
    match figure {
        Figure::Money(money) => Some(money.amount()),
        Figure::Price(price) => Some(price.value()),
        Figure::Shares(shares) => Some(shares.count().into()),
        Figure::Count(count) => Some(count.into()),
        Figure::Share(share) => Some(share.to_fraction()),
        Figure::Number(number) => Some(number),
        Figure::Span(span) => Some(span.num_seconds().into()),
        Figure::Symbol(_) | Figure::Word(_) | Figure::Setting(..) | Figure::Missing => None,
    }
}
