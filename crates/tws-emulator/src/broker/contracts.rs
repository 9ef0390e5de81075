//! Contracts of the exchange: names, lots, price bands. A symbol with zeros before it is unknown, as at
//! the real gateway.

use crate::wire::absent::or_empty;
use catalyst_domain::instrument::{Instrument, InstrumentKind};
use catalyst_domain::symbol::Symbol;

use super::report::double;
use super::sessions::NO_ID;
use super::terms::{error, error_that};
use super::{Broker, SessionId};
use crate::config::LotFields;
use crate::faults::Spoken;
use crate::kinds::ReplyKind;
use crate::spoken::words_of;
use crate::wire::contract::{
    Contract, ContractData, ContractDataRequest, ContractDetails, MarketRule, MarketRuleRequest,
    PriceIncrement,
};
use crate::wire::session::ById;

/// Contract ids of Hong Kong codes are these and the code.
const CON_ID_BASE: i32 = 1_000_000;

/// Price rules, one to each kind of instrument.
const RULES: [(i32, InstrumentKind); 3] = [
    (3001, InstrumentKind::Equity),
    (3002, InstrumentKind::Etf),
    (3003, InstrumentKind::Reit),
];

/// What this gateway trades.
const ORDER_TYPES: &str = "AUC,DAY,GTC,LMT,MKT,MTL,OCA,STP,WHATIF";

impl Broker {
    /// The contract of `symbol` as portfolio and executions carry it, without a route.
    pub(super) fn contract_of(&self, symbol: Symbol) -> Contract {
        let code = symbol.without_zeros().parse::<i32>();
        Contract {
            con_id: code.map(|code| CON_ID_BASE + code).ok(),
            symbol: Some(symbol.without_zeros().to_owned()),
            sec_type: Some("STK".to_owned()),
            exchange: None,
            primary_exchange: Some("SEHK".to_owned()),
            currency: Some(self.wire.rules().market.currency.code().to_owned()),
            local_symbol: Some(symbol.without_zeros().to_owned()),
            trading_class: Some(symbol.without_zeros().to_owned()),
        }
    }

    /// The listing that a contract names, or error 200.
    pub(super) fn instrument_named(&self, named: &Contract) -> Result<Instrument, Spoken> {
        let text = |field: &Option<String>| or_empty(field.as_ref());
        let symbol = if let Some(id) = named.con_id.filter(|id| *id > 0) {
            id.saturating_sub(CON_ID_BASE).to_string()
        } else {
            let currency = self.wire.rules().market.currency.code();
            if text(&named.sec_type) != "STK" || text(&named.currency) != currency {
                return Err(error(200));
            }
            text(&named.symbol)
        };
        if !matches!(text(&named.exchange).as_str(), "" | "SEHK" | "SMART") {
            return Err(error(200));
        }
        let parsed: Symbol = symbol.parse().map_err(|_unknown| error(200))?;
        if parsed.without_zeros() != symbol {
            return Err(error(200));
        }
        let answer = self.wire.rules().lots.instrument(parsed, self.today());
        answer
            .map(|answer| answer.instrument)
            .map_err(|_no_lot| error(200))
    }

    /// The listing of an order, and its contract with the route that was asked for.
    pub(super) fn instrument_to_order(
        &self,
        named: &Contract,
    ) -> Result<(Instrument, Contract), Spoken> {
        let route = or_empty(named.exchange.as_ref());
        if route.is_empty() {
            let text = format!("{}-'b' : cause - Missing order exchange", words_of(321));
            return Err(error_that(321, text));
        }
        let instrument = self.instrument_named(named)?;
        let contract = Contract {
            exchange: Some(route),
            primary_exchange: None,
            ..self.contract_of(instrument.symbol)
        };
        Ok((instrument, contract))
    }

    pub(super) fn send_contracts(&mut self, id: SessionId, asked: &ContractDataRequest) {
        let req_id = asked.req_id.unwrap_or(0);
        let named = or_empty(asked.contract.as_ref());
        match self.instrument_named(&named) {
            Ok(instrument) => {
                let data = ContractData {
                    req_id: Some(req_id),
                    contract: Some(Contract {
                        exchange: Some("SEHK".to_owned()),
                        ..self.contract_of(instrument.symbol)
                    }),
                    details: Some(self.details_of(instrument)),
                };
                self.send(id, ReplyKind::ContractData, &data);
                let end = ById {
                    req_id: Some(req_id),
                };
                self.send(id, ReplyKind::ContractDataEnd, &end);
            }
            Err(spoken) => self.say(id, req_id, spoken.code, &spoken.text),
        }
    }

    fn details_of(&self, instrument: Instrument) -> ContractDetails {
        let lot = instrument.lot_size.shares().to_string();
        let lot = match self.config.lot_fields {
            LotFields::Given => Some(lot),
            LotFields::Absent => None,
        };
        let rule = RULES.iter().find(|(_, kind)| *kind == instrument.kind);
        let rule = rule.map_or(0, |(rule, _)| *rule);
        let stock_type = match instrument.kind {
            InstrumentKind::Equity => "COMMON",
            InstrumentKind::Etf => "ETF",
            InstrumentKind::Reit => "REIT",
        };
        let symbol = instrument.symbol.without_zeros().to_owned();
        ContractDetails {
            market_name: Some(symbol.clone()),
            min_tick: self.finest_tick(instrument.kind),
            order_types: Some(ORDER_TYPES.to_owned()),
            valid_exchanges: Some("SMART,SEHK".to_owned()),
            price_magnifier: Some(1),
            long_name: Some(symbol),
            time_zone_id: Some(self.config.zone.clone()),
            trading_hours: Some(self.hours()),
            liquid_hours: Some(self.hours()),
            market_rule_ids: Some(format!("{rule},{rule}")),
            stock_type: Some(stock_type.to_owned()),
            min_size: lot.clone(),
            size_increment: lot.clone(),
            suggested_size_increment: lot,
            ..ContractDetails::default()
        }
    }

    pub(super) fn finest_tick(&self, kind: InstrumentKind) -> Option<String> {
        let grid = self.wire.rules().ticks.on(self.today(), kind).ok()?;
        let finest = grid.bands().map(|(_, tick)| tick).min();
        finest.map(|tick| tick.normalize().to_string())
    }

    pub(super) fn send_market_rule(&mut self, id: SessionId, asked: &MarketRuleRequest) {
        let rule_id = asked.rule_id.unwrap_or(0);
        let kind = RULES.iter().find(|(rule, _)| *rule == rule_id);
        let grid = kind.and_then(|(_, kind)| {
            let ticks = &self.wire.rules().ticks;
            ticks.on(self.today(), *kind).ok()
        });
        let Some(grid) = grid else {
            self.say(id, NO_ID, 321, words_of(321));
            return;
        };
        let increments = grid.bands().map(|(from, tick)| PriceIncrement {
            low_edge: Some(double(from)),
            increment: Some(double(tick)),
        });
        let rule = MarketRule {
            rule_id: Some(rule_id),
            increments: increments.collect(),
        };
        self.send(id, ReplyKind::MarketRule, &rule);
    }
}

/// The symbol of a contract id.
pub(super) fn symbol_of(con_id: i32) -> Option<Symbol> {
    let code = con_id.checked_sub(CON_ID_BASE)?;
    code.to_string().parse().ok()
}
