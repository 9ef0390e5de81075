//! A client's message, read once into its type.

use prost::{DecodeError, Message as _};

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
            RequestKind::MarketData => Self::MarketData(market::MarketDataRequest::decode(body)?),
            RequestKind::CancelMarketData => Self::CancelMarketData(session::ById::decode(body)?),
            RequestKind::PlaceOrder => Self::PlaceOrder(Box::new(order::PlaceOrder::decode(body)?)),
            RequestKind::CancelOrder => Self::CancelOrder(order::CancelOrder::decode(body)?),
            RequestKind::OpenOrders => Self::OpenOrders,
            RequestKind::AccountData => {
                Self::AccountData(account::AccountDataRequest::decode(body)?)
            }
            RequestKind::Executions => Self::Executions(execution::ExecutionRequest::decode(body)?),
            RequestKind::Ids => Self::Ids,
            RequestKind::ContractData => {
                Self::ContractData(contract::ContractDataRequest::decode(body)?)
            }
            RequestKind::AutoOpenOrders => Self::AutoOpenOrders,
            RequestKind::AllOpenOrders => Self::AllOpenOrders,
            RequestKind::ManagedAccounts => Self::ManagedAccounts,
            RequestKind::HistoricalData => {
                Self::HistoricalData(market::HistoricalDataRequest::decode(body)?)
            }
            RequestKind::Scanner => Self::Scanner(scanner::ScannerRequest::decode(body)?),
            RequestKind::CancelScanner => Self::CancelScanner(session::ById::decode(body)?),
            RequestKind::ScannerParameters => Self::ScannerParameters,
            RequestKind::CancelHistoricalData => {
                Self::CancelHistoricalData(session::ById::decode(body)?)
            }
            RequestKind::CurrentTime => Self::CurrentTime,
            RequestKind::GlobalCancel => Self::GlobalCancel,
            RequestKind::MarketDataType => {
                Self::MarketDataType(market::MarketDataTypeRequest::decode(body)?)
            }
            RequestKind::Positions => Self::Positions,
            RequestKind::AccountSummary => {
                Self::AccountSummary(account::AccountSummaryRequest::decode(body)?)
            }
            RequestKind::CancelAccountSummary => {
                Self::CancelAccountSummary(session::ById::decode(body)?)
            }
            RequestKind::CancelPositions => Self::CancelPositions,
            RequestKind::StartApi => Self::StartApi(session::StartApi::decode(body)?),
            RequestKind::PositionsMulti => {
                Self::PositionsMulti(account::MultiRequest::decode(body)?)
            }
            RequestKind::CancelPositionsMulti => {
                Self::CancelPositionsMulti(session::ById::decode(body)?)
            }
            RequestKind::AccountUpdatesMulti => {
                Self::AccountUpdatesMulti(account::MultiRequest::decode(body)?)
            }
            RequestKind::CancelAccountUpdatesMulti => {
                Self::CancelAccountUpdatesMulti(session::ById::decode(body)?)
            }
            RequestKind::NewsArticle => Self::NewsArticle(news::NewsArticleRequest::decode(body)?),
            RequestKind::NewsProviders => Self::NewsProviders,
            RequestKind::HistoricalNews => {
                Self::HistoricalNews(news::HistoricalNewsRequest::decode(body)?)
            }
            RequestKind::MarketRule => Self::MarketRule(contract::MarketRuleRequest::decode(body)?),
            RequestKind::Pnl => Self::Pnl(account::PnlRequest::decode(body)?),
            RequestKind::CancelPnl => Self::CancelPnl(session::ById::decode(body)?),
            RequestKind::PnlSingle => Self::PnlSingle(account::PnlRequest::decode(body)?),
            RequestKind::CancelPnlSingle => Self::CancelPnlSingle(session::ById::decode(body)?),
            RequestKind::CompletedOrders => {
                Self::CompletedOrders(order::CompletedOrdersRequest::decode(body)?)
            }
            RequestKind::CurrentTimeMillis => Self::CurrentTimeMillis,
            RequestKind::CancelContractData => {
                Self::CancelContractData(session::ById::decode(body)?)
            }
        })
    }
}
