//! Fee item: the name of one charge, as it appears in reports and in the rows of a schedule.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// One charge on a trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeeItem {
    /// The government's duty on transfers of shares.
    StampDuty,
    /// Levy of the Securities and Futures Commission.
    SfcLevy,
    /// Levy of the Accounting and Financial Reporting Council.
    AfrcLevy,
    /// The exchange's fee on value.
    TradingFee,
    /// The exchange's fixed sum for each trade.
    TradingTariff,
    /// The clearing house's fee.
    SettlementFee,
    /// Fee of the Securities and Exchange Commission on sells (section 31).
    SecFee,
    /// Trading activity fee of FINRA on sells, by share.
    FinraFee,
    /// What the broker takes.
    Commission,
}

/// A word that is no charge.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "fee item `{found}` is unknown, allowed are stamp_duty, sfc_levy, afrc_levy, trading_fee, \
     trading_tariff, settlement_fee, sec_fee, finra_fee, commission"
)]
pub struct UnknownFeeItem {
    /// The word as given.
    pub found: String,
}

impl FeeItem {
    /// Every charge, in the order of a report.
    pub const ALL: [Self; 9] = [
        Self::StampDuty,
        Self::SfcLevy,
        Self::AfrcLevy,
        Self::TradingFee,
        Self::TradingTariff,
        Self::SettlementFee,
        Self::SecFee,
        Self::FinraFee,
        Self::Commission,
    ];

    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StampDuty => "stamp_duty",
            Self::SfcLevy => "sfc_levy",
            Self::AfrcLevy => "afrc_levy",
            Self::TradingFee => "trading_fee",
            Self::TradingTariff => "trading_tariff",
            Self::SettlementFee => "settlement_fee",
            Self::SecFee => "sec_fee",
            Self::FinraFee => "finra_fee",
            Self::Commission => "commission",
        }
    }
}

impl fmt::Display for FeeItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for FeeItem {
    type Err = UnknownFeeItem;

    /// ```
    /// use catalyst_domain::fees::FeeItem;
    /// assert_eq!("stamp_duty".parse::<FeeItem>()?, FeeItem::StampDuty);
    /// let error = "Stamp Duty".parse::<FeeItem>().unwrap_err().to_string();
    /// assert!(error.starts_with("fee item `Stamp Duty` is unknown, allowed are stamp_duty, sfc_"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, UnknownFeeItem> {
        let named = Self::ALL.into_iter().find(|item| item.as_str() == text);
        named.ok_or_else(|| UnknownFeeItem {
            found: text.to_owned(),
        })
    }
}
