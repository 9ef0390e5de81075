//! Execution: a fill with what may still change about it. Its commission may come late, and the
//! broker may correct it under a new name.

use crate::money::Money;
use crate::order::{ExecutionId, Fill};

/// Where the fees of an execution come from.
///
/// Shown at [`Execution::with_fees`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeesAre {
    /// From the fee schedule of the day, until the broker's figure comes.
    Estimated,
    /// From the broker.
    Reported,
}

impl FeesAre {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Estimated => "estimated",
            Self::Reported => "reported",
        }
    }
}

/// One execution as the broker told it.
///
/// Shown at [`Execution::with_fees`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execution {
    /// What changed hands, and for which fees as far as they are known. A correction to no shares
    /// takes back what it replaces.
    pub fill: Fill,
    /// Where its fees come from.
    pub fees: FeesAre,
    /// The execution that this one corrects: the first of its kind or any correction of it.
    pub replaces: Option<ExecutionId>,
}

impl Execution {
    /// The same execution for other fees, of which two tellings are one: what the broker reports
    /// supersedes an estimate whichever came first, of two reports the later counts, and of two
    /// estimates the higher.
    ///
    /// ```
    /// use catalyst_domain::money::{Currency, Money};
    /// use catalyst_domain::order::{Execution, ExecutionId, FeesAre, Fill};
    /// use catalyst_domain::{quantity::Shares, side::Side};
    /// let hkd = |text| Money::parse(text, Currency::Hkd);
    /// let fill = Fill {
    ///     execution: ExecutionId::new("0001.01"),
    ///     order: "20260914-1000.1-01e".parse()?,
    ///     symbol: "700".parse()?,
    ///     side: Side::Buy,
    ///     shares: Shares::new(200)?,
    ///     price: "500".parse()?,
    ///     fees: hkd("82")?,
    ///     at: "2026-09-14T02:00:00Z".parse()?,
    /// };
    /// let told = Execution { fill, fees: FeesAre::Estimated, replaces: None };
    /// let reported = told.clone().with_fees(hkd("80.50")?, FeesAre::Reported);
    /// assert_eq!((reported.fill.fees, reported.fees), (hkd("80.50")?, FeesAre::Reported));
    /// assert_eq!(reported.clone().with_fees(hkd("82")?, FeesAre::Estimated), reported);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_fees(mut self, told: Money, are: FeesAre) -> Self {
        let supersedes = match (self.fees, are) {
            (FeesAre::Estimated | FeesAre::Reported, FeesAre::Reported) => true,
            (FeesAre::Estimated, FeesAre::Estimated) => told.amount() > self.fill.fees.amount(),
            (FeesAre::Reported, FeesAre::Estimated) => false,
        };
        if supersedes {
            self.fill.fees = told;
            self.fees = are;
        }
        self
    }
}
