//! What a row on orders or on day trades may say, and whom the rule on day trades spares.

use catalyst_domain::day_trading::{BrokerRegime, DayTradeRule, DayTradeTable, PatternDayTrader};
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order_rules::{OrderRuleTable, OrderRules, QuotationRange};
use catalyst_domain::profile::MarketProfile;
use catalyst_domain::ratio::BasisPoints;
use catalyst_testkit::strategies::{any_amount, thousands};
use proptest::prelude::{prop_assert_eq, proptest};
use rust_decimal::Decimal;

/// The order rules of a row `max_lots,quotation_steps,quotation_share,quotation_share_etf,
/// enhanced_steps,nominal_multiple`.
fn order_rules(cells: &str) -> Result<OrderRules, String> {
    let text = format!(
        "effective_from,effective_to,max_lots,quotation_steps,quotation_share,\
         quotation_share_etf,enhanced_steps,nominal_multiple\n,,{cells}"
    );
    let table = OrderRuleTable::parse(&text, MarketProfile::hkex().unwrap());
    let table = table.map_err(|error| error.to_string())?;
    Ok(table.on("2026-11-23".parse().unwrap()).unwrap())
}

/// The rule of a row `rule,min_equity,day_trades,sessions`.
fn day_trade_rule(cells: &str) -> Result<DayTradeRule, String> {
    let text = format!(
        "effective_from,effective_to,rule,min_equity,day_trades,sessions\n2026-01-01,2026-12-31,{cells}"
    );
    let table = DayTradeTable::parse(&text, MarketProfile::nyse().unwrap());
    let table = table.map_err(|error| error.to_string())?;
    Ok(table
        .on("2026-11-23".parse().unwrap(), BrokerRegime::Outgoing)
        .unwrap())
}

fn a_pattern() -> PatternDayTrader {
    PatternDayTrader {
        min_equity: Money::parse("25000", Currency::Usd).unwrap(),
        day_trades_max: 3,
        sessions: 5,
    }
}

#[test]
fn every_bound_of_an_order_stands_in_its_own_column() {
    assert_eq!(
        order_rules("1,2,0.05,0.035,3,4"),
        Ok(OrderRules {
            max_lots: Some(1),
            quotation: Some(QuotationRange {
                steps: 2,
                share: Some(BasisPoints::new(500)),
                share_etf: Some(BasisPoints::new(350)),
            }),
            enhanced_steps: Some(3),
            nominal_multiple: Some(4),
        })
    );
    assert_eq!(
        order_rules(",,,,,"),
        Ok(OrderRules {
            max_lots: None,
            quotation: None,
            enhanced_steps: None,
            nominal_multiple: None,
        })
    );
}

// A bound of nothing would refuse every order, and one that cannot be read none.
#[test]
fn a_bound_is_a_whole_number_from_one_or_is_not_there() {
    for (column, cells) in [
        ("max_lots", "{},24,,,9,9"),
        ("quotation_steps", "3000,{},,,9,9"),
        ("enhanced_steps", "3000,24,,,{},9"),
        ("nominal_multiple", "3000,24,,,9,{}"),
    ] {
        for found in ["0", "-1", "1.5", "3e3", "4294967296", "none"] {
            assert_eq!(
                order_rules(&cells.replace("{}", found)),
                Err(format!(
                    "order rules, line 2, column `{column}`: found `{found}`, \
                     allowed is a whole number from 1"
                ))
            );
        }
    }
}

#[test]
fn a_share_of_the_quote_is_a_fraction_of_the_whole() {
    for (column, cells) in [
        ("quotation_share", "3000,24,{},,9,9"),
        ("quotation_share_etf", "3000,24,,{},9,9"),
    ] {
        for found in ["5", "-0.05", "5%", "0.00001"] {
            assert_eq!(
                order_rules(&cells.replace("{}", found)),
                Err(format!(
                    "order rules, line 2, column `{column}`: found `{found}`, \
                     allowed is a fraction such as 0.05"
                ))
            );
        }
    }
}

#[test]
fn a_day_trade_rule_is_one_of_three_words_with_all_its_terms() {
    let pattern = DayTradeRule::Pattern(a_pattern());

    assert_eq!(day_trade_rule("free,,,"), Ok(DayTradeRule::Free));
    assert_eq!(day_trade_rule("pattern,25000,3,5"), Ok(pattern));
    assert_eq!(day_trade_rule("pattern or free,25000,3,5"), Ok(pattern));
    for (cells, column, found, allowed) in [
        (
            "Free,,,",
            "rule",
            "Free",
            "free, pattern, or `pattern or free`",
        ),
        (",,,", "rule", "", "free, pattern, or `pattern or free`"),
        ("pattern,,3,5", "min_equity", "", "an amount"),
        ("pattern,25000,,5", "day_trades", "", "a whole number"),
        (
            "pattern or free,25000,3,x",
            "sessions",
            "x",
            "a whole number",
        ),
    ] {
        assert_eq!(
            day_trade_rule(cells),
            Err(format!(
                "day-trade rules, line 2, column `{column}`: found `{found}`, allowed is {allowed}"
            ))
        );
    }
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn only_enough_equity_in_the_currency_of_the_rule_lifts_it(amount in any_amount()) {
        let equity = |currency| Money::new(amount, currency).unwrap();
        let least = Decimal::from(25_000);

        prop_assert_eq!(a_pattern().is_lifted_by(equity(Currency::Usd)), amount >= least);
        prop_assert_eq!(a_pattern().is_lifted_by(equity(Currency::Hkd)), false);
    }
}

#[test]
fn the_very_sum_of_the_rule_lifts_it_and_a_cent_less_does_not() {
    let lifts = |amount| a_pattern().is_lifted_by(Money::parse(amount, Currency::Usd).unwrap());

    assert!(lifts("25000"));
    assert!(!lifts("24999.99"));
}
