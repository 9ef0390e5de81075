//! Observe: one dated picture of account, orders and day, and the gate's view of one symbol in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyst_domain::account::DayError;
use catalyst_domain::calendar::{SessionMoment, TradingDate};
use catalyst_domain::day_trading::BrokerRegime;
use catalyst_domain::fees::FeesOfDay;
use catalyst_domain::instrument::{Instrument, InstrumentKind};
use catalyst_domain::market::Quote;
use catalyst_domain::money::Money;
use catalyst_domain::order::{Leg, OrderPlan, OrderTicket};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::{Discrepancy, Finding};
use catalyst_domain::risk::{
    AccountView, DayStage, DayView, Evidence, Held, LimitChange, NamedHeadline, RiskView,
    TradingState, WorkingOrder, WorkingRole,
};
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::scan::{Doubt, Membership, Sentinel, Sighting};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::account::AccountSnapshot;
use catalyst_ports::journal::{DayJournal, FamilyEnding};
use rust_decimal::Decimal;
use tracing::warn;

use crate::marks::{day_gain, marks_of};
use crate::running::Running;
use crate::tools::{scan_moment, sightings};
use crate::{CycleError, Policy};

/// Where things stand at one moment.
#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) moment: SessionMoment,
    pub(crate) account: AccountSnapshot,
    pub(crate) working: Vec<OrderTicket>,
    pub(crate) day: Arc<DayJournal>,
    flag: TradingState,
    pub(crate) marks: BTreeMap<Symbol, Price>,
    /// What the journal knew of the equity before this run.
    pub(crate) equity_before: Option<Money>,
    /// `None` when a held symbol has no price or the fills do not add up; then no entry passes.
    pub(crate) pnl: Option<Money>,
    /// The same where every price is the higher of the last one and the bid: one low print that no buyer
    /// agrees with does not show in it.
    pnl_by_bid: Option<Money>,
    /// The figure is unknown for want of a price, which another look may have.
    lacks_price: bool,
}

/// What the gate needs about one symbol, owned; lends itself out as a [`RiskView`].
#[derive(Debug)]
pub(crate) struct SymbolFacts {
    pub(crate) instrument: Option<Instrument>,
    pub(crate) quote: Option<Quote>,
    fees: Option<FeesOfDay>,
    holdings: Vec<Held>,
    working: Vec<WorkingOrder>,
    evidence: Evidence,
    membership: Membership,
    looser_limit: Option<LimitChange>,
}

impl Picture {
    /// Reads everything anew.
    pub(crate) async fn take(run: &Running<'_>) -> Result<Self, CycleError> {
        let moment = run.rules.calendar.moment(run.now())?;
        let account = run.ports.account.snapshot().await?;
        let working = run.ports.gateway.working().await?;
        let day = run.ports.journal.day(moment.date).await?;
        let flag = run.state(TradingState::Trading);
        let opening = day.opening.positions().map(|position| position.symbol);
        let held = account.positions.iter().map(|position| position.symbol);
        let symbols: Vec<Symbol> = held.chain(opening).collect();
        let currency = run.rules.market.currency;
        let (marks, by_bid, previous) = marks_of(run, &symbols).await;
        let gain = day_gain(currency, &day, &marks, &previous);
        let differs = day.findings_open().any(is_of_position);
        let is_unmarked = matches!(gain, Err(DayError::Unmarked { .. }));
        let pnl = match gain {
            Ok(_) if differs => {
                warn!(cycle.id = %run.id, "positions differ, so the day has no figure");
                None
            }
            Ok(gain) => Some(gain),
            Err(error) => {
                warn!(cycle.id = %run.id, %error, "the day has no figure, no entry will pass");
                None
            }
        };
        let pnl_by_bid = match pnl {
            Some(_) => day_gain(currency, &day, &by_bid, &previous).ok(),
            None => None,
        };
        Ok(Self {
            moment,
            account,
            working,
            day,
            flag,
            marks,
            equity_before: run.equity_before,
            pnl,
            pnl_by_bid,
            lacks_price: is_unmarked && !differs,
        })
    }

    /// What the day's loss so far means; an unknown figure counts as the warning.
    pub(crate) fn stage(&self, policy: &Policy) -> DayStage {
        match (self.pnl, self.day.equity_at_open) {
            (Some(pnl), Some(base)) if base.amount() > Decimal::ZERO => {
                DayStage::after(pnl, base, policy.gate.limits())
            }
            (Some(_) | None, _) => DayStage::Conservative,
        }
    }

    /// What the day's loss means as far as the bid agrees with it; `None` for an unknown figure.
    pub(crate) fn agreed_stage(&self, policy: &Policy) -> Option<DayStage> {
        let base = self.day.equity_at_open?;
        let pnl = self.pnl_by_bid?;
        (base.amount() > Decimal::ZERO).then(|| DayStage::after(pnl, base, policy.gate.limits()))
    }

    /// True while the day's loss could be read and was not: a price is missing, and another look may have it.
    pub(crate) fn lacks_price(&self) -> bool {
        self.lacks_price && self.day.equity_at_open.is_some()
    }

    /// Shares of `symbol` at the broker.
    pub(crate) fn held(&self, symbol: Symbol) -> Shares {
        self.account
            .positions
            .iter()
            .filter(|position| position.symbol == symbol)
            .fold(Shares::ZERO, |sum, position| sum.plus(position.shares))
    }

    /// The halt switch, or exits only once the day's loss has stopped it.
    pub(crate) fn state(&self, policy: &Policy) -> TradingState {
        match self.stage(policy) {
            DayStage::Stopped => self.switch().stricter(TradingState::ExitsOnly),
            DayStage::Normal | DayStage::Conservative => self.switch(),
        }
    }

    /// The halt switch: the stricter of the journal's and the flag beside it. The flag stops what is
    /// new; only the journal's own stop of a day also leaves what is held.
    pub(crate) fn switch(&self) -> TradingState {
        self.day.state.stricter(self.flag)
    }

    /// Entries of today that were sent and taken, in all symbols or in one.
    pub(crate) fn entries_sent(&self, symbol: Option<Symbol>) -> u32 {
        entries_sent(&self.day, self.moment.date, symbol)
    }

    /// Gathers what the gate needs about `symbol`.
    pub(crate) async fn facts(&self, run: &Running<'_>, symbol: Symbol) -> SymbolFacts {
        let instrument = match run.ports.catalog.instrument(symbol, self.moment.date).await {
            Ok(instrument) => Some(instrument),
            Err(error) => {
                warn!(cycle.id = %run.id, %symbol, %error, "no instrument");
                None
            }
        };
        let quote = match run.ports.market.quote(symbol).await {
            Ok(quote) => Some(quote),
            Err(error) => {
                warn!(cycle.id = %run.id, %symbol, %error, "no quote");
                None
            }
        };
        let mark = |symbol: Symbol| match quote {
            Some(quote) if quote.symbol == symbol => Some(quote.last),
            Some(_) | None => self.marks.get(&symbol).copied(),
        };
        let holdings = self.account.positions.iter().map(|position| Held {
            symbol: position.symbol,
            shares: position.shares,
            mark: mark(position.symbol),
        });
        let mut evidence = run.evidence_of(symbol);
        evidence.doubt = evidence.doubt.or(self.doubt_about(run, symbol).await);
        SymbolFacts {
            instrument,
            quote,
            fees: run.rules.fees.on(self.moment.date).ok(),
            holdings: holdings.collect(),
            working: self
                .working
                .iter()
                .map(working_order)
                .chain(self.unresolved())
                .collect(),
            evidence,
            membership: run.membership_of(symbol),
            looser_limit: run.looser_limit,
        }
    }

    /// The same for what is held and is to be protected or left: where the catalog is silent or differs
    /// from the dated table, the table counts. An entry would be refused then.
    pub(crate) async fn facts_of_held(&self, run: &Running<'_>, symbol: Symbol) -> SymbolFacts {
        let facts = self.facts(run, symbol).await;
        let on_file = run.rules.lots.instrument(symbol, self.moment.date);
        SymbolFacts {
            instrument: facts
                .instrument
                .or_else(|| on_file.ok().map(|answer| answer.instrument)),
            ..facts
        }
    }

    /// What the sentinels say of the name that is to be traded, whether the advisor looked or not.
    async fn doubt_about(&self, run: &Running<'_>, symbol: Symbol) -> Option<Doubt> {
        let Ok(seen) = sightings(run, &[symbol]).await else {
            return Some(Doubt::Name(Sentinel::NoData));
        };
        let found = match seen.get(&symbol) {
            Some(Sighting::Shown(shown)) => Sentinel::over(shown, &scan_moment(run, &self.moment)),
            Some(Sighting::Malformed) => Some(Sentinel::Malformed),
            Some(Sighting::Absent) | None => Some(Sentinel::NoData),
        };
        found.map(Doubt::Name)
    }

    /// Families the journal has not seen end and the broker does not show at work.
    fn unresolved(&self) -> impl Iterator<Item = WorkingOrder> {
        self.day
            .families
            .iter()
            .filter(|family| family.ending.is_none())
            .filter(|family| {
                !self
                    .working
                    .iter()
                    .any(|ticket| ticket.id.is_family_of(family.intent.id))
            })
            .map(|family| WorkingOrder {
                symbol: family.intent.plan.symbol(),
                role: WorkingRole::Unresolved,
                shares: family.intent.plan.shares(),
                price: None,
            })
    }
}

impl SymbolFacts {
    /// The same with the headline that a trade names.
    pub(crate) fn citing(mut self, headline: Option<NamedHeadline>) -> Self {
        self.evidence.headline = headline;
        self
    }

    /// The same as it is once every stop and target is cancelled.
    pub(crate) fn unguarded(mut self) -> Self {
        self.working
            .retain(|order| !matches!(order.role, WorkingRole::Stop | WorkingRole::Target));
        self
    }

    /// The gate's view of the symbol.
    pub(crate) fn view<'a>(
        &'a self,
        picture: &'a Picture,
        rules: &'a Rulebook,
        policy: &Policy,
        symbol: Symbol,
    ) -> RiskView<'a> {
        let kind = self
            .instrument
            .map_or(InstrumentKind::Equity, |instrument| instrument.kind);
        let date = picture.moment.date;
        RiskView {
            moment: &picture.moment,
            state: picture.state(policy),
            membership: self.membership,
            instrument: self.instrument,
            grid: rules.ticks.on(date, kind).ok(),
            fees: self.fees.as_ref(),
            order_rules: rules.order_rules.on(date).ok(),
            day_trading: rules.day_trading.on(date, BrokerRegime::Outgoing).ok(),
            plan: policy.plan,
            quote: self.quote,
            account: AccountView {
                equity: Some(picture.account.equity),
                cash: Some(picture.account.cash),
                equity_expected: picture.equity_before,
            },
            day: DayView {
                equity_at_open: picture.day.equity_at_open,
                pnl: picture.pnl,
                entries: Some(picture.entries_sent(None)),
                entries_in_symbol: Some(picture.entries_sent(Some(symbol))),
                day_trades: None,
                last_stop_out: last_stop_out(&picture.day, symbol),
            },
            holdings: &self.holdings,
            working: &self.working,
            findings_open: u32::try_from(picture.day.findings_open().count()).unwrap_or(u32::MAX),
            looser_limit: self.looser_limit,
            evidence: self.evidence,
            market_slippage_ticks: policy.market_slippage_ticks,
        }
    }
}

/// Entries of `date` that were sent and taken, in all symbols or in one.
pub(crate) fn entries_sent(day: &DayJournal, date: TradingDate, symbol: Option<Symbol>) -> u32 {
    let sent = day
        .families
        .iter()
        .filter(|family| family.intent.id.cycle().date() == date)
        .filter(|family| matches!(family.intent.plan, OrderPlan::Bracket(_)))
        .filter(|family| family.ending.is_none_or(FamilyEnding::was_sent))
        .filter(|family| symbol.is_none_or(|symbol| family.intent.plan.symbol() == symbol))
        .count();
    u32::try_from(sent).unwrap_or(u32::MAX)
}

/// True for a difference in shares that the journal counts: what they made is then not known, and not
/// nothing. Shares that are owed are in no figure of the agent's own.
pub(crate) const fn is_of_position(found: &Discrepancy) -> bool {
    match found.finding {
        Finding::Phantom { .. } | Finding::Orphan { .. } | Finding::QuantityMismatch { .. } => true,
        Finding::ShortPosition { .. }
        | Finding::MissingProtection { .. }
        | Finding::WrongProtection { .. }
        | Finding::UnknownOrder { .. }
        | Finding::ForeignOrder { .. }
        | Finding::CashDifference { .. } => false,
    }
}

fn working_order(ticket: &OrderTicket) -> WorkingOrder {
    let role = match ticket.id.leg() {
        Leg::Entry => WorkingRole::Entry,
        Leg::Stop => WorkingRole::Stop,
        Leg::Target => WorkingRole::Target,
        Leg::Exit => WorkingRole::Exit,
    };
    WorkingOrder {
        symbol: ticket.symbol,
        role,
        shares: ticket.remaining(),
        price: ticket.price,
    }
}

fn last_stop_out(day: &DayJournal, symbol: Symbol) -> Option<chrono::DateTime<chrono::Utc>> {
    day.fills
        .iter()
        .filter(|fill| fill.symbol == symbol && fill.order.leg() == Leg::Stop)
        .map(|fill| fill.at)
        .max()
}
