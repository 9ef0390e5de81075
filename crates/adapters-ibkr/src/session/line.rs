//! Line: one connection, its order updates, and what it has told without being asked.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex as ShortLock, PoisonError};
use std::time::Duration;

use futures_util::{FutureExt as _, StreamExt as _};
use ibapi::orders::OrderUpdate;
use ibapi::subscriptions::{NoticeStream, Subscription, SubscriptionItem};
use ibapi::{Client, Error, Notice};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout, timeout_at};
use tracing::{info, warn};

use super::facts::SessionFacts;
use super::weather::Weather;
use crate::config::IbkrConfig;
use crate::failure::IbkrError;
use crate::orders::Book;

/// For saying good-bye; a gateway that does not listen is left anyway.
const GOODBYE: Duration = Duration::from_millis(500);

/// One connection.
pub(crate) struct Line {
    pub(crate) client: Client,
    pub(crate) account: String,
    /// How long one question may take.
    pub(crate) patience: Duration,
    /// Orders and their updates: one question at a time, since answers share a channel.
    pub(crate) desk: Mutex<Desk>,
    /// One update of the account at a time, for the same reason.
    pub(super) account_turn: Mutex<()>,
    /// One price table at a time, for the same reason.
    pub(super) rule_turn: Mutex<()>,
    /// Guards the reading of notices, never across a wait.
    notices: ShortLock<(NoticeStream, Weather)>,
    facts: SessionFacts,
    up: AtomicBool,
}

/// The order updates and what they came to.
pub(crate) struct Desk {
    updates: Subscription<OrderUpdate>,
    pub(crate) book: Book,
}

impl Line {
    pub(super) fn new(
        client: Client,
        notices: NoticeStream,
        updates: Subscription<OrderUpdate>,
        facts: SessionFacts,
        config: &IbkrConfig,
    ) -> Self {
        let account = config.account.as_str().to_owned();
        Self {
            client,
            patience: config.call_timeout,
            desk: Mutex::new(Desk {
                updates,
                book: Book::new(config.client_id, account.clone()),
            }),
            account,
            account_turn: Mutex::new(()),
            rule_turn: Mutex::new(()),
            notices: ShortLock::new((notices, Weather::default())),
            facts,
            up: AtomicBool::new(true),
        }
    }

    /// True while the connection can be used.
    pub(crate) fn is_up(&self) -> bool {
        self.up.load(Ordering::Relaxed) && self.client.is_connected()
    }

    /// Nothing more is asked on this line.
    pub(crate) fn give_up(&self) {
        self.up.store(false, Ordering::Relaxed);
    }

    /// Takes in the notices that have arrived, without waiting.
    pub(crate) fn watch(&self) {
        let mut guard = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        let (stream, weather) = &mut *guard;
        while let Some(Some(notice)) = stream.next().now_or_never() {
            info!(code = notice.code, text = %notice.message, "notice of the gateway");
            weather.note(&notice);
        }
    }

    /// True while the gateway has no link to the broker.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.watch();
        let guard = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        guard.1.is_down()
    }

    /// What the gateway said about itself.
    pub(crate) fn facts(&self) -> SessionFacts {
        let guard = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        SessionFacts {
            notices: guard.1.notices(),
            linked: !guard.1.is_down(),
            ..self.facts.clone()
        }
    }

    /// Ends the subscriptions, then the connection.
    pub(super) async fn hang_up(&self) {
        self.give_up();
        let goodbye = async {
            self.desk.lock().await.updates.cancel().await;
            self.client.disconnect().await;
        };
        if timeout(GOODBYE, goodbye).await.is_err() {
            warn!("the gateway was left without a good-bye");
        }
    }
}

impl Desk {
    /// Takes in every update that has arrived, without waiting. A stream that ended is opened anew,
    /// and what it may have told is asked for by whoever asks next.
    pub(crate) async fn catch_up(&mut self, line: &Line) -> Result<(), IbkrError> {
        while let Some(item) = self.updates.next().now_or_never() {
            self.take(line, item).await?;
        }
        Ok(())
    }

    /// Waits for the next update, at most until `deadline`; false when it has come.
    pub(crate) async fn wait(&mut self, line: &Line, deadline: Instant) -> Result<bool, IbkrError> {
        match timeout_at(deadline, self.updates.next()).await {
            Ok(item) => self.take(line, item).await.map(|()| true),
            Err(_elapsed) => Ok(false),
        }
    }

    async fn take(
        &mut self,
        line: &Line,
        item: Option<Result<SubscriptionItem<OrderUpdate>, Error>>,
    ) -> Result<(), IbkrError> {
        match item {
            Some(Ok(SubscriptionItem::Data(update))) => {
                self.book.take(&update);
                Ok(())
            }
            Some(Ok(SubscriptionItem::Notice(notice)) | Err(Error::Notice(notice))) => {
                tell(&notice);
                self.book.note(&notice);
                Ok(())
            }
            Some(Err(error)) => {
                warn!(%error, "the order updates ended");
                self.reopen(line, IbkrError::of("order updates", error))
                    .await
            }
            None => {
                let text = "the stream ended".to_owned();
                let what = "order updates";
                self.reopen(line, IbkrError::Lost { what, text }).await
            }
        }
    }

    /// One frame that does not read ends the stream, not the connection.
    async fn reopen(&mut self, line: &Line, why: IbkrError) -> Result<(), IbkrError> {
        if why.is_lost() || !line.is_up() {
            line.give_up();
            return Err(why);
        }
        self.updates.cancel().await;
        let opened = line
            .ask("order updates", line.client.order_update_stream())
            .await;
        match opened {
            Ok(updates) => {
                self.updates = updates;
                Ok(())
            }
            Err(_also) => {
                line.give_up();
                Err(why)
            }
        }
    }
}

fn tell(notice: &Notice) {
    info!(request = notice.request_id, code = notice.code, text = %notice.message, "notice about an order");
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("facts", &self.facts)
            .field("up", &self.up)
            .finish_non_exhaustive()
    }
}
