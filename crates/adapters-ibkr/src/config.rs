//! Settings of the broker's adapter: typed, and refused where they contradict each other.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::symbol::Symbol;
use chrono::TimeDelta;
use thiserror::Error;

/// Ports of a gateway or workstation that is logged in to play money, as they are installed.
const PAPER_PORTS: [u16; 2] = [7497, 4002];

/// Ports of one that is logged in to real money.
const LIVE_PORTS: [u16; 2] = [7496, 4001];

/// Whether money is real.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountMode {
    /// Play money, ids begin with `DU`.
    Paper,
    /// Real money, ids begin with `U`.
    Live,
}

impl AccountMode {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Live => "live",
        }
    }
}

/// The id of an account, such as `DU1234567`; it is never printed whole.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountName(String);

impl AccountName {
    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the id says about the money.
    pub fn mode(&self) -> AccountMode {
        if self.0.starts_with("DU") {
            AccountMode::Paper
        } else {
            AccountMode::Live
        }
    }

    /// The letters before the number.
    const fn prefix(mode: AccountMode) -> &'static str {
        match mode {
            AccountMode::Paper => "DU",
            AccountMode::Live => "U",
        }
    }
}

impl fmt::Debug for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountName({}…)", Self::prefix(self.mode()))
    }
}

impl FromStr for AccountName {
    type Err = ConfigRefused;

    /// Reads `DU` or `U`, one more capital letter or none, and 4 to 12 digits.
    ///
    /// ```
    /// use catalyst_adapters_ibkr::{AccountMode, AccountName};
    /// let account: AccountName = "DU1234567".parse()?;
    /// assert_eq!(account.mode(), AccountMode::Paper);
    /// let lettered: AccountName = "DUO123456".parse()?;
    /// assert_eq!(lettered.mode(), AccountMode::Paper);
    /// assert!("DF1234567".parse::<AccountName>().is_err());
    /// # Ok::<(), catalyst_adapters_ibkr::ConfigRefused>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, ConfigRefused> {
        let rest = text.strip_prefix("DU").or_else(|| text.strip_prefix('U'));
        let is_number = |rest: &str| {
            let digits = rest
                .strip_prefix(|letter: char| letter.is_ascii_uppercase())
                .unwrap_or(rest);
            (4..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        };
        if rest.is_some_and(is_number) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ConfigRefused::Account)
        }
    }
}

/// Where orders are routed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderExchange {
    /// Straight to the exchange; the gateway must allow direct routing for API orders.
    Sehk,
    /// Through the broker's router, with the exchange as primary.
    Smart,
}

impl OrderExchange {
    /// The broker's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sehk => "SEHK",
            Self::Smart => "SMART",
        }
    }
}

/// The code of a news provider, such as `BRFG` or `DJ-N`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderCode(String);

impl ProviderCode {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProviderCode {
    type Err = ConfigRefused;

    fn from_str(text: &str) -> Result<Self, ConfigRefused> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        if (1..=16).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ConfigRefused::Provider {
                found: text.chars().take(40).collect(),
            })
        }
    }
}

/// How the gateway is reached and how far it may be leaned on.
#[derive(Debug, Clone)]
pub struct IbkrConfig {
    /// Where the gateway listens; a name or an address.
    pub host: Box<str>,
    /// Its port, which says paper or live.
    pub port: u16,
    /// The fixed id of this agent, 1 to 1,000,000; orders belong to the id that placed them.
    pub client_id: i32,
    /// The account to trade.
    pub account: AccountName,
    /// Whether money is real.
    pub mode: AccountMode,
    /// For connecting and the first questions.
    pub connect_timeout: Duration,
    /// For every other question; a snapshot of quotes alone may take eleven seconds.
    pub call_timeout: Duration,
    /// For the acknowledgement of a whole family of orders.
    pub submit_timeout: Duration,
    /// Where orders are routed.
    pub order_exchange: OrderExchange,
    /// Whether delayed prices are asked for where live ones are not subscribed.
    pub delayed: bool,
    /// Requests for bars in ten minutes, sixty at the real broker; none at the practice gateway.
    pub bars_per_ten_minutes: Option<u32>,
    /// Where headlines come from; without any there is no news.
    pub news_providers: Vec<ProviderCode>,
    /// The names to scan when the scanner has none.
    pub universe: Vec<Symbol>,
    /// How far the clocks may be apart.
    pub skew_max: TimeDelta,
    /// Entries one run may send, and a tenth of the exits and protections.
    pub orders_max: u32,
    /// Exits and protections one run may send at least, however few entries it may.
    pub repairs_max: u32,
    /// The plan by which fees are estimated until the broker reports them.
    pub commission: CommissionPlan,
}

/// Settings that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConfigRefused {
    /// The text is no account id.
    #[error(
        "the account is not understood, allowed are DU (paper) or U (live), one more capital letter \
         or none, and 4 to 12 digits"
    )]
    Account,
    /// The text is no code of a news provider.
    #[error("news provider `{found}` is not understood, allowed are letters, digits and `-`")]
    Provider {
        /// The text as given.
        found: String,
    },
    /// Port, account and mode do not say the same.
    #[error(
        "mode {}, port {port} and an account beginning {prefix} do not agree: paper is a DU account \
         on port 7497 or 4002 (or an own port), live is a U account on port 7496 or 4001",
        mode.as_str()
    )]
    Mixed {
        /// The setting.
        mode: AccountMode,
        /// The port.
        port: u16,
        /// The letters of the account.
        prefix: &'static str,
    },
    /// A client id that the broker gives another meaning or does not take.
    #[error("client id {found} is not allowed, allowed are 1 to 1000000")]
    ClientId {
        /// The id as given.
        found: i32,
    },
    /// A wait of nothing.
    #[error("{which} is zero, every question needs time for its answer")]
    NoTime {
        /// The setting.
        which: &'static str,
    },
    /// Rules of another market.
    #[error("the rules are those of {found}, this adapter trades HKEX")]
    Exchange {
        /// Whose rules they are.
        found: Exchange,
    },
}

impl IbkrConfig {
    /// Refuses settings that contradict each other. Id 0 is refused because the broker binds orders
    /// entered by hand to it.
    pub fn check(&self) -> Result<(), ConfigRefused> {
        let named = self.account.mode();
        let by_port = match self.port {
            port if PAPER_PORTS.contains(&port) => Some(AccountMode::Paper),
            port if LIVE_PORTS.contains(&port) => Some(AccountMode::Live),
            _ => None,
        };
        let agree = named == self.mode && by_port.unwrap_or(AccountMode::Paper) == self.mode;
        if !agree {
            return Err(ConfigRefused::Mixed {
                mode: self.mode,
                port: self.port,
                prefix: AccountName::prefix(named),
            });
        }
        if !(1..=1_000_000).contains(&self.client_id) {
            return Err(ConfigRefused::ClientId {
                found: self.client_id,
            });
        }
        let waits = [
            ("connect_timeout", self.connect_timeout),
            ("call_timeout", self.call_timeout),
            ("submit_timeout", self.submit_timeout),
        ];
        match waits.into_iter().find(|(_, wait)| wait.is_zero()) {
            Some((which, _)) => Err(ConfigRefused::NoTime { which }),
            None => Ok(()),
        }
    }

    /// Host and port as one text.
    pub(crate) fn address(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::time::Duration;

    use catalyst_domain::fees::CommissionPlan;
    use chrono::TimeDelta;

    use super::{AccountMode, AccountName, ConfigRefused, IbkrConfig, OrderExchange};

    /// Paper settings that pass.
    pub(crate) fn a_config() -> IbkrConfig {
        IbkrConfig {
            host: "127.0.0.1".into(),
            port: 4002,
            client_id: 17,
            account: "DU1234567".parse().unwrap(),
            mode: AccountMode::Paper,
            connect_timeout: Duration::from_secs(5),
            call_timeout: Duration::from_secs(5),
            submit_timeout: Duration::from_secs(5),
            order_exchange: OrderExchange::Sehk,
            delayed: false,
            bars_per_ten_minutes: Some(60),
            news_providers: Vec::new(),
            universe: Vec::new(),
            skew_max: TimeDelta::seconds(30),
            orders_max: 50,
            repairs_max: 50,
            commission: CommissionPlan::IbkrTiered,
        }
    }

    #[test]
    fn paper_and_live_must_be_said_three_times_alike() {
        let check = |mode, port, account: &str| {
            let account = account.parse().unwrap();
            IbkrConfig {
                port,
                account,
                mode,
                ..a_config()
            }
            .check()
        };
        for (mode, port, account, passes) in [
            (AccountMode::Paper, 4002, "DU1234567", true),
            (AccountMode::Paper, 7497, "DU1234567", true),
            (AccountMode::Paper, 40123, "DU1234567", true),
            (AccountMode::Live, 4001, "U1234567", true),
            (AccountMode::Live, 7496, "U1234567", true),
            (AccountMode::Live, 40123, "U1234567", false),
            (AccountMode::Paper, 4001, "DU1234567", false),
            (AccountMode::Paper, 4002, "U1234567", false),
            (AccountMode::Live, 4001, "DU1234567", false),
            (AccountMode::Live, 4002, "U1234567", false),
        ] {
            let refused = check(mode, port, account);
            assert_eq!(refused.is_ok(), passes, "{mode:?} {port} {account}");
        }
        let told = check(AccountMode::Paper, 4001, "U1234567").unwrap_err();
        let text = told.to_string();
        assert!(
            text.starts_with("mode paper, port 4001 and an account beginning U do not agree"),
            "{text}"
        );
    }

    #[test]
    fn an_account_number_is_not_printed() {
        assert!(!format!("{:?}", a_config()).contains("1234567"));
    }

    #[test]
    fn one_letter_may_stand_before_the_digits_of_an_account() {
        for (text, mode) in [
            ("DU1234567", AccountMode::Paper),
            ("DUO123456", AccountMode::Paper),
            ("U1234567", AccountMode::Live),
            ("UA123456", AccountMode::Live),
        ] {
            let account: AccountName = text.parse().unwrap();
            assert_eq!(account.mode(), mode, "{text}");
        }
        for text in [
            "DUOO123456",
            "DUo123456",
            "DUO",
            "DUO123",
            "UÀ12345",
            "DF1234567",
        ] {
            let refused = text.parse::<AccountName>();
            assert_eq!(refused, Err(ConfigRefused::Account), "{text}");
        }
    }

    #[test]
    fn the_id_that_binds_orders_made_by_hand_is_refused() {
        for (client_id, allowed) in [(0, false), (1, true), (1_000_000, true), (1_000_001, false)] {
            let config = IbkrConfig {
                client_id,
                ..a_config()
            };
            let refused = ConfigRefused::ClientId { found: client_id };
            let expected = if allowed { Ok(()) } else { Err(refused) };
            assert_eq!(config.check(), expected);
        }
    }
}
