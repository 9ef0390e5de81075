//! Settlement dates of both markets: lags by trade date, and trading days on which nothing settles.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its material has failed"
)]

use catalyst_domain::calendar::{DayKind, TradingDate};
use catalyst_domain::exchange::Exchange;
use catalyst_domain::profile::MarketProfile;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::settlement::{SettlementError, SettlementRules, SettlementTables};

fn date(text: &str) -> TradingDate {
    text.parse().unwrap()
}

fn rules(exchange: Exchange) -> Rulebook {
    Rulebook::of(exchange).unwrap()
}

fn settled(rules: &Rulebook, on: &str) -> Result<TradingDate, SettlementError> {
    rules.settlement.settlement_date(&rules.calendar, date(on))
}

fn assert_settled(exchange: Exchange, cases: &[(&str, &str)]) {
    let rules = rules(exchange);
    for (traded, expected) in cases {
        assert_eq!(settled(&rules, traded), Ok(date(expected)), "{traded}");
    }
}

// Market rules on settlement: T+2, half days are trading days and not settlement days.
#[test]
fn hong_kong_settles_in_two_days_and_not_on_half_days() {
    assert_settled(
        Exchange::Hkex,
        &[
            ("2026-11-23", "2026-11-25"),
            ("2026-11-26", "2026-11-30"),
            ("2026-02-12", "2026-02-20"),
            ("2026-02-16", "2026-02-23"),
            ("2026-12-23", "2026-12-29"),
            ("2026-12-29", "2027-01-04"),
        ],
    );
}

#[test]
fn a_day_that_weather_closed_is_no_settlement_day_and_one_it_shortened_is() {
    assert_settled(
        Exchange::Hkex,
        &[
            ("2023-08-31", "2023-09-05"),
            ("2023-09-07", "2023-09-12"),
            ("2020-08-18", "2020-08-20"),
            ("2020-08-17", "2020-08-19"),
        ],
    );
}

#[test]
fn the_lag_of_the_united_states_goes_by_the_trade_date() {
    assert_settled(
        Exchange::Nyse,
        &[
            ("2017-08-31", "2017-09-06"),
            ("2017-09-01", "2017-09-07"),
            ("2017-09-05", "2017-09-07"),
            ("2024-05-24", "2024-05-29"),
            ("2024-05-28", "2024-05-29"),
            ("2026-11-25", "2026-11-27"),
            ("2026-11-27", "2026-11-30"),
        ],
    );
}

#[test]
fn bank_holidays_on_which_new_york_trades_are_no_settlement_days() {
    assert_settled(
        Exchange::Nyse,
        &[
            ("2026-10-09", "2026-10-13"),
            ("2026-10-12", "2026-10-13"),
            ("2026-11-10", "2026-11-12"),
            ("2018-11-08", "2018-11-13"),
            ("2023-11-09", "2023-11-13"),
            ("2015-10-07", "2015-10-13"),
        ],
    );
}

#[test]
fn a_count_over_a_day_that_no_source_tells_of_is_refused() {
    let rules = rules(Exchange::Nyse);

    for (traded, day) in [
        ("2018-12-03", "2018-12-05"),
        ("2018-12-04", "2018-12-05"),
        ("2025-01-08", "2025-01-09"),
    ] {
        let refusal = SettlementError::UnknownDay {
            trade_date: date(traded),
            day: date(day),
        };
        assert_eq!(settled(&rules, traded), Err(refusal));
    }
    assert_eq!(settled(&rules, "2018-11-30"), Ok(date("2018-12-04")));
    assert_eq!(settled(&rules, "2025-01-10"), Ok(date("2025-01-13")));
}

#[test]
fn a_date_without_trading_and_a_count_past_the_data_are_refused() {
    let rules = rules(Exchange::Hkex);

    assert_eq!(
        settled(&rules, "2026-12-25").unwrap_err().to_string(),
        "2026-12-25 is no trading day: Christmas Day"
    );
    assert!(matches!(
        settled(&rules, "2026-11-22"),
        Err(SettlementError::NotTradingDay {
            kind: DayKind::Closed(_),
            ..
        })
    ));
    for outside in ["2014-12-31", "2027-12-30", "2028-01-03"] {
        assert!(
            matches!(
                settled(&rules, outside),
                Err(SettlementError::NotCovered(_))
            ),
            "{outside}"
        );
    }
}

#[test]
fn every_trading_day_settles_later_and_in_order() {
    for exchange in Exchange::ALL {
        let rules = rules(exchange);
        let days = rules
            .calendar
            .trading_dates(date("2015-01-01"), date("2027-12-20"))
            .unwrap();
        let mut before = date("2015-01-01");
        for day in days {
            let Ok(settles) = settled(&rules, &day.to_string()) else {
                continue;
            };
            assert!(day < settles && before <= settles, "{exchange} {day}");
            assert!(rules.calendar.day(settles).unwrap().trades(), "{settles}");
            before = settles;
        }
    }
}

#[test]
fn a_bad_row_is_named_by_line_and_column() {
    let lags = "effective_from,effective_to,lag,half_days\n,,2,skip\n";
    let refusal = |lags: &str, days: &str| {
        let tables = SettlementTables { lags, days };
        let market = MarketProfile::hkex().unwrap();
        SettlementRules::parse(&tables, market)
            .unwrap_err()
            .to_string()
    };

    assert_eq!(
        refusal(&lags.replace('2', "-1"), "date,status\n"),
        "settlement lag, line 2, column `lag`: found `-1`, \
         allowed is a whole number of days from 0 to 10"
    );
    assert_eq!(
        refusal(lags, "date,status\n2026-11-11,shut\n"),
        "settlement days, line 2, column `status`: found `shut`, allowed is skip or unknown"
    );
    assert_eq!(
        refusal(lags, "date,status\n2026-11-11,skip\n2026-11-11,unknown\n"),
        "settlement days, line 3, column `date`: found `2026-11-11`, \
         allowed is a date that no line above names"
    );
}
