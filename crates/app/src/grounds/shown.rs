//! The numbers and symbols of one answer, by the tool that gave it.

use catalyst_domain::grounding::Grounds;
use catalyst_domain::money::Money;
use catalyst_domain::risk::LimitValue;
use catalyst_ports::advisor::Brief;
use catalyst_ports::tool::{
    CloseReport, ExecutionReport, NewsReport, PortfolioView, RiskReport, ToolReply,
};
use rust_decimal::Decimal;

use super::looks::{see_patterns, see_quotes, see_scan, see_technicals};

/// Takes in what `reply` shows. A refusal shows nothing: what it found may be what the advisor made up, and
/// the limits are in the brief.
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
