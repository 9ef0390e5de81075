//! The gate: runs every rule, reports every breach, and turns what passes into an approved order.

use crate::order::{
    Bracket, BracketPlan, ClientOrderId, EntryIntent, EntryKind, EntryPrice, ExitIntent, ExitKind,
    ExitPlan, ExitPrice, OrderIntent, OrderPlan, ProtectIntent, ProtectPlan,
};
use crate::risk::case::EntryCase;
use crate::risk::exit_rules::{EXIT_RULES, PROTECT_RULES};
use crate::risk::rules::{COLLARS, CRITERIA, ENTRY_RULES, EntryRule};
use crate::risk::sizing::largest_passing;
use crate::risk::{
    ApprovedOrder, Assessment, Breach, EntryCriteria, Figure, Refusal, RiskLimits, RiskView, Rule,
};

/// The gate's answer.
///
/// Shown at [`RiskGate`].
#[derive(Debug)]
pub enum RiskDecision {
    /// The permit to send this order, once, soon.
    Approved(ApprovedOrder),
    /// Every reason not to.
    Refused(Refusal),
}

/// The owner's limits, ready to judge.
///
/// One morning in Hong Kong: a purchase that passes, the same purchase while another of the symbol is
/// at work, and a sale that a halt does not hold back.
///
/// ```
/// use catalyst_domain::day_trading::BrokerRegime;
/// use catalyst_domain::fees::CommissionPlan;
/// use catalyst_domain::market::{Feed, Quote};
/// use catalyst_domain::money::{Currency, Money};
/// use catalyst_domain::order::{
///     EntryIdea, EntryIntent, EntryKind, ExitCause, ExitIntent, ExitKind, OrderIntent, OrderPlan,
/// };
/// use catalyst_domain::risk::{
///     AccountView, DayView, Evidence, Headline, Held, NamedHeadline, RawLimits, RiskDecision,
///     RiskGate, RiskLimits, RiskView, Rule, TradingState, WorkingOrder, WorkingRole,
/// };
/// use catalyst_domain::{exchange::Exchange, news::Sentiment, pattern::PatternKind};
/// use catalyst_domain::{quantity::Shares, rulebook::Rulebook, scan::Membership, side::Side};
///
/// let rules = Rulebook::of(Exchange::Hkex)?;
/// let moment = rules.calendar.moment("2026-11-23T02:00:00Z".parse()?)?;
/// let symbol = "700".parse()?;
/// let listing = rules.lots.instrument(symbol, moment.date)?.instrument;
/// let fees = rules.fees.on(moment.date)?;
/// let million = Some(Money::parse("1000000", Currency::Hkd)?);
/// let view = RiskView {
///     moment: &moment,
///     state: TradingState::Trading,
///     membership: Membership::Member,
///     instrument: Some(listing),
///     grid: Some(rules.ticks.on(moment.date, listing.kind)?),
///     fees: Some(&fees),
///     order_rules: Some(rules.order_rules.on(moment.date)?),
///     day_trading: Some(rules.day_trading.on(moment.date, BrokerRegime::Outgoing)?),
///     plan: CommissionPlan::IbkrTiered,
///     quote: Some(Quote {
///         symbol,
///         last: "500".parse()?,
///         bid: "499.8".parse()?,
///         ask: "500".parse()?,
///         day_volume: Shares::new(5_000_000)?,
///         at: moment.now,
///         feed: Feed::Live,
///     }),
///     account: AccountView { equity: million, cash: million, equity_expected: million },
///     day: DayView {
///         equity_at_open: million,
///         pnl: Some(Money::zero(Currency::Hkd)),
///         entries: Some(0),
///         entries_in_symbol: Some(0),
///         day_trades: Some(0),
///         last_stop_out: None,
///     },
///     holdings: &[],
///     working: &[],
///     findings_open: 0,
///     looser_limit: None,
///     evidence: Evidence {
///         relative_volume: Some(2.into()),
///         rsi: Some(55.into()),
///         pattern: Some(PatternKind::Breakout),
///         headline: Some(NamedHeadline::Returned(Headline {
///             sentiment: Sentiment::Positive,
///             published: "2026-11-23T00:30:00Z".parse()?,
///             latest_negative: None,
///             reading: Some(Sentiment::Positive),
///         })),
///         doubt: None,
///     },
///     market_slippage_ticks: 2,
/// };
/// let entry = EntryIntent {
///     idea: EntryIdea {
///         symbol,
///         side: Side::Buy,
///         kind: EntryKind::Limit,
///         entry: "500".parse()?,
///         stop: "490".parse()?,
///         target: "525".parse()?,
///     },
///     shares: Shares::new(300)?,
/// };
/// let gate = RiskGate::new(RiskLimits::new(RawLimits::owner(), Currency::Hkd)?);
/// let id = "20261123-1000.1-01e".parse()?;
///
/// let assessment = gate.assess(&entry, &view);
/// assert!(assessment.passes());
/// assert_eq!(assessment.max_quantity, Some(Shares::new(400)?));
/// let intent = OrderIntent::Entry(entry);
/// let RiskDecision::Approved(order) = gate.review(&intent, &view, id) else { panic!() };
/// let OrderPlan::Bracket(plan) = order.plan() else { panic!() };
/// assert_eq!(plan.entry.worst().to_string(), "500.00");
/// assert!(order.has_lapsed("2026-11-23T02:00:31Z".parse()?));
///
/// let other = WorkingOrder {
///     symbol,
///     role: WorkingRole::Entry,
///     shares: Shares::new(200)?,
///     price: Some("500".parse()?),
/// };
/// let busy = RiskView { working: &[other], ..view };
/// let RiskDecision::Refused(refusal) = gate.review(&intent, &busy, id) else { panic!() };
/// assert_eq!(
///     refusal.to_string(),
///     "position_share: 200000.00 HKD allowed, 250000.00 HKD found; unresolved_order: none \
///      allowed, an order of the symbol is at work or unresolved found"
/// );
///
/// let held = Held { symbol, shares: Shares::new(300)?, mark: Some("500".parse()?) };
/// let halted = RiskView { state: TradingState::Halted, holdings: &[held], ..view };
/// let mut sale = ExitIntent {
///     symbol,
///     shares: held.shares,
///     kind: ExitKind::Limit("499.8".parse()?),
///     cause: ExitCause::Advisor,
/// };
/// assert_eq!(gate.assess_exit(&sale, &halted), []);
/// sale.shares = Shares::new(301)?;
/// assert_eq!(gate.assess_exit(&sale, &halted)[0].rule, Rule::ExceedsHolding);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct RiskGate {
    limits: RiskLimits,
}

impl RiskGate {
    /// A gate that holds orders to `limits`.
    pub const fn new(limits: RiskLimits) -> Self {
        Self { limits }
    }

    /// The limits in force.
    pub const fn limits(&self) -> &RiskLimits {
        &self.limits
    }

    /// Everything about an intended entry: breaches, notes, warnings, sizing, costs. Grants nothing.
    pub fn assess(&self, intent: &EntryIntent, view: &RiskView<'_>) -> Assessment {
        let case = EntryCase::new(intent, view, &self.limits);
        let (breaches, notes) = judge_entry(&case);
        Assessment {
            breaches,
            notes,
            warnings: broken(COLLARS, &case),
            max_quantity: largest_passing(&case),
            costs: case.costs,
        }
    }

    /// Every reason not to sell as `exit` says; none when it would be approved. Grants nothing.
    pub fn assess_exit(&self, exit: &ExitIntent, view: &RiskView<'_>) -> Vec<Breach> {
        exit_breaches(exit, view)
    }

    /// Judges `intent` at the moment of `view`; what passes becomes the order named `id`.
    pub fn review(
        &self,
        intent: &OrderIntent,
        view: &RiskView<'_>,
        id: ClientOrderId,
    ) -> RiskDecision {
        let planned = match intent {
            OrderIntent::Entry(entry) => self.plan_entry(entry, view),
            OrderIntent::Exit(exit) => plan_exit(exit, view),
            OrderIntent::Protect(guard) => plan_protection(guard, view),
        };
        match planned {
            Ok(plan) => RiskDecision::Approved(ApprovedOrder::new(id, plan, view.now())),
            Err(refusal) => RiskDecision::Refused(refusal),
        }
    }

    fn plan_entry(&self, intent: &EntryIntent, view: &RiskView<'_>) -> Result<OrderPlan, Refusal> {
        let case = EntryCase::new(intent, view, &self.limits);
        let (breaches, _) = judge_entry(&case);
        if let Some(refusal) = Refusal::over(&breaches) {
            return Err(refusal);
        }
        let unknown =
            || Refusal::single(Breach::missing(Rule::LotKnown, "lot and tick of the day"));
        let instrument = view.instrument.ok_or_else(unknown)?;
        let grid = view.grid.ok_or_else(unknown)?;
        let worst = case.worst.ok_or_else(unknown)?;
        let exact = |price| grid.exact(price).map_err(|_off_grid| unknown());
        let bracket = Bracket::long(exact(intent.idea.stop)?, worst, exact(intent.idea.target)?)
            .map_err(|error| {
                let limit = Figure::Word("stop below entry below target");
                let found = Figure::Price(error.entry.price());
                Refusal::single(Breach::new(Rule::Bracket, limit, found))
            })?;
        let entry = match intent.idea.kind {
            EntryKind::Limit => EntryPrice::Limit(worst),
            EntryKind::Market => EntryPrice::Marketable(worst),
        };
        Ok(OrderPlan::Bracket(BracketPlan {
            instrument,
            shares: intent.shares,
            entry,
            bracket,
        }))
    }
}

fn broken(rules: &[EntryRule], case: &EntryCase<'_>) -> Vec<Breach> {
    rules.iter().filter_map(|rule| rule(case).err()).collect()
}

/// Breaches that refuse, and unmet criteria that are only noted.
fn judge_entry(case: &EntryCase<'_>) -> (Vec<Breach>, Vec<Breach>) {
    let mut breaches = broken(ENTRY_RULES, case);
    let criteria = broken(CRITERIA, case);
    match case.limits.entry_criteria() {
        EntryCriteria::Require => {
            breaches.extend(criteria);
            (breaches, Vec::new())
        }
        EntryCriteria::Report => (breaches, criteria),
    }
}

fn exit_breaches(exit: &ExitIntent, view: &RiskView<'_>) -> Vec<Breach> {
    EXIT_RULES
        .iter()
        .filter_map(|rule| rule(exit, view).err())
        .collect()
}

fn plan_exit(exit: &ExitIntent, view: &RiskView<'_>) -> Result<OrderPlan, Refusal> {
    if let Some(refusal) = Refusal::over(&exit_breaches(exit, view)) {
        return Err(refusal);
    }
    let price = match exit.kind {
        ExitKind::Auction => ExitPrice::Auction,
        ExitKind::Limit(price) => ExitPrice::Limit(legal(price, view)?),
    };
    let ExitIntent {
        symbol,
        shares,
        cause,
        ..
    } = *exit;
    Ok(OrderPlan::Exit(ExitPlan {
        symbol,
        shares,
        price,
        cause,
    }))
}

fn plan_protection(guard: &ProtectIntent, view: &RiskView<'_>) -> Result<OrderPlan, Refusal> {
    let breaches: Vec<Breach> = PROTECT_RULES
        .iter()
        .filter_map(|rule| rule(guard, view).err())
        .collect();
    if let Some(refusal) = Refusal::over(&breaches) {
        return Err(refusal);
    }
    let stop = legal(guard.stop, view)?;
    let target = guard.target.map(|target| legal(target, view)).transpose()?;
    let ProtectIntent { symbol, shares, .. } = *guard;
    Ok(OrderPlan::Protect(ProtectPlan {
        symbol,
        shares,
        stop,
        target,
    }))
}

fn legal(
    price: crate::price::Price,
    view: &RiskView<'_>,
) -> Result<crate::tick::LimitPrice, Refusal> {
    view.grid
        .and_then(|grid| grid.exact(price).ok())
        .ok_or_else(|| Refusal::single(Breach::missing(Rule::Tick, "a legal price")))
}
