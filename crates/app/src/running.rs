//! What a run carries while it runs: its name, its bounds, what it has seen and sent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use catalyst_domain::grounding::Grounds;
use catalyst_domain::market::Timeframe;
use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, CycleId, Leg};
use catalyst_domain::pattern::PatternKind;
use catalyst_domain::risk::{Breach, Evidence, LimitChange, Rule, TradingState};
use catalyst_domain::scan::{FeedSentinel, Membership};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::flatten_request::FlattenRequest;
use catalyst_ports::journal::{CycleRecord, JournalEntry, JournalError};
use catalyst_ports::notifier::{Alert, SetAside};
use catalyst_ports::tool::Severity;
use chrono::{DateTime, Utc};
use futures_util::future::select;
use tracing::{error, warn};

use crate::alerts::{MESSAGE_MAX, SUBJECT_MAX, cleaned, may_go_now};
use crate::outcome::NoAdvice;
use crate::tools::{Clearances, SeenNews};
use crate::{Policy, Ports, chain};

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
    /// Every number and symbol that the advisor was shown.
    pub(crate) grounds: Grounds,
    /// Where symbols stand towards the names that may be scanned, as far as that was found out.
    pub(crate) memberships: BTreeMap<Symbol, Membership>,
    /// The first limit of the settings that is looser than the one in force; entries wait for the owner.
    pub(crate) looser_limit: Option<LimitChange>,
    /// What is on its way out: its stops were taken away on purpose.
    pub(crate) leaving: BTreeSet<Symbol>,
    pub(crate) tally: Tally,
    /// Which of the owner's files could not be read, each told once.
    untold: Untold,
    /// Noted and not yet kept: it goes with the next entry that has to be durable at once.
    noted: Vec<JournalEntry>,
}

/// The owner's files that a run reads again and again, and has not complained of yet.
#[derive(Debug)]
struct Untold {
    flag: AtomicBool,
    request: AtomicBool,
}

impl Default for Untold {
    fn default() -> Self {
        Self {
            flag: AtomicBool::new(true),
            request: AtomicBool::new(true),
        }
    }
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
    /// What trades gave as reasons and no tool had returned, one line a trade.
    pub(crate) ungrounded: Vec<String>,
    /// The advisor was asked and gave none.
    pub(crate) no_advice: Option<NoAdvice>,
    /// The advisor has put its decision into words.
    pub(crate) decided: bool,
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
            grounds: Grounds::none(),
            memberships: BTreeMap::new(),
            looser_limit: None,
            leaving: BTreeSet::new(),
            tally: Tally::default(),
            untold: Untold::default(),
            noted: Vec::new(),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.ports.clock.now()
    }

    /// The halt switch: the stricter of the journal's, which says `kept`, and the flag beside it. A flag
    /// that cannot be read halts. Where everything is to be left nothing is entered.
    pub(crate) fn state(&self, kept: TradingState) -> TradingState {
        let flag = self.ports.halt.state().unwrap_or_else(|error| {
            if self.untold.flag.swap(false, Ordering::Relaxed) {
                error!(cycle.id = %self.id, cause = %error.source, "halted: {error}");
            }
            TradingState::Halted
        });
        let requested = match self.ports.requests.standing() {
            Ok(None) => TradingState::Trading,
            Ok(Some(_)) => TradingState::ExitsOnly,
            Err(error) => {
                if self.untold.request.swap(false, Ordering::Relaxed) {
                    error!(cycle.id = %self.id, cause = %error.source, "exits only: {error}");
                }
                TradingState::ExitsOnly
            }
        };
        kept.stricter(flag).stricter(requested)
    }

    /// The owner's request that everything is left, if one stands. One that cannot be read is not acted
    /// on; `state` lets nothing be entered meanwhile.
    pub(crate) fn request(&self) -> Option<FlattenRequest> {
        self.ports.requests.standing().unwrap_or_else(|error| {
            error!(cycle.id = %self.id, cause = %error.source, "nothing left for it: {error}");
            None
        })
    }

    /// True once the operating system wants the run to end.
    pub(crate) fn stopped(&self) -> bool {
        self.ports.stop.is_given()
    }

    /// True when nothing more is begun: the time is over, or the run is asked to end.
    pub(crate) fn out_of_time(&self) -> bool {
        self.stopped() || self.now() >= self.deadline
    }

    /// Waits until `moment`, or until the run is asked to end.
    pub(crate) async fn wait_until(&self, moment: DateTime<Utc>) {
        let come = self.ports.clock.sleep_until(moment);
        select(come, self.ports.stop.given()).await;
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

    /// Remembers `entry` for the next commit. For what explains: a run that dies in between loses the
    /// words, and no order.
    pub(crate) fn note(&mut self, entry: JournalEntry) {
        self.noted.push(entry);
    }

    /// Keeps `entries` and what was noted before them, in one commit.
    pub(crate) async fn record(&mut self, entries: Vec<JournalEntry>) -> Result<(), JournalError> {
        let noted = std::mem::take(&mut self.noted);
        if noted.is_empty() {
            return self.ports.journal.record(self.id, entries).await;
        }
        let mut all = noted.clone();
        all.extend(entries.clone());
        if self.ports.journal.record(self.id, all).await.is_ok() {
            return Ok(());
        }
        // What explains must never keep what protects from being kept.
        let alone = self.ports.journal.record(self.id, entries).await;
        match &alone {
            Ok(()) => {
                error!(cycle.id = %self.id, lost = noted.len(), "notes could not be kept");
                self.noted = noted.into_iter().filter(is_money).collect();
            }
            Err(_) => self.noted = noted,
        }
        alone
    }

    /// When the next run is due; `None` also where the calendar ends.
    pub(crate) fn next_at(&self) -> Option<DateTime<Utc>> {
        let schedule = &self.policy.schedule;
        match schedule.next_after(&self.rules.calendar, self.now()) {
            Ok(next) => next,
            Err(error) => {
                warn!(cycle.id = %self.id, %error, "the next run is not known");
                None
            }
        }
    }

    /// Keeps the end of the run with everything that was noted.
    pub(crate) async fn finish(&mut self, record: CycleRecord) -> Result<(), JournalError> {
        let noted = std::mem::take(&mut self.noted);
        self.ports.journal.close(record, noted).await
    }

    /// Keeps what happened after the fact: the order is out, so a silent journal is an alarm and not
    /// a reason to stop protecting.
    pub(crate) async fn record_after(&mut self, entries: Vec<JournalEntry>) {
        if let Err(failure) = self.record(entries).await {
            error!(cycle.id = %self.id, error = %failure, "journal lost an entry after the fact");
            self.tell(Severity::Critical, "journal unavailable", &chain(&failure))
                .await;
        }
    }

    /// Tells the owner and keeps the message; a channel that is down never stops a run. What is not
    /// critical waits until the work of the run is done. The words are cleaned here, so that no text of
    /// the advisor's reaches him with a link in it.
    pub(crate) async fn tell(&self, severity: Severity, subject: &str, message: &str) -> bool {
        let alert = Alert {
            severity,
            subject: cleaned(subject, SUBJECT_MAX),
            message: cleaned(message, MESSAGE_MAX),
            run: Some(self.id),
            at: self.now(),
        };
        let delivered = self.goes_at_once(&alert).await && self.send(&alert).await;
        self.keep(alert, delivered).await;
        delivered
    }

    /// Tries the channels once.
    pub(crate) async fn send(&self, alert: &Alert) -> bool {
        match self.ports.notifier.notify(alert).await {
            Ok(()) => true,
            Err(failure) => {
                let (cause, subject) = (chain(&failure), &alert.subject);
                warn!(cycle.id = %self.id, cause, subject, "alert not delivered");
                false
            }
        }
    }

    /// Whether `alert` is tried now. Where nobody can say what was sent before, it is.
    async fn goes_at_once(&self, alert: &Alert) -> bool {
        let Some(desk) = &self.ports.alerts else {
            return true;
        };
        if alert.severity != Severity::Critical {
            return false;
        }
        match desk.queue.alerts(alert.at).await {
            Ok(kept) => may_go_now(alert, &kept, self.policy.alerts, alert.at),
            Err(failure) => {
                warn!(cycle.id = %self.id, cause = chain(&failure), "earlier alerts cannot be read");
                true
            }
        }
    }

    /// In the journal, or beside it.
    async fn keep(&self, alert: Alert, delivered: bool) {
        let entry = JournalEntry::Alert {
            alert: alert.clone(),
            delivered,
        };
        let Err(failure) = self.ports.journal.record(self.id, vec![entry]).await else {
            return;
        };
        let (cause, subject) = (chain(&failure), alert.subject.clone());
        let aside = SetAside { alert, delivered };
        let put = self
            .ports
            .alerts
            .as_ref()
            .map(|desk| desk.outbox.put(&aside));
        if matches!(put, Some(Ok(()))) {
            warn!(cycle.id = %self.id, cause, subject, "alert kept in the outbox");
        } else {
            error!(cycle.id = %self.id, cause, subject, "alert not kept");
        }
    }
}

/// What asking has cost is not lost with the words around it.
fn is_money(entry: &JournalEntry) -> bool {
    matches!(entry, JournalEntry::Usage(_))
}
