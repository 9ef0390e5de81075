//! Money: an amount in one currency. Amounts of different currencies never add.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use thiserror::Error;

/// The currencies an account or an instrument may be in.
///
/// ```
/// use catalyst_domain::money::Currency;
/// assert_eq!("USD".parse::<Currency>()?, Currency::Usd);
/// assert_eq!(
///     "usd".parse::<Currency>().unwrap_err().to_string(),
///     "currency `usd` is unknown, allowed are HKD, USD, AUD, CNH"
/// );
/// # Ok::<(), catalyst_domain::money::MoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Currency {
    /// Hong Kong dollar.
    Hkd,
    /// United States dollar.
    Usd,
    /// Australian dollar.
    Aud,
    /// Offshore renminbi, the currency of the exchange's 8xxxx counters.
    Cnh,
}

impl Currency {
    /// The three-letter code of ISO 4217 (`CNH` by market usage).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hkd => "HKD",
            Self::Usd => "USD",
            Self::Aud => "AUD",
            Self::Cnh => "CNH",
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match text {
            "HKD" => Ok(Self::Hkd),
            "USD" => Ok(Self::Usd),
            "AUD" => Ok(Self::Aud),
            "CNH" => Ok(Self::Cnh),
            other => Err(MoneyError::UnknownCurrency {
                found: other.to_owned(),
            }),
        }
    }
}

/// How an amount that falls between two units is settled. Costs round up, levies to the nearest.
///
/// ```
/// use catalyst_domain::money::Rounding;
/// use rust_decimal::Decimal;
/// let fee = Decimal::new(2_825, 3);
/// assert_eq!(Rounding::HalfUp.settle(fee, 2).to_string(), "2.83");
/// assert_eq!(Rounding::Down.settle(fee, 2).to_string(), "2.82");
/// assert_eq!(Rounding::Up.settle(-fee, 0).to_string(), "-3");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest unit, half a unit away from zero.
    HalfUp,
    /// To the next unit away from zero.
    Up,
    /// To the unit toward zero.
    Down,
}

impl Rounding {
    /// Settles `value` to `decimal_places` digits after the point.
    pub fn settle(self, value: Decimal, decimal_places: u32) -> Decimal {
        let strategy = match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::Up => RoundingStrategy::AwayFromZero,
            Self::Down => RoundingStrategy::ToZero,
        };
        value.round_dp_with_strategy(decimal_places, strategy)
    }
}

/// An amount of one currency; negative when owed or lost. At most 10^18 either way.
///
/// ```
/// use catalyst_domain::money::{Currency, Money};
/// let cash = Money::parse("1000.50", Currency::Hkd)?;
/// let fee = Money::parse("18", Currency::Hkd)?;
/// assert_eq!(cash.minus(fee)?.to_string(), "982.50 HKD");
/// assert_eq!(
///     cash.plus(Money::zero(Currency::Usd)).unwrap_err().to_string(),
///     "HKD and USD do not add without an exchange rate"
/// );
/// # Ok::<(), catalyst_domain::money::MoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

/// Why an amount could not be made or combined.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// The text is not a plain decimal number.
    #[error("amount `{found}` is not a plain decimal number such as 1234.50")]
    NotANumber {
        /// The text as given.
        found: String,
    },
    /// The currency code is none of the known ones.
    #[error("currency `{found}` is unknown, allowed are HKD, USD, AUD, CNH")]
    UnknownCurrency {
        /// The code as given.
        found: String,
    },
    /// Two currencies met in one sum.
    #[error("{left} and {right} do not add without an exchange rate")]
    CurrencyMismatch {
        /// Currency of the left amount.
        left: Currency,
        /// Currency of the right amount.
        right: Currency,
    },
    /// The result is beyond 10^18.
    #[error("amount is beyond 10^18")]
    TooLarge,
}

/// No account this library serves holds more; the bound keeps sums of products from overflowing.
const AMOUNT_MAX: Decimal = Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);

impl Money {
    /// An amount of `currency`.
    pub fn new(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        if amount.abs() > AMOUNT_MAX {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self { amount, currency })
    }

    /// An amount whose bound the types of its factors already keep.
    pub(crate) const fn of_bounded(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Reads plain decimal text: no exponent, no thousands separator, no sign but a leading minus.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let amount = plain_decimal(text).ok_or_else(|| MoneyError::NotANumber {
            found: text.to_owned(),
        })?;
        Self::new(amount, currency)
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self {
            amount: Decimal::ZERO,
            currency,
        }
    }

    /// The bare number, in units of [`Self::currency`].
    pub const fn amount(self) -> Decimal {
        self.amount
    }

    /// The currency of the amount.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The sum, of one currency.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let sum = self
            .amount
            .checked_add(other.amount)
            .ok_or(MoneyError::TooLarge)?;
        Self::new(sum, self.currency)
    }

    /// The difference, of one currency.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(other.negated())
    }

    /// The same amount with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            amount: Decimal::ZERO - self.amount,
            currency: self.currency,
        }
    }

    /// The amount times `factor`, exact as far as 28 digits go.
    pub fn times(self, factor: Decimal) -> Result<Self, MoneyError> {
        let product = self
            .amount
            .checked_mul(factor)
            .ok_or(MoneyError::TooLarge)?;
        Self::new(product, self.currency)
    }

    /// The amount settled to `decimal_places`, in the way `rounding` says.
    #[must_use]
    pub fn settled(self, rounding: Rounding, decimal_places: u32) -> Self {
        Self {
            amount: rounding.settle(self.amount, decimal_places),
            currency: self.currency,
        }
    }

    /// The sum of many amounts; nothing in `currency` when there are none.
    pub fn sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        amounts
            .into_iter()
            .try_fold(Self::zero(currency), Self::plus)
    }

    /// True below zero.
    pub fn is_negative(self) -> bool {
        self.amount < Decimal::ZERO
    }

    /// This amount in another currency.
    pub fn converted(self, rate: ExchangeRate) -> Result<Self, MoneyError> {
        if self.currency == rate.to {
            return Ok(self);
        }
        if self.currency != rate.from {
            return Err(MoneyError::CurrencyMismatch {
                left: self.currency,
                right: rate.from,
            });
        }
        let amount = self
            .amount
            .checked_mul(rate.per_unit)
            .ok_or(MoneyError::TooLarge)?;
        Self::new(amount, rate.to)
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch {
                left: self.currency,
                right: other.currency,
            })
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.2} {}",
            Rounding::HalfUp.settle(self.amount, 2),
            self.currency
        )
    }
}

/// How many units of `to` one unit of `from` buys.
///
/// ```
/// use catalyst_domain::money::{Currency, ExchangeRate, Money};
/// use rust_decimal::Decimal;
/// let rate = ExchangeRate::new(Currency::Aud, Currency::Hkd, Decimal::new(51, 1));
/// let rate = rate.ok_or("a rate above zero")?;
/// let cash = Money::parse("100", Currency::Aud)?;
/// assert_eq!(cash.converted(rate)?.to_string(), "510.00 HKD");
/// assert!(Money::parse("100", Currency::Usd)?.converted(rate).is_err());
/// assert_eq!(ExchangeRate::new(Currency::Aud, Currency::Hkd, Decimal::ZERO), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExchangeRate {
    from: Currency,
    to: Currency,
    per_unit: Decimal,
}

impl ExchangeRate {
    /// A rate above zero; `None` for anything else.
    pub fn new(from: Currency, to: Currency, per_unit: Decimal) -> Option<Self> {
        (per_unit > Decimal::ZERO).then_some(Self { from, to, per_unit })
    }
}

/// Reads digits with at most one point and a leading minus; anything else is `None`.
///
/// Exponents, plus signs, separators, blanks and digits of other scripts are refused, because each
/// has been a way for a wrong number to look right.
///
/// ```
/// use catalyst_domain::money::plain_decimal;
/// assert_eq!(plain_decimal("-0.50").map(|n| n.to_string()).as_deref(), Some("-0.50"));
/// for text in ["1e3", "1,000", "+1", " 1", ".5", "\u{ff15}", "NaN", ""] {
///     assert_eq!(plain_decimal(text), None, "{text}");
/// }
/// ```
pub fn plain_decimal(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    Decimal::from_str_exact(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_ten_to_the_eighteenth() {
        let bound = Decimal::from(1_000_000_000_000_000_000_u64);

        assert_eq!(AMOUNT_MAX, bound);
        assert_eq!(
            Money::new(bound + Decimal::ONE, Currency::Hkd),
            Err(MoneyError::TooLarge)
        );
    }

    #[test]
    fn only_plain_decimal_text_is_a_number() {
        for text in [
            "", ".", "1.", ".5", "1e3", "1,000", "+1", " 1", "\u{ff11}", "1.2.3", "--1", "NaN",
        ] {
            assert_eq!(plain_decimal(text), None, "{text:?}");
        }
        assert_eq!(plain_decimal("-0.005"), Some(Decimal::new(-5, 3)));
    }

    #[test]
    fn rounding_names_say_what_happens_at_half_a_cent() {
        let half = Decimal::new(2_825, 3);

        assert_eq!(Rounding::HalfUp.settle(half, 2), Decimal::new(283, 2));
        assert_eq!(Rounding::Down.settle(half, 2), Decimal::new(282, 2));
        assert_eq!(
            Rounding::Up.settle(Decimal::new(50_001, 3), 0),
            Decimal::from(51)
        );
    }

    #[test]
    fn conversion_needs_the_rate_of_that_currency() {
        let aud = Money::new(Decimal::from(100), Currency::Aud).unwrap();
        let rate = ExchangeRate::new(Currency::Aud, Currency::Hkd, Decimal::new(51, 1)).unwrap();

        assert_eq!(aud.converted(rate).unwrap().to_string(), "510.00 HKD");
        assert_eq!(
            Money::zero(Currency::Usd).converted(rate),
            Err(MoneyError::CurrencyMismatch {
                left: Currency::Usd,
                right: Currency::Aud
            })
        );
    }
}
