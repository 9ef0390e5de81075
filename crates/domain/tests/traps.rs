//! The ten traps of the market rules (section 9), one test each, through the rulebooks of both
//! exchanges.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its material has failed"
)]

use catalyst_domain::calendar::{DayKind, Phase, TradingDate};
use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::{CommissionPlan, FeeItem, TradeTerms};
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::lots::LotTable;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::{LimitPrice, TickGrid};
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

fn hkex() -> Rulebook {
    Rulebook::of(Exchange::Hkex).unwrap()
}

fn date(text: &str) -> TradingDate {
    text.parse().unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn symbol(text: &str) -> Symbol {
    text.parse().unwrap()
}

fn shown(limit: Option<LimitPrice>) -> String {
    limit.map_or_else(|| "none".to_owned(), |limit| limit.to_string())
}

fn hong_kong(day: &str, clock: &str) -> DateTime<Utc> {
    format!("{day}T{clock}+08:00").parse().unwrap()
}

fn equities<'a>(rules: &'a Rulebook, on: &str) -> TickGrid<'a> {
    rules.ticks.on(date(on), InstrumentKind::Equity).unwrap()
}

#[test]
fn trap_1_a_price_is_legal_by_the_trade_date() {
    let rules = hkex();

    for (text, on, legal) in [
        ("9.985", "2026-08-03", true),
        ("9.985", "2026-07-31", false),
        ("15.01", "2025-08-01", false),
        ("15.01", "2025-08-04", true),
        ("20.05", "2025-08-01", true),
        ("20.05", "2025-08-04", false),
        ("49.95", "2025-08-01", true),
        ("49.95", "2025-08-04", false),
        ("49.95", "2026-08-03", false),
        ("49.98", "2025-08-01", false),
        ("49.98", "2025-08-04", true),
        ("49.98", "2026-08-03", true),
        ("49.99", "2025-08-01", false),
        ("49.99", "2025-08-04", false),
        ("49.99", "2026-08-03", false),
    ] {
        let found = equities(&rules, on).exact(price(text));
        assert_eq!(found.is_ok(), legal, "{text} on {on}");
    }
}

#[test]
fn trap_2_an_edge_steps_up_by_the_band_above_and_down_by_the_band_below() {
    let rules = hkex();
    let grid = equities(&rules, "2026-08-03");

    for (edge, tick, down, up) in [
        ("0.25", "0.001", "0.249", "0.255"),
        ("10", "0.005", "9.995", "10.01"),
        ("20", "0.01", "19.99", "20.02"),
        ("50", "0.02", "49.98", "50.05"),
        ("100", "0.05", "99.95", "100.10"),
        ("500", "0.2", "499.80", "500.50"),
        ("1000", "0.5", "999.50", "1001.00"),
    ] {
        let at = grid.exact(price(edge)).unwrap();
        assert_eq!(grid.tick_at(price(edge)), Some(tick.parse().unwrap()));
        assert_eq!(
            (shown(grid.down(at)), shown(grid.up(at))),
            (down.to_owned(), up.to_owned())
        );
        assert_eq!(grid.snap_down(price(edge)), Some(at));
        assert_eq!(grid.snap_up(price(edge)), Some(at));
        assert_eq!(at.date(), date("2026-08-03"));
    }
}

#[test]
fn trap_3_a_move_across_a_band_is_rounded_after_it_and_in_the_band_of_the_result() {
    let rules = hkex();
    let grid = equities(&rules, "2026-08-03");
    let percent_up = Decimal::new(101, 2);

    for (last, buy, sell) in [
        ("9.985", "10.08", "10.09"),
        ("19.88", "20.06", "20.08"),
        ("49.6", "50.05", "50.10"),
        ("499.6", "504.50", "505.00"),
    ] {
        let moved = Price::new(price(last).value() * percent_up).unwrap();
        assert_eq!(grid.exact(moved).ok(), None, "{last}");
        assert_eq!(shown(grid.snap_down(moved)), buy, "{last}");
        assert_eq!(shown(grid.snap_up(moved)), sell, "{last}");
    }
}

#[test]
fn trap_4_noon_sharp_is_closed_and_five_past_four_is_an_auction() {
    let calendar = hkex().calendar;

    for (day, clock, phase) in [
        ("2026-11-23", "11:59:59", Phase::ContinuousMorning),
        ("2026-11-23", "12:00:00", Phase::Lunch),
        ("2026-11-23", "12:30:00", Phase::Lunch),
        ("2026-11-23", "13:00:00", Phase::ContinuousAfternoon),
        ("2026-11-23", "16:05:00", Phase::AuctionInput),
        ("2026-12-24", "12:09:59", Phase::AuctionRandomClose),
        ("2026-12-24", "12:10:00", Phase::Closed),
        ("2026-12-24", "13:30:00", Phase::Closed),
        ("2026-12-24", "16:05:00", Phase::Closed),
    ] {
        let now = hong_kong(day, clock);
        assert_eq!(calendar.phase_at(now), Ok(phase), "{day} {clock}");
        assert_eq!(
            calendar.open_at(now).is_ok(),
            phase.is_continuous(),
            "{day} {clock}"
        );
    }
}

#[test]
fn trap_5_a_fund_has_other_ticks_than_a_share_and_a_warrant_has_none_here() {
    let rules = hkex();
    let on = date("2026-11-23");
    let tick = |kind, at: &str| rules.ticks.on(on, kind).unwrap().tick_at(price(at));

    for (at, share, fund) in [
        ("4", "0.005", "0.002"),
        ("24.5", "0.02", "0.02"),
        ("60", "0.05", "0.02"),
        ("600", "0.5", "0.2"),
    ] {
        assert_eq!(tick(InstrumentKind::Equity, at), share.parse().ok(), "{at}");
        assert_eq!(tick(InstrumentKind::Etf, at), fund.parse().ok(), "{at}");
    }
    for word in ["warrant", "cbbc", "debt"] {
        assert_eq!(
            word.parse::<InstrumentKind>().unwrap_err().to_string(),
            format!("kind `{word}` is unknown, allowed are equity, etf, reit")
        );
    }
}

#[test]
fn trap_6_the_eve_of_lunar_new_year_is_half_a_day_here_and_a_holiday_there() {
    let kind = |exchange| {
        let calendar = Rulebook::of(exchange).unwrap().calendar;
        let day = calendar.day(date("2026-02-16")).unwrap();
        day.kind().clone()
    };

    assert_eq!(kind(Exchange::Hkex), DayKind::Half);
    assert_eq!(
        kind(Exchange::Nyse).status(),
        "closed:holiday:Washington's Birthday"
    );
}

#[test]
fn trap_7_stamp_duty_goes_up_to_a_dollar_on_both_sides_and_spares_funds() {
    let fees = hkex().fees.on(date("2026-11-23")).unwrap();
    let duty = |side, kind| {
        let trade = TradeTerms {
            side,
            kind,
            shares: Shares::new(3_000).unwrap(),
            price: price("16.67"),
        };
        let cost = fees.cost(&trade, CommissionPlan::None).unwrap();
        cost.of(FeeItem::StampDuty)
    };
    let hkd = |amount| Money::parse(amount, Currency::Hkd).unwrap();

    for side in [Side::Buy, Side::Sell] {
        assert_eq!(duty(side, InstrumentKind::Equity), hkd("51"), "{side}");
        assert_eq!(duty(side, InstrumentKind::Etf), hkd("0"), "{side}");
    }
}

#[test]
fn trap_8_a_lot_is_the_issuers_on_the_date_and_never_a_hundred_by_default() {
    let lots = hkex().lots;
    let lot = |code, on| {
        let answer = lots.instrument(symbol(code), date(on));
        answer.ok().map(|found| found.instrument.lot_size.shares())
    };

    assert_eq!(lot("00100", "2026-09-14"), Some(20));
    assert_eq!(lot("09866", "2026-09-14"), Some(10));
    assert_eq!(lot("00005", "2026-09-14"), Some(400));
    assert_eq!(lot("01211", "2025-09-18"), Some(500));
    assert_eq!(lot("01211", "2025-09-19"), Some(100));
    assert_eq!(lot("02800", "2026-09-14"), None);
}

#[test]
fn trap_9_new_york_opens_an_hour_later_in_hong_kong_while_it_has_winter_time() {
    let calendar = Rulebook::of(Exchange::Nyse).unwrap().calendar;

    for (day, opens_in_hong_kong) in [
        ("2026-03-06", "22:30:00"),
        ("2026-03-09", "21:30:00"),
        ("2026-10-30", "21:30:00"),
        ("2026-11-02", "22:30:00"),
    ] {
        let sessions = calendar.continuous_sessions(date(day)).unwrap();
        let [session] = sessions.as_slice() else {
            unreachable!("one session on {day}")
        };
        assert_eq!(session.start, hong_kong(day, opens_in_hong_kong), "{day}");
        assert_eq!(session.end - session.start, TimeDelta::minutes(390));
    }
}

#[test]
fn trap_10_a_code_keeps_its_zeros_through_vendors_and_spreadsheets() {
    let rules = hkex();
    let bound = rules.market.coverage;
    let list = "code,board_lot\n5,400\n0700,100\n9988.HK,100\n";

    let read = LotTable::parse_user(list, bound, rules.market).unwrap();

    let codes: Vec<_> = read.symbols().map(|code| code.to_string()).collect();
    assert_eq!(codes, ["00005", "00700", "09988"]);
    for code in codes {
        assert_eq!(symbol(&code).as_str(), code);
    }
}

#[cfg(feature = "serde")]
#[test]
fn trap_10_a_code_keeps_its_zeros_through_json() {
    use serde::de::IntoDeserializer as _;
    use serde::de::value::{Error, StrDeserializer, U64Deserializer};
    use serde::{Deserialize as _, Serialize as _};

    struct Written(Symbol);

    impl std::fmt::Display for Written {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.serialize(f)
        }
    }

    let number: U64Deserializer<Error> = 700_u64.into_deserializer();
    let text: StrDeserializer<'_, Error> = "0700".into_deserializer();

    let from_number = Symbol::deserialize(number).unwrap();
    let from_text = Symbol::deserialize(text).unwrap();

    assert_eq!((from_number, from_text), (symbol("700"), symbol("700")));
    assert_eq!(Written(from_number).to_string(), "00700");
}
