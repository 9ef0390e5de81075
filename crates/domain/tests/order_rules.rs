//! What an order and an account may do, by trade date, in the numbers of the market rules.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its material has failed"
)]

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::day_trading::{BrokerRegime, DayTradeRule, PatternDayTrader};
use catalyst_domain::exchange::Exchange;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order_rules::{OrderRules, QuotationRange};
use catalyst_domain::ratio::BasisPoints;
use catalyst_domain::rulebook::Rulebook;

fn date(text: &str) -> TradingDate {
    text.parse().unwrap()
}

fn order_rules(exchange: Exchange, on: &str) -> OrderRules {
    let rules = Rulebook::of(exchange).unwrap();
    rules.order_rules.on(date(on)).unwrap()
}

fn share(fraction: &str) -> Option<BasisPoints> {
    BasisPoints::from_fraction(fraction.parse().unwrap())
}

// Market rules on orders: 3,000 lots, 24 spreads or 5 % (3.5 % for funds), 9 spreads, 9 times.
#[test]
fn hong_kong_bounds_an_order_in_size_and_price() {
    let present = OrderRules {
        max_lots: Some(3_000),
        quotation: Some(QuotationRange {
            steps: 24,
            share: share("0.05"),
            share_etf: share("0.035"),
        }),
        enhanced_steps: Some(9),
        nominal_multiple: Some(9),
    };
    let spreads_alone = OrderRules {
        quotation: Some(QuotationRange {
            steps: 24,
            share: None,
            share_etf: None,
        }),
        ..present
    };

    for (on, expected) in [
        ("2015-01-01", spreads_alone),
        ("2025-08-03", spreads_alone),
        ("2025-08-04", present),
        ("2027-12-31", present),
    ] {
        assert_eq!(order_rules(Exchange::Hkex, on), expected, "{on}");
    }
}

#[test]
fn new_york_has_none_of_these_bounds() {
    let none = OrderRules {
        max_lots: None,
        quotation: None,
        enhanced_steps: None,
        nominal_multiple: None,
    };

    for on in ["2015-01-01", "2027-12-31"] {
        assert_eq!(order_rules(Exchange::Nyse, on), none, "{on}");
    }
}

// Market rules on the US profile: intraday margin from 2026-06-04, phased in until 2027-10-20.
#[test]
fn day_trades_of_small_accounts_go_by_date_and_broker() {
    let us = Rulebook::of(Exchange::Nyse).unwrap().day_trading;
    let pattern = DayTradeRule::Pattern(PatternDayTrader {
        min_equity: Money::parse("25000", Currency::Usd).unwrap(),
        day_trades_max: 3,
        sessions: 5,
    });
    let free = DayTradeRule::Free;

    for (on, outgoing, incoming) in [
        ("2015-01-01", pattern, pattern),
        ("2026-06-03", pattern, pattern),
        ("2026-06-04", pattern, free),
        ("2027-10-20", pattern, free),
        ("2027-10-21", free, free),
    ] {
        let found = [BrokerRegime::Outgoing, BrokerRegime::Incoming]
            .map(|regime| us.on(date(on), regime).unwrap());
        assert_eq!(found, [outgoing, incoming], "{on}");
    }
}

#[test]
fn hong_kong_has_no_rule_on_day_trades() {
    let hong_kong = Rulebook::of(Exchange::Hkex).unwrap().day_trading;

    for regime in [BrokerRegime::Outgoing, BrokerRegime::Incoming] {
        let found = hong_kong.on(date("2026-11-23"), regime);
        assert_eq!(found, Ok(DayTradeRule::Free));
    }
}

#[test]
fn years_beyond_the_tables_are_refused() {
    for exchange in Exchange::ALL {
        let rules = Rulebook::of(exchange).unwrap();
        for outside in ["2014-12-31", "2028-01-01"].map(date) {
            let refusal = rules.order_rules.on(outside).unwrap_err();
            assert_eq!(
                (refusal.from, refusal.to),
                (date("2015-01-01"), date("2027-12-31"))
            );
            let refusal = rules
                .day_trading
                .on(outside, BrokerRegime::Outgoing)
                .unwrap_err();
            assert_eq!(refusal.table, "day-trade rules");
        }
    }
}
