//! A sale of what is held. It needs the symbol, the quantity, the positions, a last price and the
//! moment; nothing else that is missing, halted or over a limit keeps it from leaving.

use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::market::{Feed, Quote};
use catalyst_domain::order::{EntryKind, ExitCause, ExitIntent, ExitKind};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::{
    AccountView, Breach, DayView, Evidence, Figure, RiskGate, RiskLimits, RiskView, Rule,
    TradingState,
};
use catalyst_domain::scan::Membership;
use catalyst_domain::side::Side;
use catalyst_domain::tick::TickGrid;

use super::answer::Verdict;
use super::judge::{Scene, price_of};
use super::limits::LimitsAsked;
use super::question::{Question, QuoteAsked};
use crate::commands::inspect::{Asked, BadQuestion, Object};

pub(super) fn judge(question: &Question, scene: &Scene<'_>) -> Result<Verdict, BadQuestion> {
    let rules = &scene.book.rules;
    let kind = question
        .instrument
        .as_ref()
        .and_then(|Object(instrument)| instrument.kind)
        .map(|Asked(kind)| kind);
    let kind = kind.unwrap_or_else(|| listed_kind(scene));
    let quote = match &question.quote {
        Some(Object(quote)) => quote_of(scene, quote)?,
        None => None,
    };
    let view = RiskView {
        grid: rules.ticks.on(scene.moment.date, kind).ok(),
        quote,
        ..bare_view(scene)
    };
    let held = view.held(scene.symbol);
    let shares = scene.shares.unwrap_or(held);
    let Some(kind) = exit_kind(scene, quote, view.grid)? else {
        let unpriced = match quote {
            Some(_) => Breach::missing(Rule::Tick, "a legal price at or below the bid"),
            None => Breach::missing(Rule::ExitPrice, "a last price"),
        };
        return Ok(Verdict::over(vec![unpriced]));
    };
    let exit = ExitIntent {
        symbol: scene.symbol,
        shares,
        kind,
        cause: ExitCause::Advisor,
    };
    let mut breaches = gate(scene)?.assess_exit(&exit, &view);
    if shares > held {
        breaches.insert(0, short_sale(held, shares));
    }
    let mut verdict = Verdict::over(breaches);
    verdict.max_quantity = Some(held);
    verdict.warnings = at_work(question, scene);
    if exit.kind == ExitKind::Auction && scene.trade.entry_price.is_some() {
        let warning = "entry_price is not used, the auction sells at the price it finds";
        verdict.warnings.push(warning.to_owned());
    }
    Ok(verdict)
}

/// The kind that the exchange's list has, else an ordinary share.
fn listed_kind(scene: &Scene<'_>) -> InstrumentKind {
    let listed = scene
        .book
        .rules
        .lots
        .instrument(scene.symbol, scene.moment.date);
    listed.map_or(InstrumentKind::Equity, |known| known.instrument.kind)
}

fn short_sale(held: Shares, shares: Shares) -> Breach {
    Breach::new(
        Rule::ShortSale,
        Figure::Shares(held),
        Figure::Shares(shares),
    )
}

/// The exit's own rules read no limit, so the owner's stand in.
fn gate(scene: &Scene<'_>) -> Result<RiskGate, BadQuestion> {
    let limits: RiskLimits = LimitsAsked::default().read(scene.book.rules.market.currency)?;
    Ok(RiskGate::new(limits))
}

/// At the price that the trade names, else at the bid; in an auction at whatever that finds. `None`
/// when there is neither.
fn exit_kind(
    scene: &Scene<'_>,
    quote: Option<Quote>,
    grid: Option<TickGrid<'_>>,
) -> Result<Option<ExitKind>, BadQuestion> {
    let phase = scene.moment.phase;
    if phase.accepts_exits() && !phase.is_continuous() {
        return Ok(Some(ExitKind::Auction));
    }
    let limit = match scene.trade.order_type {
        Some(Asked(EntryKind::Market)) => None,
        Some(Asked(EntryKind::Limit)) | None => {
            price_of(|| "trade.entry_price".to_owned(), scene.trade.entry_price)?
        }
    };
    let at_bid = || {
        let bid = quote?.bid;
        Some(grid?.snap_down(bid)?.price())
    };
    Ok(limit.or_else(at_bid).map(ExitKind::Limit))
}

/// Only the last price counts; a side of the book that is missing is taken for it.
fn quote_of(scene: &Scene<'_>, asked: &QuoteAsked) -> Result<Option<Quote>, BadQuestion> {
    let Some(last) = price_of(|| "quote.last".to_owned(), asked.last)? else {
        return Ok(None);
    };
    let side = |price: Option<Price>| price.unwrap_or(last);
    let readable = |asked| price_of(String::new, asked).unwrap_or(None);
    Ok(Some(Quote {
        symbol: scene.symbol,
        last,
        bid: side(readable(asked.bid)),
        ask: side(readable(asked.ask)),
        day_volume: Shares::ZERO,
        at: asked.at.map_or(scene.moment.now, |Asked(at)| at.to_utc()),
        feed: asked.feed.map_or(Feed::Live, |Asked(feed)| feed),
    }))
}

/// Sales of the symbol at work are its stop and target; whoever sends the exit cancels them first.
fn at_work(question: &Question, scene: &Scene<'_>) -> Vec<String> {
    let sales = question.working.iter().flatten().filter(|Object(order)| {
        order.symbol == Asked(scene.symbol) && order.side == Asked(Side::Sell)
    });
    let shares = sales.fold(Shares::ZERO, |sum, Object(order)| {
        sum.plus(order.quantity.0)
    });
    if shares.is_zero() {
        return Vec::new();
    }
    vec![format!(
        "{shares} shares are at work to be sold already, cancel these orders first"
    )]
}

fn bare_view<'a>(scene: &'a Scene<'a>) -> RiskView<'a> {
    RiskView {
        moment: &scene.moment,
        state: TradingState::Trading,
        membership: Membership::Member,
        instrument: None,
        grid: None,
        fees: None,
        order_rules: None,
        day_trading: None,
        plan: CommissionPlan::None,
        quote: None,
        account: AccountView {
            equity: None,
            cash: None,
            equity_expected: None,
        },
        day: DayView {
            equity_at_open: None,
            pnl: None,
            entries: None,
            entries_in_symbol: None,
            day_trades: None,
            last_stop_out: None,
        },
        holdings: &scene.holdings,
        working: &[],
        findings_open: 0,
        looser_limit: None,
        evidence: Evidence::NONE,
        market_slippage_ticks: 0,
    }
}
