//! Known: one order as far as the wire has told of it, whatever came twice or out of order.

use catalyst_domain::order::{ClientOrderId, OrderTicket, TicketStatus};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use ibapi::contracts::Contract;
use ibapi::orders::{Action, Order, OrderStatusKind};

use super::codes::{Meaning, meaning_of};
use crate::translate::{price, shares, symbol_of};

/// Words about one order that are kept.
const WORDS_MAX: usize = 20;

/// Where an order stands, later ends above earlier ones.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Sent, nothing heard.
    Unheard,
    /// At the gateway, not yet taken by the broker.
    Pending,
    /// Held by the broker, as every stop is until it triggers.
    Held,
    /// At the exchange.
    Working,
    /// Not at work and perhaps for good; the gateway still shows it.
    Inactive,
    /// No longer among the open orders, and nobody has said why.
    Gone,
    /// Ended with shares left.
    Cancelled,
    /// All filled.
    Filled,
}

impl Standing {
    /// The standing that a status names; a word that is not known names none.
    pub(super) const fn of(status: &OrderStatusKind) -> Option<Self> {
        match status {
            OrderStatusKind::ApiPending | OrderStatusKind::PendingSubmit => Some(Self::Pending),
            OrderStatusKind::PreSubmitted => Some(Self::Held),
            OrderStatusKind::Submitted | OrderStatusKind::PendingCancel => Some(Self::Working),
            OrderStatusKind::Inactive => Some(Self::Inactive),
            OrderStatusKind::Cancelled | OrderStatusKind::ApiCancelled => Some(Self::Cancelled),
            OrderStatusKind::Filled => Some(Self::Filled),
            OrderStatusKind::Unknown(_) => None,
        }
    }

    /// True for an order that may still fill.
    pub(super) const fn is_alive(&self) -> bool {
        match self {
            Self::Unheard | Self::Pending | Self::Held | Self::Working | Self::Inactive => true,
            Self::Gone | Self::Cancelled | Self::Filled => false,
        }
    }
}

/// One order.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) id: Option<ClientOrderId>,
    pub(super) order_id: i32,
    pub(super) client_id: i32,
    pub(super) perm_id: i64,
    pub(super) parent_id: i32,
    pub(super) symbol: Option<Symbol>,
    pub(super) side: Option<Side>,
    pub(super) price: Option<Price>,
    pub(super) shares: Option<Shares>,
    pub(super) filled: Shares,
    pub(super) standing: Standing,
    /// A figure of it was none, so nothing is said about it.
    pub(super) is_garbled: bool,
    /// Code and text of what was said about it, oldest first.
    pub(super) words: Vec<(i32, String)>,
}

impl Known {
    pub(super) fn new(order_id: i32, client_id: i32) -> Self {
        Self {
            id: None,
            order_id,
            client_id,
            perm_id: 0,
            parent_id: 0,
            symbol: None,
            side: None,
            price: None,
            shares: None,
            filled: Shares::ZERO,
            standing: Standing::Unheard,
            is_garbled: false,
            words: Vec::new(),
        }
    }

    /// Takes in what an order row says about the order itself. A row of an order that has ended holds
    /// what was left of it, or nothing, so what was known before stays.
    pub(super) fn describe(&mut self, contract: &Contract, order: &Order) {
        if let Ok(id) = order.order_ref.parse() {
            self.id = Some(id);
        }
        self.symbol = self.symbol.or_else(|| symbol_of(contract));
        self.side = Some(match order.action {
            Action::Buy => Side::Buy,
            Action::Sell | Action::SellShort | Action::SellLong => Side::Sell,
        });
        if self.price.is_none() {
            self.set_price(order);
        }
        if order.perm_id != 0 {
            self.perm_id = order.perm_id;
        }
        if order.parent_id != 0 {
            self.parent_id = order.parent_id;
        }
        self.fill(order.filled_quantity);
    }

    fn set_price(&mut self, order: &Order) {
        let told = match order.order_type.as_str() {
            "LMT" => order.limit_price,
            "STP" => order.aux_price,
            _ => return,
        };
        match told.map(price) {
            Some(Ok(price)) => self.price = Some(price),
            Some(Err(_)) | None => self.is_garbled = true,
        }
    }

    /// Filled shares only ever grow; a figure that is none makes the order unreadable.
    pub(super) fn fill(&mut self, filled: f64) {
        match shares(filled) {
            Ok(filled) => self.fill_up_to(filled),
            Err(_no_figure) => self.is_garbled = true,
        }
    }

    /// Filled shares only ever grow.
    pub(super) fn fill_up_to(&mut self, filled: Shares) {
        self.filled = self.filled.max(filled);
    }

    /// Takes in a status that came unasked: the later end of two counts, and nothing revives.
    pub(super) fn stand(&mut self, standing: Standing) {
        self.standing = self.standing.clone().max(standing);
    }

    /// Takes in the status of a whole answer, which may revive what was told cancelled; only what is
    /// filled stays filled.
    pub(super) fn stand_as_answered(&mut self, standing: Standing) {
        if self.standing != Standing::Filled {
            self.standing = standing;
        }
    }

    pub(super) fn say(&mut self, code: i32, text: &str) {
        if self.words.len() < WORDS_MAX {
            self.words.push((code, text.chars().take(400).collect()));
        }
    }

    /// True when all that was ordered has filled.
    pub(super) fn is_filled(&self) -> bool {
        let all = self
            .shares
            .is_some_and(|shares| !shares.is_zero() && self.filled >= shares);
        all || self.standing == Standing::Filled
    }

    /// The broker's words of rejection, if there were any and nothing has filled.
    pub(super) fn rejection(&self) -> Option<String> {
        self.words_with(|meaning| meaning == Meaning::Rejected)
    }

    /// The broker's words of rejection or cancellation, if there were any and nothing has filled.
    pub(super) fn end_words(&self) -> Option<String> {
        self.words_with(|meaning| matches!(meaning, Meaning::Rejected | Meaning::Cancelled))
    }

    /// Whatever was said last, if anything was.
    pub(super) fn last_words(&self) -> Option<String> {
        self.words.last().map(phrase)
    }

    fn words_with(&self, is_meant: impl Fn(Meaning) -> bool) -> Option<String> {
        let mut words = self.words.iter();
        let word = words.find(|(code, _)| is_meant(meaning_of(*code)))?;
        self.filled.is_zero().then(|| phrase(word))
    }

    /// The ticket, where enough is known. `waits` says that the order stands behind an entry that has
    /// not filled.
    pub(super) fn ticket(&self, waits: bool) -> Option<OrderTicket> {
        let shares = self.shares.filter(|_| !self.is_garbled)?;
        Some(OrderTicket {
            id: self.id?,
            symbol: self.symbol?,
            side: self.side?,
            price: self.price,
            shares,
            filled: self.filled.min(shares),
            status: self.status(waits)?,
        })
    }

    /// A stop that is pending or inactive guards nothing, so it is held and not working.
    fn status(&self, waits: bool) -> Option<TicketStatus> {
        if self.is_filled() {
            return Some(TicketStatus::Filled);
        }
        let is_rejected = self.rejection().is_some();
        match self.standing {
            Standing::Gone => None,
            Standing::Cancelled | Standing::Inactive if is_rejected => Some(TicketStatus::Rejected),
            Standing::Cancelled => Some(TicketStatus::Cancelled),
            Standing::Held | Standing::Working if !waits => Some(TicketStatus::Working),
            Standing::Unheard
            | Standing::Pending
            | Standing::Held
            | Standing::Working
            | Standing::Inactive => Some(TicketStatus::Held),
            Standing::Filled => Some(TicketStatus::Filled),
        }
    }
}

fn phrase((code, text): &(i32, String)) -> String {
    format!("{text} (code {code})")
}
