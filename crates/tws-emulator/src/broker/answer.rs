//! A request comes in: it is logged, the world is brought up to date, a fault may befall it, and it is
//! answered. What happened in the world is told before the answer.

use catalyst_domain::order::Leg;
use tracing::debug;

use super::sessions::NO_ID;
use super::{Broker, Received, SentOrder, SessionId};
use crate::faults::{Effect, Spoken, Trigger};
use crate::frame::Incoming;
use crate::kinds::{ReplyKind, RequestKind};
use crate::request::Request;
use crate::spoken::words_of;
use crate::wire::session::{CurrentTime, CurrentTimeMillis};

/// A message that cannot be read; its connection is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable;

impl Broker {
    /// Takes one message of a client; nothing that comes behind the end of its connection.
    pub(crate) fn receive(&mut self, id: SessionId, incoming: &Incoming) -> Result<(), Unreadable> {
        if self.has_closed(id) {
            return Ok(());
        }
        let Some(kind) = RequestKind::of_id(incoming.number) else {
            self.say(id, NO_ID, 505, words_of(505));
            return Ok(());
        };
        let request = Request::read(kind, incoming).map_err(|error| {
            debug!(%error, "a message that does not read");
            Unreadable
        })?;
        self.received.push(Received {
            connection: id,
            client_id: self.sessions.get(&id).and_then(|session| session.client_id),
            at: self.now(),
            kind,
            order: SentOrder::of(&request),
        });
        self.catch_up();
        match self.faults.befalls(Trigger::Request(kind)) {
            None => self.handle(id, request),
            Some(effect) => self.suffer(id, request, effect),
        }
        self.tell_happenings();
        self.unmute(id);
        Ok(())
    }

    fn suffer(&mut self, id: SessionId, request: Request, effect: Effect) {
        match effect {
            Effect::Lose => {}
            Effect::NeverAnswer => {
                self.mute(id);
                self.handle(id, request);
            }
            Effect::Delay(pause) => {
                self.pause(id, pause);
                self.handle(id, request);
            }
            Effect::CloseBefore => self.close(id),
            Effect::CloseAfter => {
                self.close(id);
                self.handle(id, request);
            }
            Effect::Error(spoken) => {
                self.say(id, request.id().unwrap_or(NO_ID), spoken.code, &spoken.text);
            }
            Effect::Warn(spoken) => {
                self.say(id, request.id().unwrap_or(NO_ID), spoken.code, &spoken.text);
                self.handle(id, request);
            }
            Effect::FalseCancel(spoken) => self.cancel_falsely(id, request, &spoken),
            Effect::RejectStop => self.reject_stop(id, request),
            Effect::ClientIdInUse => self.refuse_client_id(id),
            Effect::Notice(spoken) => {
                self.announce(&spoken);
                self.handle(id, request);
            }
            Effect::Restart { refused } => self.restart(refused),
            Effect::CloseMidFrame
            | Effect::Duplicate
            | Effect::Reorder
            | Effect::Garbage
            | Effect::Oversize
            | Effect::NotANumber
            | Effect::Unset => self.handle(id, request),
        }
    }

    fn cancel_falsely(&mut self, id: SessionId, request: Request, spoken: &Spoken) {
        let order_id = request.id().unwrap_or(NO_ID);
        self.handle(id, request);
        self.tell_happenings();
        self.say_cancelled(id, order_id);
        self.say(id, order_id, spoken.code, &spoken.text);
        self.repeat_report(id, order_id);
    }

    fn reject_stop(&mut self, id: SessionId, request: Request) {
        let order_id = request.id().unwrap_or(NO_ID);
        self.handle(id, request);
        let client = self.client_of(id);
        let found = self.orders.find(client, order_id);
        if let Some(leg) = found.and_then(|order| order.leg) {
            let stop = leg.sibling(Leg::Stop);
            if let Err(error) = self.wire.refuse_stop(stop) {
                debug!(%error, "no stop to refuse");
            }
        }
    }

    fn handle(&mut self, id: SessionId, request: Request) {
        let begun = self.client_of(id) != NO_ID;
        match request {
            Request::StartApi(start) => self.start(id, start.client_id.unwrap_or(0)),
            _ if !begun => self.say(id, NO_ID, 504, "Not connected"),
            Request::Ids => self.send_next_id(id),
            Request::ManagedAccounts => self.send_accounts(id),
            Request::CurrentTime => self.send_time(id),
            Request::CurrentTimeMillis => self.send_millis(id),
            Request::ContractData(asked) => self.send_contracts(id, &asked),
            Request::MarketRule(asked) => self.send_market_rule(id, &asked),
            Request::PlaceOrder(placed) => self.place(id, &placed),
            Request::CancelOrder(cancel) => self.cancel(id, cancel.order_id.unwrap_or(0)),
            Request::GlobalCancel => self.cancel_everything(),
            Request::OpenOrders => self.send_open_orders(id, Some(self.client_of(id))),
            Request::AllOpenOrders => self.send_open_orders(id, None),
            Request::CompletedOrders(_) => self.send_completed_orders(id),
            Request::Executions(asked) => self.send_executions(id, &asked),
            Request::AccountData(asked) => self.send_account(id, &asked),
            Request::AccountSummary(asked) => self.send_summary(id, &asked),
            Request::AccountUpdatesMulti(asked) => self.send_account_multi(id, &asked),
            Request::Positions => self.send_positions(id),
            Request::CancelPositions => self.forget_positions(id),
            Request::PositionsMulti(asked) => self.send_positions_multi(id, &asked),
            Request::Pnl(asked) => self.send_pnl(id, &asked),
            Request::PnlSingle(asked) => self.send_pnl_single(id, &asked),
            Request::MarketDataType(asked) => self.choose_quotes(id, asked.kind.unwrap_or(1)),
            Request::MarketData(asked) => self.send_quote(id, &asked),
            Request::CancelMarketData(asked) => self.forget_quote(id, asked.req_id.unwrap_or(0)),
            Request::HistoricalData(asked) => self.send_bars(id, &asked),
            Request::Scanner(asked) => self.send_scan(id, &asked),
            Request::ScannerParameters => self.send_scan_words(id),
            Request::NewsProviders => self.send_news_providers(id),
            Request::HistoricalNews(asked) => self.send_headlines(id, &asked),
            Request::NewsArticle(asked) => self.send_article(id, &asked),
            Request::AutoOpenOrders
            | Request::CancelScanner(_)
            | Request::CancelHistoricalData(_)
            | Request::CancelAccountSummary(_)
            | Request::CancelPositionsMulti(_)
            | Request::CancelAccountUpdatesMulti(_)
            | Request::CancelPnl(_)
            | Request::CancelPnlSingle(_)
            | Request::CancelContractData(_) => {}
        }
    }

    fn send_time(&mut self, id: SessionId) {
        let time = CurrentTime {
            seconds: Some(self.now().timestamp()),
        };
        self.send(id, ReplyKind::CurrentTime, &time);
    }

    fn send_millis(&mut self, id: SessionId) {
        let time = CurrentTimeMillis {
            millis: Some(self.now().timestamp_millis()),
        };
        self.send(id, ReplyKind::CurrentTimeMillis, &time);
    }
}
