//! Words of the domain that a question about risk may use.

use catalyst_domain::market::Feed;
use catalyst_domain::news::Sentiment;
use catalyst_domain::order::EntryKind;
use catalyst_domain::pattern::PatternKind;
use catalyst_domain::risk::{EntryCriteria, MarketOrders, TradingState};

use crate::commands::inspect::Field;

macro_rules! words {
    ($($value:ty, $allowed:literal;)+) => {$(
        impl Field for $value {
            const ALLOWED: &'static str = $allowed;

            fn parse(text: &str) -> Option<Self> {
                let named = |word: &Self| word.as_str().eq_ignore_ascii_case(text);
                Self::ALL.into_iter().find(named)
            }
        }
    )+};
}

words! {
    Feed, "live or delayed";
    Sentiment, "positive, negative, neutral or unknown";
    EntryKind, "limit or market";
    PatternKind, "bull_flag, cup_handle, ascending_triangle, abcd or breakout";
    TradingState, "trading, exits_only or halted";
}

impl Field for EntryCriteria {
    const ALLOWED: &'static str = "require or report";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "require" => Some(Self::Require),
            "report" => Some(Self::Report),
            _ => None,
        }
    }
}

impl Field for MarketOrders {
    const ALLOWED: &'static str = "marketable or refused";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "marketable" => Some(Self::AsMarketableLimit),
            "refused" => Some(Self::Refused),
            _ => None,
        }
    }
}
