//! Positions, derived from fills. Nothing is held because it was ordered.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use thiserror::Error;

use crate::money::{Currency, Money, MoneyError};
use crate::order::Fill;
use crate::price::Price;
use crate::quantity::Shares;
use crate::side::Side;
use crate::symbol::Symbol;

/// Shares of one symbol that are held, never fewer than one.
///
/// Shown at [`Holdings::from_fills`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// What is held.
    pub symbol: Symbol,
    /// How many shares.
    pub shares: Shares,
    /// What the held shares cost in all, purchase fees included.
    pub cost: Money,
    /// What the held shares cost in all before fees.
    pub gross_cost: Money,
    /// When the first of them was bought.
    pub since: DateTime<Utc>,
}

impl Position {
    /// Cost per share before fees. An average, so it need not be a legal price.
    pub fn average_price(&self) -> Decimal {
        self.gross_cost
            .amount()
            .checked_div(Decimal::from(self.shares.count()))
            .unwrap_or(Decimal::ZERO)
    }

    /// What the shares are worth at `mark`.
    pub fn value_at(&self, mark: Price) -> Money {
        mark.times(self.shares, self.cost.currency())
    }

    /// Value at `mark` less cost, fees of the purchase included.
    pub fn unrealised_at(&self, mark: Price) -> Result<Money, MoneyError> {
        self.value_at(mark).minus(self.cost)
    }

    /// The cost of `gone` of the shares, in proportion, and what is left without them.
    fn split(self, gone: Shares) -> Result<(Money, Self), MoneyError> {
        let share = Decimal::from(gone.count()) / Decimal::from(self.shares.count());
        let cost = self.cost.times(share)?;
        let rest = Self {
            shares: self.shares.minus(gone).unwrap_or(Shares::ZERO),
            cost: self.cost.minus(cost)?,
            gross_cost: self.gross_cost.minus(self.gross_cost.times(share)?)?,
            ..self
        };
        Ok((cost, rest))
    }
}

/// All positions, keyed by symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holdings {
    currency: Currency,
    positions: BTreeMap<Symbol, Position>,
    realised: Money,
    results_unknown: BTreeSet<Symbol>,
}

/// Why a fill cannot have happened to these holdings.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HoldingsError {
    /// More was sold than was held; positions here are long or nothing.
    #[error("fill {execution} sells {sold} shares of {symbol}, {held} are held")]
    Oversold {
        /// The broker's name of the execution.
        execution: String,
        /// What was sold.
        symbol: Symbol,
        /// How many.
        sold: Shares,
        /// How many there were.
        held: Shares,
    },
    /// The sums left the range of money.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Holdings {
    /// Nothing held, in `currency`.
    pub const fn none(currency: Currency) -> Self {
        Self {
            currency,
            positions: BTreeMap::new(),
            realised: Money::zero(currency),
            results_unknown: BTreeSet::new(),
        }
    }

    /// What `fills`, in the order they happened, leave.
    ///
    /// ```
    /// use catalyst_domain::account::Holdings;
    /// use catalyst_domain::money::{Currency, Money};
    /// use catalyst_domain::order::{ExecutionId, Fill};
    /// use catalyst_domain::{quantity::Shares, side::Side};
    /// let buy = Fill {
    ///     execution: ExecutionId::new("0001"),
    ///     order: "20260914-1000.1-01e".parse()?,
    ///     symbol: "700".parse()?,
    ///     side: Side::Buy,
    ///     shares: Shares::new(200)?,
    ///     price: "500".parse()?,
    ///     fees: Money::parse("50", Currency::Hkd)?,
    ///     at: "2026-09-14T02:00:00Z".parse()?,
    /// };
    /// let half = Shares::new(100)?;
    /// let sale = Fill { side: Side::Sell, shares: half, price: "510".parse()?, ..buy.clone() };
    /// let holdings = Holdings::from_fills(Currency::Hkd, [&buy, &sale])?;
    /// let left = holdings.position(buy.symbol).ok_or("nothing left")?;
    /// assert_eq!((left.shares, left.average_price()), (half, 500.into()));
    /// assert_eq!(holdings.realised().to_string(), "925.00 HKD");
    /// assert_eq!(
    ///     Holdings::from_fills(Currency::Hkd, [&sale]).unwrap_err().to_string(),
    ///     "fill 0001 sells 100 shares of 00700, 0 are held"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_fills<'a>(
        currency: Currency,
        fills: impl IntoIterator<Item = &'a Fill>,
    ) -> Result<Self, HoldingsError> {
        let mut holdings = Self::none(currency);
        for fill in fills {
            holdings.apply(fill)?;
        }
        Ok(holdings)
    }

    /// Takes one fill in.
    pub fn apply(&mut self, fill: &Fill) -> Result<(), HoldingsError> {
        match fill.side {
            Side::Buy => self.buy(fill),
            Side::Sell => self.sell(fill),
        }
    }

    /// Takes one fill in as far as it can have happened: of a sale beyond what is held only what was
    /// held counts. Returns the shares that were sold beyond it, which a comparison with the broker
    /// will show.
    pub fn absorb(&mut self, fill: &Fill) -> Result<Shares, MoneyError> {
        let held = self.shares(fill.symbol);
        let beyond = match fill.side {
            Side::Buy => Shares::ZERO,
            Side::Sell => fill.shares.minus(held).unwrap_or(Shares::ZERO),
        };
        if fill.side == Side::Sell && held.is_zero() {
            return Ok(beyond);
        }
        let shares = fill.shares.minus(beyond).unwrap_or(Shares::ZERO);
        match self.apply(&Fill {
            shares,
            ..fill.clone()
        }) {
            Ok(()) => Ok(beyond),
            Err(HoldingsError::Oversold { .. }) => Ok(fill.shares),
            Err(HoldingsError::Money(error)) => Err(error),
        }
    }

    /// Lowers the position in `symbol` to the shares that the broker has, where no execution can
    /// come any more. The cost goes in proportion and nothing is realised: what became of the shares
    /// is unknown, not zero. Returns the shares written off; a position is never raised.
    ///
    /// ```
    /// use catalyst_domain::account::Holdings;
    /// use catalyst_domain::money::{Currency, Money};
    /// use catalyst_domain::order::{ExecutionId, Fill};
    /// use catalyst_domain::{quantity::Shares, side::Side};
    /// let symbol = "700".parse()?;
    /// let buy = Fill {
    ///     execution: ExecutionId::new("0001"),
    ///     order: "20260914-1000.1-01e".parse()?,
    ///     symbol,
    ///     side: Side::Buy,
    ///     shares: Shares::new(200)?,
    ///     price: "500".parse()?,
    ///     fees: Money::parse("50", Currency::Hkd)?,
    ///     at: "2026-09-14T02:00:00Z".parse()?,
    /// };
    /// let mut holdings = Holdings::from_fills(Currency::Hkd, [&buy])?;
    /// assert_eq!(holdings.write_off(symbol, Shares::new(50)?)?.count(), 150);
    /// let left = holdings.position(symbol).ok_or("nothing left")?;
    /// assert_eq!(left.cost.to_string(), "25012.50 HKD");
    /// assert_eq!(holdings.realised(), Money::zero(Currency::Hkd));
    /// assert!(holdings.results_unknown().contains(&symbol));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_off(&mut self, symbol: Symbol, to: Shares) -> Result<Shares, MoneyError> {
        let Some(held) = self.positions.get(&symbol).copied() else {
            return Ok(Shares::ZERO);
        };
        let gone = held.shares.minus(to).unwrap_or(Shares::ZERO);
        if gone.is_zero() {
            return Ok(gone);
        }
        let (_, rest) = held.split(gone)?;
        self.put(rest);
        self.results_unknown.insert(symbol);
        Ok(gone)
    }

    /// Symbols of which shares were written off, so that their realised result is not complete.
    pub const fn results_unknown(&self) -> &BTreeSet<Symbol> {
        &self.results_unknown
    }

    /// The position in `symbol`, if any.
    pub fn position(&self, symbol: Symbol) -> Option<&Position> {
        self.positions.get(&symbol)
    }

    /// Shares of `symbol` held.
    pub fn shares(&self, symbol: Symbol) -> Shares {
        self.position(symbol)
            .map_or(Shares::ZERO, |position| position.shares)
    }

    /// All positions by symbol.
    pub fn positions(&self) -> impl Iterator<Item = &Position> {
        self.positions.values()
    }

    /// True when nothing is held.
    pub fn is_flat(&self) -> bool {
        self.positions.is_empty()
    }

    /// Gain of what was sold again, all fees included.
    pub const fn realised(&self) -> Money {
        self.realised
    }

    fn buy(&mut self, fill: &Fill) -> Result<(), HoldingsError> {
        let fresh = Position {
            symbol: fill.symbol,
            shares: Shares::ZERO,
            cost: Money::zero(self.currency),
            gross_cost: Money::zero(self.currency),
            since: fill.at,
        };
        let held = self.positions.get(&fill.symbol).copied().unwrap_or(fresh);
        let grown = Position {
            shares: held.shares.plus(fill.shares),
            cost: held.cost.plus(fill.gross())?.plus(fill.fees)?,
            gross_cost: held.gross_cost.plus(fill.gross())?,
            ..held
        };
        self.put(grown);
        Ok(())
    }

    fn sell(&mut self, fill: &Fill) -> Result<(), HoldingsError> {
        let oversold = |held| HoldingsError::Oversold {
            execution: fill.execution.as_str().to_owned(),
            symbol: fill.symbol,
            sold: fill.shares,
            held,
        };
        let held = *self
            .positions
            .get(&fill.symbol)
            .ok_or_else(|| oversold(Shares::ZERO))?;
        if held.shares < fill.shares {
            return Err(oversold(held.shares));
        }
        let proceeds = fill.gross().minus(fill.fees)?;
        let (cost_sold, rest) = held.split(fill.shares)?;
        self.realised = self.realised.plus(proceeds)?.minus(cost_sold)?;
        self.put(rest);
        Ok(())
    }

    /// What is left of a position, which is none when no share is.
    fn put(&mut self, position: Position) {
        if position.shares.is_zero() {
            self.positions.remove(&position.symbol);
        } else {
            self.positions.insert(position.symbol, position);
        }
    }
}
