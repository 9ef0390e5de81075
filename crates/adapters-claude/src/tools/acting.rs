//! Tools that judge or change something.

use catalyst_ports::tool::ToolName;

use super::schema::{Field, Kind, Need, ToolSpec};

const fn needed(name: &'static str, kind: Kind, says: &'static str) -> Field {
    Field {
        name,
        kind,
        need: Need::Required,
        says,
    }
}

const fn optional(name: &'static str, kind: Kind, says: &'static str) -> Field {
    Field {
        name,
        kind,
        need: Need::Optional,
        says,
    }
}

const SYMBOL: Field = needed("symbol", Kind::Text, "Code such as 00700.");
const SIDE: Field = needed(
    "side",
    Kind::Words(&["buy", "sell"]),
    "buy; sales are made by close_position.",
);
const QUANTITY: Field = needed(
    "quantity",
    Kind::Integer,
    "Single shares, whole board lots.",
);
const NEWS_READING: Field = optional(
    "news_reading",
    Kind::Words(&["positive", "negative", "neutral", "unknown"]),
    "Your own reading of that headline; negative refuses.",
);

pub(super) const CHECK_RISK: ToolSpec = ToolSpec {
    name: ToolName::CheckRisk,
    says: "The gate's verdict on a purchase, without acting: approved, breaches each with limit and found, max_quantity that would pass, costs, net_reward_risk, break_even_pct. It is the same gate as execution. Limits: {{max_position}} of equity in one name, {{max_risk}} at risk, stop within {{max_stop_distance}}, entry within {{max_price_deviation}} of the last price, net reward {{min_reward_risk}} times risk. On a breach of size ask once more with max_quantity; on others leave the trade.",
    fields: &[
        SYMBOL,
        SIDE,
        QUANTITY,
        needed(
            "entry_price",
            Kind::Number,
            "HKD a share, on the tick grid.",
        ),
        needed("stop_loss", Kind::Number, "Below the entry, on the grid."),
        needed("take_profit", Kind::Number, "Above the entry, on the grid."),
        optional(
            "news_id",
            Kind::Text,
            "Id of the headline the trade rests on, from get_news in this cycle.",
        ),
        NEWS_READING,
    ],
};

pub(super) const EXECUTE_TRADE: ToolSpec = ToolSpec {
    name: ToolName::ExecuteTrade,
    says: "Buys, with stop and target at the broker. Only after a check_risk of this cycle answered approved for the very same symbol, side, quantity, stop_loss, take_profit and news_id, with limit_price equal to its entry_price; the gate judges again on fresh prices. Waits for the fill; what is not filled by then is cancelled. The answer says what the broker did: outcome, filled, average_price. One order a turn; never repeat one whose outcome is unknown.",
    fields: &[
        SYMBOL,
        SIDE,
        QUANTITY,
        needed(
            "order_type",
            Kind::Words(&["market", "limit"]),
            "{{market_orders}}",
        ),
        optional("limit_price", Kind::Number, "Needed for a limit order."),
        needed("stop_loss", Kind::Number, "As checked."),
        needed("take_profit", Kind::Number, "As checked."),
        optional("news_id", Kind::Text, "As checked."),
        NEWS_READING,
        needed(
            "reason",
            Kind::Text,
            "Why, for the record, with the figures that tools gave.",
        ),
    ],
};

pub(super) const CLOSE_POSITION: ToolSpec = ToolSpec {
    name: ToolName::ClosePosition,
    says: "Leaves one position whole: cancels its orders, sells, confirms. Use it when the reason for the trade is gone; stop and target work by themselves. It sells no part. The answer says what is still held and whether it is protected.",
    fields: &[SYMBOL, needed("reason", Kind::Text, "Why, for the record.")],
};

pub(super) const CLOSE_ALL: ToolSpec = ToolSpec {
    name: ToolName::CloseAll,
    says: "Emergency: leaves everything, ends all entries for the day and alarms the owner. Only for a fault of the account or the data, never for an opinion about the market; the day's loss limit of {{max_daily_loss}} acts by itself.",
    fields: &[needed("reason", Kind::Text, "Why, for the owner.")],
};

pub(super) const SEND_ALERT: ToolSpec = ToolSpec {
    name: ToolName::SendAlert,
    says: "Writes to the owner; the recipient is fixed. At most {{alerts_max}} a cycle. For what the owner has to know today, not for decisions, which log_decision keeps. Links are taken out.",
    fields: &[
        needed(
            "severity",
            Kind::Words(&["info", "warning", "critical"]),
            "critical only for danger to the account.",
        ),
        needed("subject", Kind::Text, "One line, at most 120 characters."),
        needed("message", Kind::Text, "At most 2,000 characters."),
    ],
};

pub(super) const LOG_DECISION: ToolSpec = ToolSpec {
    name: ToolName::LogDecision,
    says: "Keeps your decision of this cycle in your words. Call it once, at the end, also when nothing was done. It acts on nothing.",
    fields: &[
        needed(
            "decision",
            Kind::Words(&["trade", "skip", "close", "emergency"]),
            "",
        ),
        optional("symbol", Kind::Text, "The name it is about, if about one."),
        needed(
            "reasoning",
            Kind::Text,
            "Why, at most 4,000 characters, with the figures that tools gave.",
        ),
    ],
};
