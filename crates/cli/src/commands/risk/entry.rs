//! A purchase before the gate. Figures that are missing are breaches of the rules that need them;
//! optional parts that are left out are named as not checked.

use catalyst_domain::day_trading::DayTradeRule;
use catalyst_domain::order::{EntryIdea, EntryIntent, EntryKind};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::{Assessment, Breach, RiskGate, RiskView, Rule};
use catalyst_domain::side::Side;

use super::answer::Verdict;
use super::facts::Facts;
use super::judge::{Scene, price_of};
use super::question::Question;
use crate::commands::inspect::{BadQuestion, Object, needed};

/// Criteria that only evidence can meet.
const CRITERIA: [Rule; 4] = [
    Rule::NewsCatalyst,
    Rule::RelativeVolume,
    Rule::RsiRange,
    Rule::NamedPattern,
];

/// Rules that no part of a question tells of.
const UNASKED: [Rule; 5] = [
    Rule::CoolDown,
    Rule::EquityJump,
    Rule::DataDoubted,
    Rule::LimitsNotAccepted,
    Rule::Universe,
];

/// The three prices of a trade.
#[derive(Debug, Clone, Copy)]
struct Prices {
    entry: Option<Price>,
    stop: Option<Price>,
    target: Option<Price>,
}

pub(super) fn judge(question: &Question, scene: &Scene<'_>) -> Result<Verdict, BadQuestion> {
    let kind = needed("trade.order_type", scene.trade.order_type)?;
    let reason = scene.trade.reason.as_deref().unwrap_or("");
    if reason.trim().is_empty() {
        return Err(BadQuestion::missing("trade.reason", "a few words"));
    }
    let facts = Facts::read(question, scene)?;
    let prices = Prices::read(scene)?;
    let gate = RiskGate::new(facts.limits.clone());
    let view = facts.view(scene);
    let mut verdict = match prices.idea(scene, kind) {
        Some(idea) => {
            let mut found = assess(&gate, idea, &view, scene.shares);
            if question.evidence.is_none() {
                found.notes.clear();
            }
            verdict_on(found, &view)
        }
        None => unpriced(&gate, prices, &view, (scene, kind)),
    };
    verdict.not_checked.extend(left_out(question, &view));
    verdict.warnings.extend(facts.listing_warnings(scene));
    Ok(verdict)
}

/// The gate's findings on a trade whose prices are all there, at the largest size that passes where
/// none is asked about.
fn assess(
    gate: &RiskGate,
    idea: EntryIdea,
    view: &RiskView<'_>,
    shares: Option<Shares>,
) -> Assessment {
    let one_lot = view
        .instrument
        .map_or(Shares::ZERO, |instrument| instrument.lot_size.as_shares());
    let intent = EntryIntent {
        idea,
        shares: shares.unwrap_or(one_lot),
    };
    let found = gate.assess(&intent, view);
    match (shares, found.max_quantity) {
        (None, Some(most)) => gate.assess(
            &EntryIntent {
                shares: most,
                ..intent
            },
            view,
        ),
        (Some(_), _) | (None, None) => found,
    }
}

fn verdict_on(found: Assessment, view: &RiskView<'_>) -> Verdict {
    let words = found.warnings.iter().chain(&found.notes);
    let verdict = Verdict {
        max_quantity: found.max_quantity.or_else(|| none_passes(&found, view)),
        warnings: words.map(Breach::to_string).collect(),
        ..Verdict::over(found.breaches)
    };
    match &found.costs {
        Some(costs) => verdict.costing(costs),
        None => verdict,
    }
}

/// Zero where a size could be sought and not even one lot passes.
fn none_passes(found: &Assessment, view: &RiskView<'_>) -> Option<Shares> {
    let is_sought = view.account.equity.is_some() && view.account.cash.is_some();
    (is_sought && found.costs.is_some()).then_some(Shares::ZERO)
}

/// A trade that lacks a price breaks the bracket. What does not depend on prices is judged all the
/// same, with a price of the question standing in; what does is named as not checked.
fn unpriced(
    gate: &RiskGate,
    prices: Prices,
    view: &RiskView<'_>,
    (scene, kind): (&Scene<'_>, EntryKind),
) -> Verdict {
    let mut breaches = Vec::new();
    if let Some(any) = prices.any().or(view.quote.map(|quote| quote.last)) {
        let stand_in = Prices {
            entry: Some(any),
            stop: Some(any),
            target: Some(any),
        };
        if let Some(idea) = stand_in.idea(scene, kind) {
            breaches = assess(gate, idea, view, scene.shares).breaches;
            breaches.retain(|breach| !needs_prices(breach.rule));
        }
    }
    breaches.extend(prices.missing());
    let mut verdict = Verdict::over(breaches);
    verdict.not_checked = Rule::ALL
        .into_iter()
        .filter(|rule| needs_prices(*rule) && *rule != Rule::Bracket)
        .map(Rule::as_str)
        .collect();
    verdict
}

/// Optional parts that the question leaves out, and what it has no part for.
fn left_out(question: &Question, view: &RiskView<'_>) -> Vec<&'static str> {
    let mut rules = Vec::new();
    let mut unless = |is_there: bool, needing: &[Rule]| {
        if !is_there {
            rules.extend(needing.iter().map(|rule| rule.as_str()));
        }
    };
    let entries = question
        .day
        .as_ref()
        .and_then(|Object(day)| day.entries.as_ref());
    unless(question.halt.is_some(), &[Rule::Halt]);
    unless(question.working.is_some(), &[Rule::UnresolvedOrder]);
    unless(entries.is_some(), &[Rule::EntriesPerSymbol]);
    unless(question.findings.is_some(), &[Rule::FindingsOpen]);
    unless(question.evidence.is_some(), &CRITERIA);
    unless(day_trades_settled(view), &[Rule::DayTrades]);
    unless(false, &UNASKED);
    rules
}

/// True where no count of day trades could change the answer.
fn day_trades_settled(view: &RiskView<'_>) -> bool {
    match view.day_trading {
        Some(DayTradeRule::Free) | None => true,
        Some(DayTradeRule::Pattern(limit)) => {
            let lifts = |equity| limit.is_lifted_by(equity);
            view.account.equity.is_some_and(lifts)
        }
    }
}

/// True for rules that say nothing without the prices of the trade.
const fn needs_prices(rule: Rule) -> bool {
    match rule {
        Rule::Tick
        | Rule::Bracket
        | Rule::StopDistance
        | Rule::PriceBand
        | Rule::MarketOrder
        | Rule::PositionShare
        | Rule::RiskPerTrade
        | Rule::RewardRisk
        | Rule::Cash
        | Rule::MaxOrderValue
        | Rule::MaxGrossValue
        | Rule::CostsKnown => true,
        Rule::Halt
        | Rule::Phase
        | Rule::SessionEdge
        | Rule::ShortSale
        | Rule::Universe
        | Rule::LotKnown
        | Rule::BoardLot
        | Rule::OrderSize
        | Rule::QuoteFresh
        | Rule::QuoteLive
        | Rule::DataDoubted
        | Rule::MaxPositions
        | Rule::DailyLoss
        | Rule::DailyTrades
        | Rule::EntriesPerSymbol
        | Rule::CoolDown
        | Rule::EquityKnown
        | Rule::EquityJump
        | Rule::UnresolvedOrder
        | Rule::FindingsOpen
        | Rule::LimitsNotAccepted
        | Rule::NewsCatalyst
        | Rule::RelativeVolume
        | Rule::RsiRange
        | Rule::NamedPattern
        | Rule::CheckRiskFirst
        | Rule::Grounding
        | Rule::ExceedsHolding
        | Rule::WorkingExit
        | Rule::ExitPrice
        | Rule::StopMovedAway
        | Rule::DayTrades
        | Rule::QuotationRange
        | Rule::EnhancedLimit
        | Rule::NominalRange => false,
    }
}

impl Prices {
    fn read(scene: &Scene<'_>) -> Result<Self, BadQuestion> {
        let trade = scene.trade;
        let price = |field: &'static str, asked| price_of(|| field.to_owned(), asked);
        Ok(Self {
            entry: price("trade.entry_price", trade.entry_price)?,
            stop: price("trade.stop_loss", trade.stop_loss)?,
            target: price("trade.take_profit", trade.take_profit)?,
        })
    }

    fn idea(self, scene: &Scene<'_>, kind: EntryKind) -> Option<EntryIdea> {
        Some(EntryIdea {
            symbol: scene.symbol,
            side: Side::Buy,
            kind,
            entry: self.entry?,
            stop: self.stop?,
            target: self.target?,
        })
    }

    fn any(self) -> Option<Price> {
        self.entry.or(self.stop).or(self.target)
    }

    fn missing(self) -> impl Iterator<Item = Breach> {
        [
            (self.entry, "an entry price"),
            (self.stop, "a stop below the entry"),
            (self.target, "a target above the entry"),
        ]
        .into_iter()
        .filter(|(price, _)| price.is_none())
        .map(|(_, needed)| Breach::missing(Rule::Bracket, needed))
    }
}
