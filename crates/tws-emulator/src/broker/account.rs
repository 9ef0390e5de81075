//! The account: its figures in the base currency and by currency, its holdings, and telling both again
//! when something has traded.

use crate::wire::absent::or_empty;
use catalyst_adapters_sim::faces::Holding;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::price::Price;
use rust_decimal::Decimal;

use super::ledger::{Basis, Ledger};
use super::report::double;
use super::seen::seen;
use super::{Broker, SessionId};
use crate::kinds::ReplyKind;
use crate::wire::account::{
    AccountDataEnd, AccountDataRequest, AccountSummary, AccountSummaryRequest, AccountUpdateMulti,
    AccountUpdateTime, AccountValue, MultiRequest, PortfolioValue, Position, PositionMulti,
};
use crate::wire::session::{ById, Empty};

/// Decimal places of sums in a currency that was converted, and of rates.
const SUM_PLACES: u32 = 2;
const RATE_PLACES: u32 = 7;

/// One figure: its name, value and currency; no currency for a word.
pub(super) type Figure = (&'static str, String, String);

/// One holding, at market and at cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Valued {
    pub(super) holding: Holding,
    pub(super) price: Decimal,
    pub(super) basis: Basis,
}

impl Valued {
    pub(super) fn shares(&self) -> Decimal {
        Decimal::from(self.holding.shares.count())
    }

    pub(super) fn value(&self) -> Decimal {
        self.price * self.shares()
    }

    pub(super) fn unrealized(&self) -> Decimal {
        self.value() - self.basis.average() * self.shares()
    }
}

impl Broker {
    pub(super) fn valued(&self, ledger: &Ledger) -> Vec<Valued> {
        let held = seen(self.wire.holdings());
        let valued = held.into_iter().map(|holding| {
            let price = holding.mark.map_or(Decimal::ZERO, Price::value);
            let at_mark = Basis {
                shares: Decimal::ONE,
                cost: price,
                realized: Decimal::ZERO,
            };
            let basis = ledger.holdings.get(&holding.symbol).copied();
            let basis = basis.filter(|basis| !basis.shares.is_zero());
            Valued {
                holding,
                price,
                basis: basis.unwrap_or(at_mark),
            }
        });
        valued.collect()
    }

    /// Every figure of the account, sums in the base currency, balances also by currency.
    pub(super) fn figures(&self) -> Vec<Figure> {
        let ledger = self.ledger();
        let valued = self.valued(&ledger);
        let cash = self.wire.cash().map_or(Decimal::ZERO, Money::amount);
        let stock: Decimal = valued.iter().map(Valued::value).sum();
        let unrealized: Decimal = valued.iter().map(Valued::unrealized).sum();
        let realized: Decimal = ledger.holdings.values().map(|basis| basis.realized).sum();
        let base = self.config.base;
        let own = base.currency.code();
        let in_base = |hkd: Decimal| self.in_base(hkd);
        let all_cash = in_base(cash) + base.cash;
        let net = all_cash + in_base(stock);
        let mut figures = vec![
            ("AccountReady", "true".to_owned(), String::new()),
            ("AccountType", "INDIVIDUAL".to_owned(), String::new()),
        ];
        for (name, value) in [
            ("AvailableFunds", all_cash),
            ("BuyingPower", all_cash),
            ("EquityWithLoanValue", net),
            ("ExcessLiquidity", all_cash),
            ("GrossPositionValue", in_base(stock)),
            ("NetLiquidation", net),
            ("TotalCashValue", all_cash),
        ] {
            figures.push((name, text_of(value), own.to_owned()));
        }
        let hkd = ("HKD", Decimal::ONE, cash, stock, unrealized, realized);
        let rate = Decimal::ONE.checked_div(base.hkd_per_unit);
        let rate = rate.unwrap_or(Decimal::ONE).round_dp(RATE_PLACES);
        figures.extend(by_currency(hkd.0, rate, [hkd.2, hkd.3, hkd.4, hkd.5]));
        if base.currency != Currency::Hkd {
            let sums = [base.cash, Decimal::ZERO, Decimal::ZERO, Decimal::ZERO];
            figures.extend(by_currency(own, Decimal::ONE, sums));
        }
        let sums = [
            all_cash,
            in_base(stock),
            in_base(unrealized),
            in_base(realized),
        ];
        figures.extend(by_currency("BASE", Decimal::ONE, sums));
        figures
    }

    /// An amount of Hong Kong dollars in the base currency.
    pub(super) fn in_base(&self, hkd: Decimal) -> Decimal {
        let base = self.config.base;
        if base.currency == Currency::Hkd {
            return hkd;
        }
        let converted = hkd.checked_div(base.hkd_per_unit).unwrap_or(hkd);
        converted.round_dp(SUM_PLACES)
    }

    pub(super) fn send_account(&mut self, id: SessionId, asked: &AccountDataRequest) {
        let subscribes = asked.subscribe == Some(true);
        if let Some(session) = self.session_mut(id) {
            session.wants_account = subscribes;
        }
        if subscribes {
            self.send_account_rows(id);
            let end = AccountDataEnd {
                account: Some(self.config.account.clone()),
            };
            self.send(id, ReplyKind::AccountDataEnd, &end);
        }
    }

    fn send_account_rows(&mut self, id: SessionId) {
        let account = self.config.account.clone();
        for (key, value, currency) in self.figures() {
            let row = AccountValue {
                key: Some(key.to_owned()),
                value: Some(value),
                currency: Some(currency),
                account: Some(account.clone()),
            };
            self.send(id, ReplyKind::AccountValue, &row);
        }
        let ledger = self.ledger();
        for valued in self.valued(&ledger) {
            let row = PortfolioValue {
                contract: Some(self.contract_of(valued.holding.symbol)),
                position: Some(valued.holding.shares.count().to_string()),
                market_price: Some(double(valued.price)),
                market_value: Some(double(valued.value())),
                average_cost: Some(double(valued.basis.average())),
                unrealized_pnl: Some(double(valued.unrealized())),
                realized_pnl: Some(double(valued.basis.realized)),
                account: Some(account.clone()),
            };
            self.send(id, ReplyKind::PortfolioValue, &row);
        }
        let local = self.wire.rules().calendar.local(self.now());
        let time = AccountUpdateTime {
            time: Some(local.format("%H:%M").to_string()),
        };
        self.send(id, ReplyKind::AccountUpdateTime, &time);
    }

    /// After a trade: the account to those who follow it, and the holdings to those who follow them.
    pub(super) fn refresh_account(&mut self) {
        for id in self.sessions_that(|session| session.wants_account) {
            self.send_account_rows(id);
        }
        for id in self.sessions_that(|session| session.wants_positions) {
            self.send_position_rows(id);
        }
    }

    pub(super) fn send_positions(&mut self, id: SessionId) {
        if let Some(session) = self.session_mut(id) {
            session.wants_positions = true;
        }
        self.send_position_rows(id);
        self.send(id, ReplyKind::PositionEnd, &Empty {});
    }

    pub(super) fn forget_positions(&mut self, id: SessionId) {
        if let Some(session) = self.session_mut(id) {
            session.wants_positions = false;
        }
    }

    /// What is held, and what was held today and is no more, with no shares.
    fn send_position_rows(&mut self, id: SessionId) {
        let ledger = self.ledger();
        let account = self.config.account.clone();
        let held = self.valued(&ledger);
        let held = held.iter().map(|valued| {
            let shares = valued.holding.shares.count().to_string();
            (valued.holding.symbol, shares, valued.basis.average())
        });
        let sold = ledger
            .holdings
            .iter()
            .filter(|(_, basis)| basis.shares.is_zero());
        let sold = sold.map(|(symbol, _)| (*symbol, "0".to_owned(), Decimal::ZERO));
        let rows: Vec<_> = held.chain(sold).collect();
        for (symbol, position, cost) in rows {
            let row = Position {
                account: Some(account.clone()),
                contract: Some(self.contract_of(symbol)),
                position: Some(position),
                average_cost: Some(double(cost)),
            };
            self.send(id, ReplyKind::Position, &row);
        }
    }

    pub(super) fn send_positions_multi(&mut self, id: SessionId, asked: &MultiRequest) {
        let ledger = self.ledger();
        for valued in self.valued(&ledger) {
            let row = PositionMulti {
                req_id: asked.req_id,
                account: Some(self.config.account.clone()),
                contract: Some(self.contract_of(valued.holding.symbol)),
                position: Some(valued.holding.shares.count().to_string()),
                average_cost: Some(double(valued.basis.average())),
                model_code: None,
            };
            self.send(id, ReplyKind::PositionMulti, &row);
        }
        let end = ById {
            req_id: asked.req_id,
        };
        self.send(id, ReplyKind::PositionMultiEnd, &end);
    }

    pub(super) fn send_account_multi(&mut self, id: SessionId, asked: &MultiRequest) {
        for (key, value, currency) in self.figures() {
            let row = AccountUpdateMulti {
                req_id: asked.req_id,
                account: Some(self.config.account.clone()),
                model_code: None,
                key: Some(key.to_owned()),
                value: Some(value),
                currency: Some(currency),
            };
            self.send(id, ReplyKind::AccountUpdateMulti, &row);
        }
        let end = ById {
            req_id: asked.req_id,
        };
        self.send(id, ReplyKind::AccountUpdateMultiEnd, &end);
    }

    /// The figures that are asked for; `$LEDGER:HKD` stands for the balances in a currency, and
    /// `$LEDGER:ALL` for all of them.
    pub(super) fn send_summary(&mut self, id: SessionId, asked: &AccountSummaryRequest) {
        let tags = or_empty(asked.tags.as_ref());
        for (tag, value, currency) in self.figures() {
            let is_asked = tags
                .split(',')
                .any(|asked| match asked.strip_prefix("$LEDGER") {
                    Some("") => currency == "BASE",
                    Some(":ALL") => is_balance(tag),
                    Some(of) => is_balance(tag) && of.strip_prefix(':') == Some(currency.as_str()),
                    None => asked == tag && !is_balance(tag),
                });
            if !is_asked {
                continue;
            }
            let row = AccountSummary {
                req_id: asked.req_id,
                account: Some(self.config.account.clone()),
                tag: Some(tag.to_owned()),
                value: Some(value),
                currency: Some(currency),
            };
            self.send(id, ReplyKind::AccountSummary, &row);
        }
        let end = ById {
            req_id: asked.req_id,
        };
        self.send(id, ReplyKind::AccountSummaryEnd, &end);
    }
}

/// Balances in one currency: cash, stock, unrealized and realized profit.
fn by_currency(currency: &str, rate: Decimal, sums: [Decimal; 4]) -> Vec<Figure> {
    let [cash, stock, unrealized, realized] = sums;
    let figures = [
        ("CashBalance", cash),
        ("ExchangeRate", rate),
        ("NetLiquidationByCurrency", cash + stock),
        ("RealizedPnL", realized),
        ("StockMarketValue", stock),
        ("TotalCashBalance", cash),
        ("UnrealizedPnL", unrealized),
    ];
    let figures = figures.map(|(name, value)| (name, text_of(value), currency.to_owned()));
    figures.into()
}

fn is_balance(tag: &str) -> bool {
    matches!(
        tag,
        "CashBalance"
            | "ExchangeRate"
            | "NetLiquidationByCurrency"
            | "RealizedPnL"
            | "StockMarketValue"
            | "TotalCashBalance"
            | "UnrealizedPnL"
    )
}

fn text_of(value: Decimal) -> String {
    value.normalize().to_string()
}
