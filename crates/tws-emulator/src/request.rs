//! A client's message, read once into its type.

use prost::{DecodeError, Message};

use crate::frame::Incoming;
use crate::kinds::RequestKind;
use crate::wire::{account, contract, execution, market, news, order, scanner, session};

/// What a client asks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Request {
    MarketData(market::MarketDataRequest),
    CancelMarketData(session::ById),
    PlaceOrder(Box<order::PlaceOrder>),
    CancelOrder(order::CancelOrder),
    OpenOrders,
    AccountData(account::AccountDataRequest),
    Executions(execution::ExecutionRequest),
    Ids,
    ContractData(contract::ContractDataRequest),
    AutoOpenOrders,
    AllOpenOrders,
    ManagedAccounts,
    HistoricalData(market::HistoricalDataRequest),
    Scanner(scanner::ScannerRequest),
    CancelScanner(session::ById),
    ScannerParameters,
    CancelHistoricalData(session::ById),
    CurrentTime,
    GlobalCancel,
    MarketDataType(market::MarketDataTypeRequest),
    Positions,
    AccountSummary(account::AccountSummaryRequest),
    CancelAccountSummary(session::ById),
    CancelPositions,
    StartApi(session::StartApi),
    PositionsMulti(account::MultiRequest),
    CancelPositionsMulti(session::ById),
    AccountUpdatesMulti(account::MultiRequest),
    CancelAccountUpdatesMulti(session::ById),
    NewsArticle(news::NewsArticleRequest),
    NewsProviders,
    HistoricalNews(news::HistoricalNewsRequest),
    MarketRule(contract::MarketRuleRequest),
    Pnl(account::PnlRequest),
    CancelPnl(session::ById),
    PnlSingle(account::PnlRequest),
    CancelPnlSingle(session::ById),
    CompletedOrders(order::CompletedOrdersRequest),
    CurrentTimeMillis,
    CancelContractData(session::ById),
}

impl Request {
    /// Reads the body of a message of `kind`; a body that is no such message is an error.
    pub(crate) fn read(kind: RequestKind, incoming: &Incoming) -> Result<Self, DecodeError> {
        let body = incoming.body.as_slice();
        Ok(match kind {
            RequestKind::MarketData => Self::MarketData(read(body)?),
            RequestKind::CancelMarketData => Self::CancelMarketData(read(body)?),
            RequestKind::PlaceOrder => Self::PlaceOrder(Box::new(read(body)?)),
            RequestKind::CancelOrder => Self::CancelOrder(read(body)?),
            RequestKind::OpenOrders => Self::OpenOrders,
            RequestKind::AccountData => Self::AccountData(read(body)?),
            RequestKind::Executions => Self::Executions(read(body)?),
            RequestKind::Ids => Self::Ids,
            RequestKind::ContractData => Self::ContractData(read(body)?),
            RequestKind::AutoOpenOrders => Self::AutoOpenOrders,
            RequestKind::AllOpenOrders => Self::AllOpenOrders,
            RequestKind::ManagedAccounts => Self::ManagedAccounts,
            RequestKind::HistoricalData => Self::HistoricalData(read(body)?),
            RequestKind::Scanner => Self::Scanner(read(body)?),
            RequestKind::CancelScanner => Self::CancelScanner(read(body)?),
            RequestKind::ScannerParameters => Self::ScannerParameters,
            RequestKind::CancelHistoricalData => Self::CancelHistoricalData(read(body)?),
            RequestKind::CurrentTime => Self::CurrentTime,
            RequestKind::GlobalCancel => Self::GlobalCancel,
            RequestKind::MarketDataType => Self::MarketDataType(read(body)?),
            RequestKind::Positions => Self::Positions,
            RequestKind::AccountSummary => Self::AccountSummary(read(body)?),
            RequestKind::CancelAccountSummary => Self::CancelAccountSummary(read(body)?),
            RequestKind::CancelPositions => Self::CancelPositions,
            RequestKind::StartApi => Self::StartApi(read(body)?),
            RequestKind::PositionsMulti => Self::PositionsMulti(read(body)?),
            RequestKind::CancelPositionsMulti => Self::CancelPositionsMulti(read(body)?),
            RequestKind::AccountUpdatesMulti => Self::AccountUpdatesMulti(read(body)?),
            RequestKind::CancelAccountUpdatesMulti => Self::CancelAccountUpdatesMulti(read(body)?),
            RequestKind::NewsArticle => Self::NewsArticle(read(body)?),
            RequestKind::NewsProviders => Self::NewsProviders,
            RequestKind::HistoricalNews => Self::HistoricalNews(read(body)?),
            RequestKind::MarketRule => Self::MarketRule(read(body)?),
            RequestKind::Pnl => Self::Pnl(read(body)?),
            RequestKind::CancelPnl => Self::CancelPnl(read(body)?),
            RequestKind::PnlSingle => Self::PnlSingle(read(body)?),
            RequestKind::CancelPnlSingle => Self::CancelPnlSingle(read(body)?),
            RequestKind::CompletedOrders => Self::CompletedOrders(read(body)?),
            RequestKind::CurrentTimeMillis => Self::CurrentTimeMillis,
            RequestKind::CancelContractData => Self::CancelContractData(read(body)?),
        })
    }
}

fn read<M: Message + Default>(body: &[u8]) -> Result<M, DecodeError> {
    M::decode(body)
}

impl Request {
    /// The order or request that an answer to it belongs to; `None` for those without a number.
    pub(crate) fn id(&self) -> Option<i32> {
        match self {
            Self::MarketData(asked) => asked.req_id,
            Self::CancelMarketData(asked)
            | Self::CancelScanner(asked)
            | Self::CancelHistoricalData(asked)
            | Self::CancelAccountSummary(asked)
            | Self::CancelPositionsMulti(asked)
            | Self::CancelAccountUpdatesMulti(asked)
            | Self::CancelPnl(asked)
            | Self::CancelPnlSingle(asked)
            | Self::CancelContractData(asked) => asked.req_id,
            Self::PlaceOrder(asked) => asked.order_id,
            Self::CancelOrder(asked) => asked.order_id,
            Self::Executions(asked) => asked.req_id,
            Self::ContractData(asked) => asked.req_id,
            Self::HistoricalData(asked) => asked.req_id,
            Self::Scanner(asked) => asked.req_id,
            Self::AccountSummary(asked) => asked.req_id,
            Self::PositionsMulti(asked) | Self::AccountUpdatesMulti(asked) => asked.req_id,
            Self::NewsArticle(asked) => asked.req_id,
            Self::HistoricalNews(asked) => asked.req_id,
            Self::Pnl(asked) | Self::PnlSingle(asked) => asked.req_id,
            Self::OpenOrders
            | Self::AccountData(_)
            | Self::Ids
            | Self::AutoOpenOrders
            | Self::AllOpenOrders
            | Self::ManagedAccounts
            | Self::ScannerParameters
            | Self::CurrentTime
            | Self::GlobalCancel
            | Self::MarketDataType(_)
            | Self::Positions
            | Self::CancelPositions
            | Self::StartApi(_)
            | Self::NewsProviders
            | Self::MarketRule(_)
            | Self::CompletedOrders(_)
            | Self::CurrentTimeMillis => None,
        }
    }
}
