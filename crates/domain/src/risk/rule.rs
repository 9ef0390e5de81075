//! The names of the rules: stable words that the model, the journal and every report use alike.

use std::fmt;

/// A rule of the gate. The owner's rules come from his settings, the others from the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// Trading is halted, or the day allows exits only.
    Halt,
    /// The exchange is not in a phase that takes such an order.
    Phase,
    /// Too soon after a session's open or too near its end.
    SessionEdge,
    /// Only holdings may be sold; nothing is sold short.
    ShortSale,
    /// The symbol is neither among the names a scan may look at nor held.
    Universe,
    /// No board lot is known for the symbol on this day, so it is not traded.
    LotKnown,
    /// The quantity is not a whole number of board lots.
    BoardLot,
    /// More board lots than one order may carry at the exchange.
    OrderSize,
    /// A price is not on the tick grid of the day.
    Tick,
    /// Stop, entry and target are not in this order, lowest first.
    Bracket,
    /// The stop is nearer than one tick or further than allowed.
    StopDistance,
    /// The entry is too far from the last price.
    PriceBand,
    /// There is no quote, it is too old, crossed, or from the future.
    QuoteFresh,
    /// The quote is delayed and delayed data is not accepted.
    QuoteLive,
    /// The symbol's data, or the whole feed, was doubted in this cycle.
    DataDoubted,
    /// A market order where none is allowed.
    MarketOrder,
    /// Too many names held or about to be.
    MaxPositions,
    /// Too much of the equity in one name, holding and working orders counted.
    PositionShare,
    /// Too much of the equity at risk between entry and stop.
    RiskPerTrade,
    /// The day has lost its limit, or what it has lost is not known.
    DailyLoss,
    /// As many trades as a day may have.
    DailyTrades,
    /// Too little reward for the risk after all costs.
    RewardRisk,
    /// As many entries as a symbol may have in a day.
    EntriesPerSymbol,
    /// Too soon after a stop in this symbol.
    CoolDown,
    /// Not enough cash for the purchase and its costs.
    Cash,
    /// The account's equity is not known.
    EquityKnown,
    /// Equity changed more than fills and transfers explain.
    EquityJump,
    /// An order of this symbol is unresolved.
    UnresolvedOrder,
    /// A difference between journal and broker is open.
    FindingsOpen,
    /// A limit is looser than the one last in force, and the owner has not accepted it.
    LimitsNotAccepted,
    /// The order is worth more than the absolute fuse.
    MaxOrderValue,
    /// All holdings together would be worth more than the absolute fuse.
    MaxGrossValue,
    /// The trade names no headline of this cycle that is fresh and not of a bad or routine kind.
    NewsCatalyst,
    /// Relative volume is too low or was not seen in this cycle.
    RelativeVolume,
    /// RSI is outside its range or was not seen in this cycle.
    RsiRange,
    /// No pattern was seen for the symbol in this cycle.
    NamedPattern,
    /// No passing `check_risk` of the same trade came before in this cycle.
    CheckRiskFirst,
    /// The reason gives a number or a symbol that no tool returned in this cycle.
    Grounding,
    /// More is to be sold or guarded than is held.
    ExceedsHolding,
    /// Another exit of the symbol is at work; both could fill.
    WorkingExit,
    /// The exit is absurdly far from the last price.
    ExitPrice,
    /// The new stop is further away than the one in place.
    StopMovedAway,
    /// No fee table covers the day, so costs are unknown.
    CostsKnown,
    /// As many day trades as the market's rule allows an account of this size.
    DayTrades,
    /// Further from the best quote than the exchange lets an order be; a warning.
    QuotationRange,
    /// Through the best ask by more steps than an enhanced limit order may be; a warning.
    EnhancedLimit,
    /// A price many times the nominal price or a small fraction of it; a warning.
    NominalRange,
}

impl Rule {
    /// Every rule, in the order of this list.
    pub const ALL: [Self; 47] = [
        Self::Halt,
        Self::Phase,
        Self::SessionEdge,
        Self::ShortSale,
        Self::Universe,
        Self::LotKnown,
        Self::BoardLot,
        Self::OrderSize,
        Self::Tick,
        Self::Bracket,
        Self::StopDistance,
        Self::PriceBand,
        Self::QuoteFresh,
        Self::QuoteLive,
        Self::DataDoubted,
        Self::MarketOrder,
        Self::MaxPositions,
        Self::PositionShare,
        Self::RiskPerTrade,
        Self::DailyLoss,
        Self::DailyTrades,
        Self::RewardRisk,
        Self::EntriesPerSymbol,
        Self::CoolDown,
        Self::Cash,
        Self::EquityKnown,
        Self::EquityJump,
        Self::UnresolvedOrder,
        Self::FindingsOpen,
        Self::LimitsNotAccepted,
        Self::MaxOrderValue,
        Self::MaxGrossValue,
        Self::NewsCatalyst,
        Self::RelativeVolume,
        Self::RsiRange,
        Self::NamedPattern,
        Self::CheckRiskFirst,
        Self::Grounding,
        Self::ExceedsHolding,
        Self::WorkingExit,
        Self::ExitPrice,
        Self::StopMovedAway,
        Self::CostsKnown,
        Self::DayTrades,
        Self::QuotationRange,
        Self::EnhancedLimit,
        Self::NominalRange,
    ];

    /// The stable word of the rule.
    ///
    /// ```
    /// use catalyst_domain::risk::Rule;
    /// assert_eq!(Rule::PositionShare.as_str(), "position_share");
    /// let words: std::collections::BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.as_str()).collect();
    /// assert_eq!(words.len(), Rule::ALL.len());
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Halt => "halt",
            Self::Phase => "phase",
            Self::SessionEdge => "session_edge",
            Self::ShortSale => "short_sale",
            Self::Universe => "universe",
            Self::LotKnown => "lot_known",
            Self::BoardLot => "board_lot",
            Self::OrderSize => "order_size",
            Self::Tick => "tick",
            Self::Bracket => "bracket",
            Self::StopDistance => "stop_distance",
            Self::PriceBand => "price_band",
            Self::QuoteFresh => "quote_fresh",
            Self::QuoteLive => "quote_live",
            Self::DataDoubted => "data_doubted",
            Self::MarketOrder => "market_order",
            Self::MaxPositions => "max_positions",
            Self::PositionShare => "position_share",
            Self::RiskPerTrade => "risk_per_trade",
            Self::DailyLoss => "daily_loss",
            Self::DailyTrades => "daily_trades",
            Self::RewardRisk => "reward_risk",
            Self::EntriesPerSymbol => "entries_per_symbol",
            Self::CoolDown => "cool_down",
            Self::Cash => "cash",
            Self::EquityKnown => "equity_known",
            Self::EquityJump => "equity_jump",
            Self::UnresolvedOrder => "unresolved_order",
            Self::FindingsOpen => "findings_open",
            Self::LimitsNotAccepted => "limits_not_accepted",
            Self::MaxOrderValue => "max_order_value",
            Self::MaxGrossValue => "max_gross_value",
            Self::NewsCatalyst => "news_catalyst",
            Self::RelativeVolume => "relative_volume",
            Self::RsiRange => "rsi_range",
            Self::NamedPattern => "named_pattern",
            Self::CheckRiskFirst => "check_risk_first",
            Self::Grounding => "grounding",
            Self::ExceedsHolding => "exceeds_holding",
            Self::WorkingExit => "working_exit",
            Self::ExitPrice => "exit_price",
            Self::StopMovedAway => "stop_moved_away",
            Self::CostsKnown => "costs_known",
            Self::DayTrades => "day_trades",
            Self::QuotationRange => "quotation_range",
            Self::EnhancedLimit => "enhanced_limit",
            Self::NominalRange => "nominal_range",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
