//! Vain exits: the stop was taken away, nothing was sold, and the stop was put back. Each leaves the position
//! bare for a while, so that after many of them in a row the stop stays for longer before the next.

use catalyst_domain::order::{Fill, OrderPlan, RunKind};
use catalyst_domain::reconcile::guarded_shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::Family;
use catalyst_ports::tool::Severity;
use chrono::{DateTime, TimeDelta, Utc};
use tracing::warn;

use crate::observe::Picture;
use crate::running::Running;

/// How long the stop stays after too many vain exits.
const REST: TimeDelta = TimeDelta::minutes(30);

/// When stops were put back under `symbol` after exits that sold nothing, since something of it was last
/// sold. An exit that sold a part is not in vain.
fn vain_exits(families: &[Family], fills: &[Fill], symbol: Symbol) -> Vec<DateTime<Utc>> {
    let sold = |fill: &&Fill| fill.symbol == symbol && fill.side == Side::Sell;
    let last_sale = fills.iter().filter(sold).map(|fill| fill.at).max();
    let mut vain = Vec::new();
    let mut leaving_since: Option<DateTime<Utc>> = None;
    for family in families {
        let intent = &family.intent;
        if intent.plan.symbol() != symbol {
            continue;
        }
        match (&intent.plan, leaving_since.take()) {
            (OrderPlan::Exit(_), since) => leaving_since = since.or(Some(intent.at)),
            (OrderPlan::Protect(_), Some(since)) if last_sale.is_none_or(|sale| sale < since) => {
                vain.push(intent.at);
            }
            (OrderPlan::Bracket(_) | OrderPlan::Protect(_), _) => {}
        }
    }
    vain
}

/// True while the stop of `symbol` stays because too many exits were vain. What has no stop of its full size
/// is left all the same, and so is everything in the closing auction and at the owner's own hand.
pub(super) fn rests(run: &Running<'_>, picture: &Picture, symbol: Symbol) -> bool {
    let is_guarded = guarded_shares(symbol, &picture.working) == picture.held(symbol);
    let is_asked = run.id.kind() == RunKind::Hand;
    if !picture.moment.phase.is_continuous() || !is_guarded || is_asked {
        return false;
    }
    let vain = vain_exits(&picture.day.families, &picture.day.fills, symbol);
    let rests = is_enough(run, vain.len())
        && vain
            .last()
            .is_some_and(|last| picture.moment.now < *last + REST);
    if rests {
        warn!(cycle.id = %run.id, %symbol, vain = vain.len(), "the stop stays, exits were vain");
    }
    rests
}

fn is_enough(run: &Running<'_>, vain: usize) -> bool {
    u32::try_from(vain).unwrap_or(u32::MAX) >= run.policy.repairs_max
}

/// Calls the owner when the exit of `symbol` that has just come to nothing is the one after which the stop
/// stays for longer: once, and again only after something was sold. A journal that cannot be read keeps no
/// other stop waiting.
pub(super) async fn tell_if_vain(run: &Running<'_>, symbol: Symbol) {
    let today = run.rules.calendar.date_of(run.now());
    let vain = match run.ports.journal.day(today).await {
        Ok(day) => vain_exits(&day.families, &day.fills, symbol).len(),
        Err(error) => {
            warn!(cycle.id = %run.id, %symbol, %error, "exits in vain not counted");
            return;
        }
    };
    let is_first = is_enough(run, vain) && !is_enough(run, vain.saturating_sub(1));
    if is_first {
        let text = format!(
            "{vain} exits in a row sold nothing; the stop is at work again, and from now on a run tries every {} \
             minutes and in the closing auction; `catalyst flatten` tries at once",
            REST.num_minutes()
        );
        run.tell(Severity::Critical, &format!("{symbol} is not sold"), &text)
            .await;
    }
}

#[cfg(test)]
mod tests {
    use catalyst_domain::order::{Leg, OrderPlan, ProtectPlan};
    use catalyst_ports::journal::{Family, FamilyEnding};
    use catalyst_testkit::builders::{
        a_bracket_plan, a_cycle, a_fill, a_moment, an_auction_exit, an_intent_of, an_order, symbol,
    };

    use super::vain_exits;

    /// The families of one name in the minutes after ten: `x` an exit, `p` its stop put back.
    fn families(kinds: &str) -> Vec<Family> {
        let minutes = kinds.chars().zip(1..);
        let family = |(kind, minute): (char, u16)| {
            let id = an_order(a_cycle("20260914-1000.1"), minute, Leg::Exit);
            let OrderPlan::Bracket(bought) = a_bracket_plan(id) else {
                panic!("a purchase")
            };
            let plan = match kind {
                'x' => an_auction_exit(),
                'p' => OrderPlan::Protect(ProtectPlan {
                    symbol: symbol("700"),
                    shares: bought.shares,
                    stop: bought.bracket.stop(),
                    target: None,
                }),
                _ => OrderPlan::Bracket(bought),
            };
            let at = a_moment(&format!("2026-09-14T02:{minute:02}:00Z"));
            let intent = an_intent_of(plan, id, at);
            let ending = Some(FamilyEnding::Done);
            Family { intent, ending }
        };
        minutes.map(family).collect()
    }

    fn vain(kinds: &str, sale: Option<&str>) -> usize {
        let exit = an_order(a_cycle("20260914-1000.1"), 2, Leg::Exit);
        let sold = |at| {
            a_fill("sold")
                .order(exit)
                .selling()
                .at(a_moment(at))
                .build()
        };
        let fills: Vec<_> = sale.map(sold).into_iter().collect();
        vain_exits(&families(kinds), &fills, symbol("700")).len()
    }

    #[test]
    fn an_exit_that_sold_nothing_is_in_vain_once_its_stop_is_back() {
        assert_eq!(vain("bx", None), 0);
        assert_eq!(vain("bxp", None), 1);
        assert_eq!(vain("bxxp", None), 1, "tries of one exit are one");
        assert_eq!(vain("bxpxpxp", None), 3);
        assert_eq!(vain("bpp", None), 0, "repairs are none");
    }

    #[test]
    fn an_exit_that_sold_a_part_is_not_in_vain_and_those_before_it_no_longer_count() {
        assert_eq!(vain("bxp", Some("2026-09-14T02:02:30Z")), 0);
        assert_eq!(vain("bxpxp", Some("2026-09-14T02:04:30Z")), 0);
        assert_eq!(vain("bxpxpxp", Some("2026-09-14T02:04:30Z")), 1);
    }
}
