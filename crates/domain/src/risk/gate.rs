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
#[derive(Debug)]
pub enum RiskDecision {
    /// The permit to send this order, once, soon.
    Approved(ApprovedOrder),
    /// Every reason not to.
    Refused(Refusal),
}

/// The owner's limits, ready to judge.
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
