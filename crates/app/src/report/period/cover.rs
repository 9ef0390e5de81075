//! Protection by evidence: how long something was held, and how much of that a working stop was known
//! to be under all of it.

use std::collections::BTreeMap;

use catalyst_domain::account::HoldingPeriod;
use catalyst_domain::order::{ClientOrderId, Leg, TicketStatus};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{Chronicle, ProtectionCheck, StoryEvent};
use chrono::{DateTime, TimeDelta, Utc};

use super::trades::TradeStory;

/// Time held and time covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    /// From the first share to the last, or to the last reading of the account.
    pub held: TimeDelta,
    /// Of that, under a working stop.
    pub covered: TimeDelta,
}

impl Cover {
    /// Covered time in basis points of the held; `None` when nothing was held.
    pub fn points(&self) -> Option<i64> {
        let held = self.held.num_milliseconds();
        self.covered
            .num_milliseconds()
            .checked_mul(10_000)?
            .checked_div(held)
    }
}

/// The cover of all trades together.
pub(super) fn whole(trades: &[TradeStory]) -> Cover {
    let zero = Cover {
        held: TimeDelta::zero(),
        covered: TimeDelta::zero(),
    };
    trades.iter().fold(zero, |sum, trade| Cover {
        held: sum.held + trade.cover.held,
        covered: sum.covered + trade.cover.covered,
    })
}

/// What was seen of stops.
pub(super) struct Looks<'a> {
    checks: &'a [ProtectionCheck],
    /// When the account was last read: what is still held was held until then.
    last_read: Option<DateTime<Utc>>,
    /// When a stop of the symbol was seen to work no more.
    dropped: BTreeMap<Symbol, Vec<DateTime<Utc>>>,
}

impl<'a> Looks<'a> {
    pub(super) fn of(chronicle: &'a Chronicle) -> Self {
        let entry_name = |id: ClientOrderId| id.sibling(Leg::Entry);
        let symbols: BTreeMap<ClientOrderId, Symbol> = chronicle
            .families
            .iter()
            .map(|family| (entry_name(family.intent.id), family.intent.plan.symbol()))
            .collect();
        let mut dropped: BTreeMap<Symbol, Vec<DateTime<Utc>>> = BTreeMap::new();
        for event in chronicle.stops.iter().filter(|event| is_over(event)) {
            if let Some(symbol) = symbols.get(&entry_name(event.order)) {
                dropped.entry(*symbol).or_default().push(event.at);
            }
        }
        Self {
            checks: &chronicle.checks,
            last_read: chronicle.readings.last().map(|reading| reading.at),
            dropped,
        }
    }

    /// The cover of `position`. A purchase sent with its stop is covered from its first share, since the
    /// broker holds the stop with it. From then on a span counts as covered when the look at its end
    /// found nothing wrong, and no stop was seen to end within it.
    pub(super) fn cover(&self, position: &HoldingPeriod, came_with_stop: bool) -> Cover {
        let opened = position.opened;
        let last_look = self.last_read.unwrap_or(opened);
        let over = position.over.unwrap_or(last_look).max(opened);
        let mut covered = TimeDelta::zero();
        let mut is_covered = came_with_stop;
        let mut since = opened;
        for (at, seen) in self.seen(position.symbol, opened, over) {
            match seen {
                Seen::Dropped => {
                    covered += if is_covered {
                        at - since
                    } else {
                        TimeDelta::zero()
                    };
                    is_covered = false;
                }
                Seen::Bare => is_covered = false,
                Seen::Whole => {
                    covered += if is_covered {
                        at - since
                    } else {
                        TimeDelta::zero()
                    };
                    is_covered = true;
                }
            }
            since = at;
        }
        if is_covered {
            covered += over - since;
        }
        Cover {
            held: over - opened,
            covered,
        }
    }

    /// What was seen of the symbol after `from` and before `to`, in order.
    fn seen(
        &self,
        symbol: Symbol,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Vec<(DateTime<Utc>, Seen)> {
        let first = self.checks.partition_point(|check| check.at <= from);
        let looks = self.checks.iter().skip(first);
        let mut seen: Vec<_> = looks
            .take_while(|check| check.at < to)
            .map(|check| {
                let is_bare = check.bare.contains(&symbol);
                (check.at, if is_bare { Seen::Bare } else { Seen::Whole })
            })
            .collect();
        let dropped = self.dropped.get(&symbol).into_iter().flatten();
        let within = dropped.filter(|at| from < **at && **at < to);
        seen.extend(within.map(|at| (*at, Seen::Dropped)));
        seen.sort_by_key(|(at, _)| *at);
        seen
    }
}

enum Seen {
    Whole,
    Bare,
    Dropped,
}

fn is_over(event: &StoryEvent) -> bool {
    [TicketStatus::Cancelled, TicketStatus::Rejected]
        .iter()
        .any(|status| status.as_str() == event.status)
}
