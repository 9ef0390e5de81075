//! Which broker, and how Interactive Brokers' gateway is reached.

use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::problem::SettingsError;
use super::raw::RawSettings;

/// Who executes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Broker {
    /// The built-in exchange.
    Sim,
    /// Interactive Brokers, or a gateway that speaks its protocol.
    Ibkr,
}

/// Whose time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockChoice {
    /// This machine's.
    Real,
    /// The practice gateway's, so that separate programs live the same simulated day.
    Gateway,
}

/// Whether money is at stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TradingMode {
    /// No money.
    Paper,
    /// Money.
    Live,
}

/// By which exchange name orders are routed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderRoute {
    /// Straight to the Hong Kong exchange.
    Sehk,
    /// By the broker's choice.
    Smart,
}

/// Section `broker`, and the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BrokerSettings {
    /// Who executes.
    pub(crate) name: Broker,
    /// Whose time counts.
    pub(crate) clock: ClockChoice,
    /// Whether money is at stake.
    pub(crate) mode: TradingMode,
    /// Host of the gateway.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// The number under which this agent alone connects, always the same.
    pub(crate) client_id: i32,
    /// The account that is traded; `None` was not given.
    pub(crate) account: Option<String>,
    /// How orders are routed.
    pub(crate) route: OrderRoute,
    /// Sessions on paper that come before real money.
    pub(crate) paper_sessions: usize,
    /// Time for the connection with its handshake.
    pub(crate) connect_timeout: Duration,
    /// Time for any one answer.
    pub(crate) answer_timeout: Duration,
    /// Entries that one run may send; exits and stops ten times as many.
    pub(crate) orders_max: u32,
    /// Time for an order to be acknowledged; after it the outcome is unknown.
    pub(crate) order_timeout: Duration,
}

pub(super) fn read(raw: &RawSettings<'_>) -> Result<BrokerSettings, SettingsError> {
    let name = raw.word(
        "broker.name",
        &[("sim", Broker::Sim), ("ibkr", Broker::Ibkr)],
    )?;
    let modes = [("paper", TradingMode::Paper), ("live", TradingMode::Live)];
    let mode = raw.word("broker.mode", &modes)?;
    let clocks = [
        ("real", ClockChoice::Real),
        ("gateway", ClockChoice::Gateway),
    ];
    let clock = raw.word("clock", &clocks)?;
    if clock == ClockChoice::Gateway && mode == TradingMode::Live {
        return Err(SettingsError::value(
            "clock",
            "gateway",
            "real while broker.mode is live; only a practice gateway keeps a time of its own",
        ));
    }
    Ok(BrokerSettings {
        name,
        clock,
        mode,
        host: raw
            .given("broker.host")?
            .unwrap_or_else(|| "127.0.0.1".to_owned()),
        port: number(raw, "broker.port", (7497, u16::MAX), "a port 1 to 65535")?,
        client_id: number(
            raw,
            "broker.client_id",
            (1, 999_999),
            "a whole number 1 to 999999",
        )?,
        account: raw.given("broker.account")?,
        route: raw.word(
            "broker.route",
            &[("SEHK", OrderRoute::Sehk), ("SMART", OrderRoute::Smart)],
        )?,
        paper_sessions: usize::try_from(raw.whole("broker.paper_sessions", 1..=250)?)
            .unwrap_or(usize::MAX),
        orders_max: raw.whole("broker.max_orders_per_run", 1..=200)?,
        connect_timeout: seconds(raw, "broker.connect_timeout_seconds")?,
        answer_timeout: seconds(raw, "broker.answer_timeout_seconds")?,
        order_timeout: seconds(raw, "broker.order_timeout_seconds")?,
    })
}

/// A wait of a tenth of a second to two minutes.
fn seconds(raw: &RawSettings<'_>, key: &str) -> Result<Duration, SettingsError> {
    let seconds = raw.decimal(key)?;
    let allowed = Decimal::new(1, 1)..=Decimal::from(120);
    let millis = (seconds * Decimal::from(1_000)).trunc().to_u64();
    match millis.filter(|_| allowed.contains(&seconds)) {
        Some(millis) => Ok(Duration::from_millis(millis)),
        None => Err(SettingsError::value(
            key,
            &seconds.to_string(),
            "seconds, 0.1 to 120",
        )),
    }
}

/// The same as a number above zero.
fn number<T: std::str::FromStr + PartialOrd + Default>(
    raw: &RawSettings<'_>,
    key: &str,
    (usual, most): (T, T),
    allowed: &str,
) -> Result<T, SettingsError> {
    let Some(text) = raw.given(key)? else {
        return Ok(usual);
    };
    match text.parse::<T>() {
        Ok(number) if number > T::default() && number <= most => Ok(number),
        Ok(_) | Err(_) => Err(SettingsError::value(key, &text, allowed)),
    }
}
