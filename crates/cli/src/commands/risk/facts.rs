//! Facts: what a question says about the world around a purchase, as the gate is told it.

use catalyst_domain::day_trading::BrokerRegime;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::instrument::{Instrument, InstrumentKind};
use catalyst_domain::market::Quote;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::{
    AccountView, DayView, EntryCriteria, Evidence, Headline, NamedHeadline, RiskLimits, RiskView,
    TradingState, WorkingOrder, WorkingRole,
};
use catalyst_domain::scan::Membership;
use catalyst_domain::side::Side;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::account::{self, AccountRead};
use super::judge::{Scene, part, price_of};
use super::limits::LimitsAsked;
use super::question::{
    DayAsked, EvidenceAsked, InstrumentAsked, Question, QuoteAsked, WorkingAsked,
};
use crate::commands::inspect::{Asked, BadQuestion, Field as _, Given, Object, needed};

/// Everything but the trade itself.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) limits: RiskLimits,
    pub(super) instrument: Option<Instrument>,
    pub(super) quote: Option<Quote>,
    pub(super) plan: CommissionPlan,
    kind: InstrumentKind,
    account: AccountRead,
    day: DayView,
    working: Vec<WorkingOrder>,
    evidence: Evidence,
    state: TradingState,
    findings_open: u32,
    slippage_ticks: u32,
}

impl Facts {
    pub(super) fn read(question: &Question, scene: &Scene<'_>) -> Result<Self, BadQuestion> {
        let market = scene.book.rules.market.currency;
        let given = part("instrument", question.instrument.as_ref())?;
        let kind = needed("instrument.kind", given.kind)?;
        let instrument = instrument_of(given, kind, scene)?;
        let day = part("day", question.day.as_ref())?;
        let account = account::read(part("account", question.account.as_ref())?, day, market)?;
        let none = LimitsAsked::default();
        let asked = question
            .limits
            .as_ref()
            .map_or(&none, |Object(limits)| limits);
        let limits = asked.read(market)?;
        let quote = match &question.quote {
            Some(Object(quote)) => quote_of(scene, quote)?,
            None => None,
        };
        Ok(Self {
            limits: if question.evidence.is_some() {
                limits
            } else {
                limits.with_entry_criteria(EntryCriteria::Report)
            },
            instrument,
            quote,
            plan: question
                .plan
                .map_or(CommissionPlan::IbkrFixed, |Asked(plan)| plan),
            kind,
            account,
            day: day_of(day, &account, scene)?,
            working: working_of(question.working.as_deref())?,
            evidence: question
                .evidence
                .as_ref()
                .map_or(Evidence::NONE, |Object(evidence)| {
                    evidence_of(evidence, scene.moment.now)
                }),
            state: question
                .halt
                .map_or(TradingState::Trading, |Asked(state)| state),
            findings_open: question.findings.map_or(0, |Asked(count)| count),
            slippage_ticks: asked.slippage_ticks()?,
        })
    }

    /// What the exchange's dated lists say otherwise of the instrument; the question's word counts.
    pub(super) fn listing_warnings(&self, scene: &Scene<'_>) -> Vec<String> {
        let date = scene.moment.date;
        let (Some(given), Ok(known)) = (
            self.instrument,
            scene.book.rules.lots.instrument(scene.symbol, date),
        ) else {
            return Vec::new();
        };
        let listed = known.instrument;
        let mut warnings = Vec::new();
        if listed.lot_size != given.lot_size {
            warnings.push(format!(
                "a lot of {} is given, the list as of {} has {}",
                given.lot_size, known.as_of, listed.lot_size
            ));
        }
        if listed.kind != given.kind {
            warnings.push(format!(
                "kind {} is given, the list as of {} has {}",
                given.kind, known.as_of, listed.kind
            ));
        }
        warnings
    }

    /// What the gate sees.
    pub(super) fn view<'a>(&'a self, scene: &'a Scene<'a>) -> RiskView<'a> {
        let rules = &scene.book.rules;
        let date = scene.moment.date;
        RiskView {
            moment: &scene.moment,
            state: self.state,
            membership: Membership::Member,
            instrument: self.instrument,
            grid: rules.ticks.on(date, self.kind).ok(),
            fees: scene.book.fees(),
            order_rules: rules.order_rules.on(date).ok(),
            day_trading: rules.day_trading.on(date, BrokerRegime::Outgoing).ok(),
            plan: self.plan,
            quote: self.quote,
            account: AccountView {
                equity: self.account.equity,
                cash: self.account.cash,
                equity_expected: None,
            },
            day: self.day,
            holdings: &scene.holdings,
            working: &self.working,
            findings_open: self.findings_open,
            looser_limit: None,
            evidence: self.evidence,
            market_slippage_ticks: self.slippage_ticks,
        }
    }
}

fn instrument_of(
    given: &InstrumentAsked,
    kind: InstrumentKind,
    scene: &Scene<'_>,
) -> Result<Option<Instrument>, BadQuestion> {
    let symbol = needed("instrument.symbol", given.symbol)?;
    if symbol != scene.symbol {
        let allowed = format!("{}, as trade.symbol has it", scene.symbol);
        return Err(BadQuestion::new(
            "instrument.symbol",
            symbol.as_str(),
            &allowed,
        ));
    }
    let currency = needed("instrument.currency", given.currency)?;
    let market = scene.book.rules.market.currency;
    if currency != market {
        let allowed = format!("{market}, the currency of the exchange's tables");
        return Err(BadQuestion::new(
            "instrument.currency",
            currency.code(),
            &allowed,
        ));
    }
    Ok(given.lot.map(|Asked(lot_size)| Instrument {
        symbol,
        kind,
        currency,
        lot_size,
    }))
}

/// Entries of other symbols are no part of the question, and what it leaves out counts as none here:
/// the rules that need it are named as not checked.
fn day_of(
    day: &DayAsked,
    account: &AccountRead,
    scene: &Scene<'_>,
) -> Result<DayView, BadQuestion> {
    let given = day.trades.and_then(|Asked(given)| given.number());
    let counted = |number: Decimal| {
        let whole = (number.fract() == Decimal::ZERO).then(|| number.to_u32());
        let wrong = || BadQuestion::new("day.trades", &number.to_string(), u32::ALLOWED);
        whole.flatten().ok_or_else(wrong)
    };
    Ok(DayView {
        equity_at_open: account.equity_at_open,
        pnl: account.pnl,
        entries: given.map(counted).transpose()?,
        entries_in_symbol: Some(
            day.entries
                .as_ref()
                .map_or(0, |counts| counts.of(scene.symbol)),
        ),
        day_trades: Some(0),
        last_stop_out: None,
    })
}

/// A purchase at work is an entry; a sale at work is the stop or target of what is held.
fn working_of(working: Option<&[Object<WorkingAsked>]>) -> Result<Vec<WorkingOrder>, BadQuestion> {
    let order = |(index, Object(order)): (usize, &Object<WorkingAsked>)| {
        let Asked(side) = order.side;
        Ok(WorkingOrder {
            symbol: order.symbol.0,
            role: match side {
                Side::Buy => WorkingRole::Entry,
                Side::Sell => WorkingRole::Stop,
            },
            shares: order.quantity.0,
            price: price_of(|| format!("working[{index}].price"), order.price)?,
        })
    };
    working
        .unwrap_or(&[])
        .iter()
        .enumerate()
        .map(order)
        .collect()
}

/// A quote of which a part is missing is no quote.
fn quote_of(scene: &Scene<'_>, asked: &QuoteAsked) -> Result<Option<Quote>, BadQuestion> {
    let price = |field: &'static str, asked| price_of(|| field.to_owned(), asked);
    let last = price("quote.last", asked.last)?;
    let bid = price("quote.bid", asked.bid)?;
    let ask = price("quote.ask", asked.ask)?;
    let (Some(last), Some(bid), Some(ask)) = (last, bid, ask) else {
        return Ok(None);
    };
    let (Some(Asked(at)), Some(Asked(feed))) = (asked.at, asked.feed) else {
        return Ok(None);
    };
    Ok(Some(Quote {
        symbol: scene.symbol,
        last,
        bid,
        ask,
        day_volume: Shares::ZERO,
        at: at.to_utc(),
        feed,
    }))
}

/// The headline of a question was returned, with nothing bad after it; it is as new as can be where
/// the question does not say.
fn evidence_of(asked: &EvidenceAsked, now: DateTime<Utc>) -> Evidence {
    let number = |asked: Option<Asked<Given>>| asked.and_then(|Asked(given)| given.number());
    Evidence {
        relative_volume: number(asked.relative_volume),
        rsi: number(asked.rsi),
        pattern: asked.pattern.map(|Asked(pattern)| pattern),
        headline: asked.headline_sentiment.map(|Asked(sentiment)| {
            NamedHeadline::Returned(Headline {
                sentiment,
                published: asked
                    .headline_published
                    .map_or(now, |Asked(at)| at.to_utc()),
                latest_negative: None,
                reading: None,
            })
        }),
        doubt: None,
    }
}
