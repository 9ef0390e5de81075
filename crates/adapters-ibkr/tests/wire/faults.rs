//! Every fault at every step of a trade, with short deadlines: what is answered is the truth or an
//! error, nothing is sent twice, and the next run finds everything.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use catalyst_adapters_ibkr::{IbkrAccount, IbkrConfig, IbkrGateway, IbkrMarketData, IbkrSession};
use catalyst_domain::order::{Leg, OrderTicket, TicketStatus};
use catalyst_ports::account::{AccountBook as _, AccountSnapshot};
use catalyst_ports::market_data::MarketData as _;
use catalyst_ports::order_gateway::{OrderGateway as _, SubmitError};
use catalyst_testkit::builders::symbol;
use catalyst_testkit::contract::order_gateway::{GatewayHarness as _, approved};
use catalyst_tws_emulator::{Effect, Fault, FaultScript, ReplyKind, RequestKind, Trigger};
use futures_util::StreamExt as _;
use futures_util::stream::iter;

use crate::fixture::{Desk, a_desk, spoken};

/// Cases that run at the same time; nearly all of their time is waiting.
const AT_ONCE: usize = 12;

const DEADLINE: Duration = Duration::from_millis(200);

const REQUESTS: [RequestKind; 11] = [
    RequestKind::StartApi,
    RequestKind::CurrentTime,
    RequestKind::AccountData,
    RequestKind::MarketData,
    RequestKind::ContractData,
    RequestKind::MarketRule,
    RequestKind::AllOpenOrders,
    RequestKind::CompletedOrders,
    RequestKind::Executions,
    RequestKind::PlaceOrder,
    RequestKind::CancelOrder,
];

const REPLIES: [ReplyKind; 19] = [
    ReplyKind::NextValidId,
    ReplyKind::ManagedAccounts,
    ReplyKind::CurrentTime,
    ReplyKind::AccountValue,
    ReplyKind::PortfolioValue,
    ReplyKind::AccountDataEnd,
    ReplyKind::TickPrice,
    ReplyKind::TickSize,
    ReplyKind::SnapshotEnd,
    ReplyKind::ContractData,
    ReplyKind::ContractDataEnd,
    ReplyKind::MarketRule,
    ReplyKind::OpenOrder,
    ReplyKind::OrderStatus,
    ReplyKind::OpenOrdersEnd,
    ReplyKind::CompletedOrdersEnd,
    ReplyKind::ExecutionData,
    ReplyKind::CommissionReport,
    ReplyKind::ExecutionsEnd,
];

fn request_effects() -> Vec<Effect> {
    let codes = [100, 162, 201, 321, 10_255];
    let errors = codes.map(|code| Effect::Error(spoken(code)));
    let others = [
        Effect::NeverAnswer,
        Effect::Lose,
        Effect::Delay(Duration::from_millis(250)),
        Effect::CloseBefore,
        Effect::CloseAfter,
        Effect::Notice(spoken(1100)),
        Effect::Restart { refused: 1 },
    ];
    errors.into_iter().chain(others).collect()
}

const REPLY_EFFECTS: [Effect; 9] = [
    Effect::NeverAnswer,
    Effect::CloseBefore,
    Effect::CloseMidFrame,
    Effect::Duplicate,
    Effect::Reorder,
    Effect::Garbage,
    Effect::Oversize,
    Effect::NotANumber,
    Effect::Unset,
];

/// One fault, at the first, second or third message of its kind.
fn cases(on: Trigger, effects: Vec<Effect>) -> impl Iterator<Item = Fault> {
    let each = effects
        .into_iter()
        .flat_map(|effect| [0, 1, 2].map(|after| (after, effect.clone())));
    each.map(move |(after, effect)| Fault {
        on,
        after,
        times: 1,
        effect,
    })
}

fn hurried(config: &mut IbkrConfig) {
    config.connect_timeout = DEADLINE;
    config.call_timeout = DEADLINE;
    config.submit_timeout = DEADLINE;
}

/// What one run was told; where it was told nothing, there is nothing.
#[derive(Debug)]
struct Told {
    accounts: Vec<(AccountSnapshot, AccountSnapshot)>,
    working: Vec<(Vec<OrderTicket>, Vec<OrderTicket>)>,
    entry: Result<OrderTicket, SubmitError>,
}

/// A run under the fault: look, buy, wait, look again, take the target away. Each answer stands beside
/// what the exchange itself says.
async fn run(desk: &Desk, session: &Arc<IbkrSession>) -> Told {
    let gateway = IbkrGateway::new(Arc::clone(session));
    let account = IbkrAccount::new(Arc::clone(session));
    let market = IbkrMarketData::new(Arc::clone(session));
    let (mut accounts, mut working) = (Vec::new(), Vec::new());
    let truth = desk.morning.truth().await;
    accounts.extend(account.snapshot().await.map(|told| (told, truth)));
    let quote = market.quote(symbol("700")).await;
    drop(quote);
    let order = approved(desk, desk.trading());
    let (id, at) = (order.id(), order.approved_at());
    let entry = gateway.submit(order, at).await;
    desk.pass_time().await;
    for _ in 0..2 {
        let told = gateway.working().await;
        let at_work = desk.morning.at_work().await;
        working.extend(told.map(|told| (told, at_work)));
        let told = account.snapshot().await;
        let truth = desk.morning.truth().await;
        accounts.extend(told.map(|told| (told, truth)));
        let since = at;
        drop(account.executions_since(since).await);
        drop(gateway.cancel(id.sibling(Leg::Target)).await);
    }
    Told {
        accounts,
        working,
        entry,
    }
}

/// What is compared of an order: a price may be missing where its row was spoiled.
fn gist(tickets: &[OrderTicket]) -> BTreeSet<(String, u64, u64, &'static str)> {
    let gist = tickets.iter().map(|ticket| {
        let (shares, filled) = (ticket.shares.count(), ticket.filled.count());
        (
            ticket.id.to_string(),
            shares,
            filled,
            ticket.status.as_str(),
        )
    });
    gist.collect()
}

/// Runs a day under one fault and a run after it without, and says what is wrong.
async fn survives(fault: Fault) -> Result<(), String> {
    let desk = a_desk().await;
    let emulator = &desk.morning.emulator;
    emulator.set_faults(FaultScript {
        faults: vec![fault.clone()],
    });
    let session = desk.morning.session(hurried);
    let told = run(&desk, &session).await;
    session.close().await;
    emulator.set_faults(FaultScript::none());
    let wrong = |what: String| Err(format!("{fault:?}: {what}"));
    for (told, truth) in &told.accounts {
        if told != truth {
            return wrong(format!("account {told:?}, in truth {truth:?}"));
        }
    }
    for (told, truth) in &told.working {
        if gist(told) != gist(truth) {
            return wrong(format!(
                "at work {:?}, in truth {:?}",
                gist(told),
                gist(truth)
            ));
        }
    }
    let placed = emulator
        .log()
        .into_iter()
        .filter(|received| received.kind == RequestKind::PlaceOrder);
    let names: Vec<_> = placed
        .filter_map(|received| received.order?.order_ref)
        .collect();
    let different: BTreeSet<_> = names.iter().collect();
    if different.len() != names.len() {
        return wrong(format!("sent twice: {names:?}"));
    }
    next_run(&desk, &told.entry).await.or_else(wrong)
}

/// A later process asks what became of everything.
async fn next_run(desk: &Desk, entry: &Result<OrderTicket, SubmitError>) -> Result<(), String> {
    // A gateway that restarts may refuse the first that comes back.
    let scout = desk.morning.session(|_| {});
    drop(scout.facts().await);
    scout.close().await;
    let session = desk.morning.session(|_| {});
    let gateway = IbkrGateway::new(Arc::clone(&session));
    let account = IbkrAccount::new(session);
    let order = approved_id(desk);
    let found = gateway
        .ticket(order)
        .await
        .map_err(|error| format!("{error:?}"))?;
    let working = gateway
        .working()
        .await
        .map_err(|error| format!("{error:?}"))?;
    let told = account
        .snapshot()
        .await
        .map_err(|error| format!("{error:?}"))?;
    let truth = desk.morning.truth().await;
    if told != truth || gist(&working) != gist(&desk.morning.at_work().await) {
        return Err(format!(
            "the next run sees {told:?} and {working:?}, in truth {truth:?}"
        ));
    }
    let held = truth
        .positions
        .iter()
        .fold(0, |sum, one| sum + one.shares.count());
    let filled = found.map_or(0, |ticket| ticket.filled.count());
    if held != filled {
        return Err(format!("{held} held, {filled} filled"));
    }
    let lived = found.is_some_and(|ticket| {
        ticket.status != TicketStatus::Rejected
            && (ticket.status != TicketStatus::Cancelled || !ticket.filled.is_zero())
    });
    match entry {
        Ok(_) if !lived => Err(format!("taken, then {found:?}")),
        Err(SubmitError::Rejected { .. } | SubmitError::NotSent { .. }) if lived => {
            Err(format!("{entry:?}, then {found:?}"))
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

fn approved_id(desk: &Desk) -> catalyst_domain::order::ClientOrderId {
    let date = desk.view().moment.date.as_naive();
    let name = date.format("%Y%m%d-1000.1-01e").to_string();
    name.parse().unwrap()
}

async fn all_survive(faults: impl Iterator<Item = Fault>) {
    let runs = faults.map(survives);
    let endings: Vec<Result<(), String>> = iter(runs).buffer_unordered(AT_ONCE).collect().await;

    let wrong: Vec<String> = endings.into_iter().filter_map(Result::err).collect();
    assert!(
        wrong.is_empty(),
        "{} faults:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[tokio::test]
async fn every_fault_at_every_request_is_survived() {
    let faults = REQUESTS
        .into_iter()
        .flat_map(|kind| cases(Trigger::Request(kind), request_effects()));

    all_survive(faults).await;
}

#[tokio::test]
async fn every_fault_at_every_reply_is_survived() {
    let faults = REPLIES
        .into_iter()
        .flat_map(|kind| cases(Trigger::Reply(kind), REPLY_EFFECTS.to_vec()));

    all_survive(faults).await;
}
