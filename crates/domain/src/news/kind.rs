//! What kinds of announcement there are, and what each says about a company's prospects.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// What a headline's kind says about the company's prospects.
///
/// Shown at [`NewsKind::sentiment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sentiment {
    /// Good for the company.
    Positive,
    /// Bad for the company.
    Negative,
    /// Neither.
    Neutral,
    /// The kind does not tell.
    Unknown,
}

impl Sentiment {
    /// Every sentiment.
    pub const ALL: [Self; 4] = [Self::Positive, Self::Negative, Self::Neutral, Self::Unknown];

    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Sentiment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no sentiment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("sentiment `{found}` is unknown, allowed are positive, negative, neutral, unknown")]
pub struct UnknownSentiment {
    /// The word as given.
    pub found: String,
}

impl FromStr for Sentiment {
    type Err = UnknownSentiment;

    /// Reads the exact word.
    ///
    /// ```
    /// use catalyst_domain::news::Sentiment;
    /// assert_eq!("neutral".parse::<Sentiment>()?, Sentiment::Neutral);
    /// assert_eq!(
    ///     "great".parse::<Sentiment>().unwrap_err().to_string(),
    ///     "sentiment `great` is unknown, allowed are positive, negative, neutral, unknown"
    /// );
    /// # Ok::<(), catalyst_domain::news::UnknownSentiment>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, UnknownSentiment> {
        Self::ALL
            .into_iter()
            .find(|sentiment| sentiment.as_str() == text)
            .ok_or_else(|| UnknownSentiment {
                found: text.to_owned(),
            })
    }
}

/// The kinds of announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NewsKind {
    /// Profits well above the last period's.
    PositiveProfitAlert,
    /// Profits well below, or losses.
    ProfitWarning,
    /// The company buys its own shares.
    Buyback,
    /// New shares, or paper that turns into shares, for a few; or a holder's shares sold to them.
    Placing,
    /// New shares for all holders.
    RightsIssue,
    /// Periodic results.
    Results,
    /// Trading is halted, or stays so.
    TradingHalt,
    /// Trading resumes.
    Resumption,
    /// A seller of borrowed shares has published against the company.
    ShortSellerReport,
    /// An authority looks into the company, its business or its people, or has punished them.
    Investigation,
    /// Debts are not paid, accounts are late or not vouched for, or the listing ends for such reasons.
    Distress,
    /// Price-sensitive information of any direction.
    InsideInformation,
    /// In or out of an index.
    IndexChange,
    /// Returns, notices and other paper that moves nothing.
    RoutineFiling,
    /// Anything else.
    Other,
}

/// A word that is no kind of announcement.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("news kind `{found}` is unknown, allowed are {}", words())]
pub struct UnknownNewsKind {
    /// The word as given.
    pub found: String,
}

fn words() -> String {
    NewsKind::ALL.map(NewsKind::as_str).join(", ")
}

impl NewsKind {
    /// All kinds.
    pub const ALL: [Self; 15] = [
        Self::PositiveProfitAlert,
        Self::ProfitWarning,
        Self::Buyback,
        Self::Placing,
        Self::RightsIssue,
        Self::Results,
        Self::TradingHalt,
        Self::Resumption,
        Self::ShortSellerReport,
        Self::Investigation,
        Self::Distress,
        Self::InsideInformation,
        Self::IndexChange,
        Self::RoutineFiling,
        Self::Other,
    ];

    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PositiveProfitAlert => "positive_profit_alert",
            Self::ProfitWarning => "profit_warning",
            Self::Buyback => "buyback",
            Self::Placing => "placing",
            Self::RightsIssue => "rights_issue",
            Self::Results => "results",
            Self::TradingHalt => "trading_halt",
            Self::Resumption => "resumption",
            Self::ShortSellerReport => "short_seller_report",
            Self::Investigation => "investigation",
            Self::Distress => "distress",
            Self::InsideInformation => "inside_information",
            Self::IndexChange => "index_change",
            Self::RoutineFiling => "routine_filing",
            Self::Other => "other",
        }
    }

    /// What the kind says. Results and inside information may be either, so they are unknown.
    ///
    /// ```
    /// use catalyst_domain::news::{NewsKind, Sentiment};
    /// assert_eq!(NewsKind::ProfitWarning.sentiment(), Sentiment::Negative);
    /// assert_eq!(NewsKind::Results.sentiment(), Sentiment::Unknown);
    /// ```
    pub const fn sentiment(self) -> Sentiment {
        match self {
            Self::PositiveProfitAlert | Self::Buyback => Sentiment::Positive,
            Self::ProfitWarning
            | Self::Placing
            | Self::RightsIssue
            | Self::TradingHalt
            | Self::ShortSellerReport
            | Self::Investigation
            | Self::Distress => Sentiment::Negative,
            Self::RoutineFiling => Sentiment::Neutral,
            Self::Results
            | Self::Resumption
            | Self::InsideInformation
            | Self::IndexChange
            | Self::Other => Sentiment::Unknown,
        }
    }
}

impl fmt::Display for NewsKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for NewsKind {
    type Err = UnknownNewsKind;

    /// Reads the exact word.
    ///
    /// ```
    /// use catalyst_domain::news::NewsKind;
    /// assert_eq!("placing".parse::<NewsKind>()?, NewsKind::Placing);
    /// let error = "rumour".parse::<NewsKind>().unwrap_err().to_string();
    /// assert!(error.starts_with("news kind `rumour` is unknown, allowed are positive_profit_alert"));
    /// # Ok::<(), catalyst_domain::news::UnknownNewsKind>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, UnknownNewsKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownNewsKind {
                found: text.to_owned(),
            })
    }
}
