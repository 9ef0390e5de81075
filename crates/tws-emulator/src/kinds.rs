//! Kinds of messages with their numbers, in the words of logs and fault scripts.

use serde::{Deserialize, Serialize};

/// An enum of message kinds: their numbers on the wire and their words.
macro_rules! kinds {
    ($(#[$about:meta])* $name:ident { $($kind:ident = $id:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "the names are those of the protocol")]
        pub enum $name { $($kind),+ }

        impl $name {
            /// Every kind, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The number on the wire, without the 200 that marks a protobuf message.
            pub const fn id(self) -> i32 {
                match self { $(Self::$kind => $id),+ }
            }

            /// The kind with this number.
            pub fn of_id(id: i32) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.id() == id)
            }
        }
    };
}

kinds! {
    /// What a client sends.
    RequestKind {
        MarketData = 1,
        CancelMarketData = 2,
        PlaceOrder = 3,
        CancelOrder = 4,
        OpenOrders = 5,
        AccountData = 6,
        Executions = 7,
        Ids = 8,
        ContractData = 9,
        AutoOpenOrders = 15,
        AllOpenOrders = 16,
        ManagedAccounts = 17,
        HistoricalData = 20,
        Scanner = 22,
        CancelScanner = 23,
        ScannerParameters = 24,
        CancelHistoricalData = 25,
        CurrentTime = 49,
        GlobalCancel = 58,
        MarketDataType = 59,
        Positions = 61,
        AccountSummary = 62,
        CancelAccountSummary = 63,
        CancelPositions = 64,
        StartApi = 71,
        PositionsMulti = 74,
        CancelPositionsMulti = 75,
        AccountUpdatesMulti = 76,
        CancelAccountUpdatesMulti = 77,
        NewsArticle = 84,
        NewsProviders = 85,
        HistoricalNews = 86,
        MarketRule = 91,
        Pnl = 92,
        CancelPnl = 93,
        PnlSingle = 94,
        CancelPnlSingle = 95,
        CompletedOrders = 99,
        CurrentTimeMillis = 105,
        CancelContractData = 106,
    }
}

kinds! {
    /// What the gateway sends.
    ReplyKind {
        TickPrice = 1,
        TickSize = 2,
        OrderStatus = 3,
        Error = 4,
        OpenOrder = 5,
        AccountValue = 6,
        PortfolioValue = 7,
        AccountUpdateTime = 8,
        NextValidId = 9,
        ContractData = 10,
        ExecutionData = 11,
        ManagedAccounts = 15,
        HistoricalData = 17,
        ScannerParameters = 19,
        ScannerData = 20,
        TickString = 46,
        CurrentTime = 49,
        ContractDataEnd = 52,
        OpenOrdersEnd = 53,
        AccountDataEnd = 54,
        ExecutionsEnd = 55,
        SnapshotEnd = 57,
        MarketDataType = 58,
        CommissionReport = 59,
        Position = 61,
        PositionEnd = 62,
        AccountSummary = 63,
        AccountSummaryEnd = 64,
        PositionMulti = 71,
        PositionMultiEnd = 72,
        AccountUpdateMulti = 73,
        AccountUpdateMultiEnd = 74,
        TickReqParams = 81,
        NewsArticle = 83,
        NewsProviders = 85,
        HistoricalNews = 86,
        HistoricalNewsEnd = 87,
        MarketRule = 93,
        Pnl = 94,
        PnlSingle = 95,
        CompletedOrder = 101,
        CompletedOrdersEnd = 102,
        HistoricalDataEnd = 108,
        CurrentTimeMillis = 109,
    }
}
