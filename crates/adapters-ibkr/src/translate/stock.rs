//! Symbols and contracts: `00700` here is `700`, a stock in HKD, there.

use catalyst_domain::symbol::Symbol;
use ibapi::contracts::{Contract, SecurityType};

use crate::config::OrderExchange;

/// The currency of what is traded.
pub(crate) const CURRENCY: &str = "HKD";

/// The exchange of what is traded, in the broker's word.
pub(crate) const PRIMARY: &str = "SEHK";

/// What to ask about.
pub(crate) fn stock_contract(symbol: Symbol) -> Contract {
    Contract::stock(symbol.without_zeros())
        .on_exchange(PRIMARY)
        .in_currency(CURRENCY)
        .build()
}

/// What to trade, routed as configured.
pub(crate) fn order_contract(symbol: Symbol, by: OrderExchange) -> Contract {
    let stock = Contract::stock(symbol.without_zeros()).in_currency(CURRENCY);
    match by {
        OrderExchange::Sehk => stock.on_exchange(PRIMARY).build(),
        OrderExchange::Smart => stock.on_exchange("SMART").primary(PRIMARY).build(),
    }
}

/// The symbol of a contract, where it is one of ours: a stock in HKD, of this exchange as far as it
/// says. The `exchange` of a position is empty, so nothing is asked of it.
pub(crate) fn symbol_of(contract: &Contract) -> Option<Symbol> {
    let primary = contract.primary_exchange.as_str();
    let is_ours = contract.security_type == SecurityType::Stock
        && contract.currency.as_str() == CURRENCY
        && (primary.is_empty() || primary == PRIMARY);
    if !is_ours {
        return None;
    }
    contract.symbol.as_str().parse().ok()
}

#[cfg(test)]
mod tests {
    use ibapi::contracts::{Contract, SecurityType};

    use super::{order_contract, stock_contract, symbol_of};
    use crate::config::OrderExchange;

    #[test]
    fn leading_zeros_stay_at_home() {
        for (ours, theirs) in [("00700", "700"), ("00005", "5"), ("02800", "2800")] {
            let contract = stock_contract(ours.parse().unwrap());

            assert_eq!(contract.symbol.as_str(), theirs);
            assert_eq!(symbol_of(&contract).unwrap().as_str(), ours);
        }
        let smart = order_contract("700".parse().unwrap(), OrderExchange::Smart);
        let routed = (smart.exchange.as_str(), smart.primary_exchange.as_str());
        assert_eq!(routed, ("SMART", "SEHK"));
    }

    #[test]
    fn a_position_is_known_by_type_and_currency_and_not_by_its_empty_exchange() {
        let held = Contract {
            symbol: "700".into(),
            exchange: "".into(),
            currency: "HKD".into(),
            ..stock_contract("5".parse().unwrap())
        };
        assert_eq!(symbol_of(&held).unwrap().as_str(), "00700");
        for other in [
            Contract {
                currency: "CNH".into(),
                ..held.clone()
            },
            Contract {
                security_type: SecurityType::Warrant,
                ..held.clone()
            },
            Contract {
                primary_exchange: "NYSE".into(),
                ..held.clone()
            },
            Contract {
                symbol: "not one".into(),
                ..held
            },
        ] {
            assert_eq!(symbol_of(&other), None, "{other:?}");
        }
    }
}
