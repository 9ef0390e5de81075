//! What a run carries while it runs: its name, its bounds, what it has seen and sent.

use std::collections::{BTreeMap, BTreeSet};

use catalyst_domain::market::Timeframe;
use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, CycleId, Leg};
use catalyst_domain::pattern::PatternKind;
use catalyst_domain::risk::{Breach, Evidence, Rule};
use catalyst_domain::scan::FeedSentinel;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{JournalEntry, JournalError};
use catalyst_ports::notifier::Alert;
use catalyst_ports::tool::Severity;
use chrono::{DateTime, Utc};
use tracing::{error, warn};

use crate::tools::{Clearances, SeenNews};
use crate::{Policy, Ports};

/// One run at work.
#[derive(Debug)]
pub(crate) struct Running<'a> {
    pub(crate) ports: &'a Ports,
    pub(crate) policy: &'a Policy,
    pub(crate) rules: &'a catalyst_domain::rulebook::Rulebook,
    pub(crate) id: CycleId,
    pub(crate) deadline: DateTime<Utc>,
    /// The equity the journal knew before this run read it anew.
    pub(crate) equity_before: Option<Money>,
    /// As it was learned; what of it counts is told by `evidence_of`.
    pub(crate) evidence: BTreeMap<Symbol, Evidence>,
    /// Why the feed was doubted in this run.
    pub(crate) feed_doubts: BTreeSet<FeedSentinel>,
    pub(crate) seen_news: SeenNews,
    /// What the latest look at each span of bars showed.
    pub(crate) seen_patterns: BTreeMap<(Symbol, Timeframe), Option<PatternKind>>,
    pub(crate) clearances: Clearances,
    pub(crate) tally: Tally,
}

/// What the run has done so far, counted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) tool_calls: u32,
    pub(crate) approved: u32,
    pub(crate) refused: BTreeMap<Rule, u32>,
    pub(crate) families: u16,
    pub(crate) orders: u32,
    pub(crate) alerts: u32,
}

impl<'a> Running<'a> {
    pub(crate) fn begin(
        ports: &'a Ports,
        policy: &'a Policy,
        rules: &'a catalyst_domain::rulebook::Rulebook,
        id: CycleId,
    ) -> Self {
        Self {
            ports,
            policy,
            rules,
            id,
            deadline: ports.clock.now() + policy.time_limit,
            equity_before: None,
            evidence: BTreeMap::new(),
            feed_doubts: BTreeSet::new(),
            seen_news: SeenNews::default(),
            seen_patterns: BTreeMap::new(),
            clearances: Clearances::none(),
            tally: Tally::default(),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.ports.clock.now()
    }

    pub(crate) fn out_of_time(&self) -> bool {
        self.now() >= self.deadline
    }

    /// The name of the next order family of this run.
    pub(crate) fn next_order(&mut self, leg: Leg) -> ClientOrderId {
        self.tally.families += 1;
        ClientOrderId::derive(self.id, self.tally.families, leg)
    }

    pub(crate) fn count_refusal<'b>(&mut self, breaches: impl IntoIterator<Item = &'b Breach>) {
        for breach in breaches {
            *self.tally.refused.entry(breach.rule).or_insert(0) += 1;
        }
    }

    pub(crate) async fn record(&self, entries: Vec<JournalEntry>) -> Result<(), JournalError> {
        self.ports.journal.record(self.id, entries).await
    }

    /// Keeps what happened after the fact: the order is out, so a silent journal is an alarm and not
    /// a reason to stop protecting.
    pub(crate) async fn record_after(&self, entries: Vec<JournalEntry>) {
        if let Err(failure) = self.record(entries).await {
            error!(cycle.id = %self.id, error = %failure, "journal lost an entry after the fact");
            self.tell(
                Severity::Critical,
                "journal unavailable",
                &failure.to_string(),
            )
            .await;
        }
    }

    /// Tells the owner and keeps the message; a channel that is down never stops a run.
    pub(crate) async fn tell(&self, severity: Severity, subject: &str, message: &str) -> bool {
        let alert = Alert {
            severity,
            subject: subject.to_owned(),
            message: message.to_owned(),
            at: self.now(),
        };
        let delivered = match self.ports.notifier.notify(&alert).await {
            Ok(()) => true,
            Err(failure) => {
                warn!(cycle.id = %self.id, error = %failure, subject, "alert not delivered");
                false
            }
        };
        if let Err(failure) = self
            .record(vec![JournalEntry::Alert { alert, delivered }])
            .await
        {
            error!(cycle.id = %self.id, error = %failure, subject, "alert not kept");
        }
        delivered
    }
}
