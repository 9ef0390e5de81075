//! Anything at all on the wire: nothing panics, and what is told is sound.

use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::quantity::LotSize;
use ibapi::accounts::{AccountPortfolioValue, AccountValue};
use ibapi::contracts::tick_types::TickType;
use ibapi::contracts::{Contract, ContractDetails, PriceIncrement};
use ibapi::market_data::MarketDataType;
use ibapi::market_data::historical::Bar;
use ibapi::market_data::realtime::{TickAttribute, TickPrice, TickSize, TickString, TickTypes};
use ibapi::news::NewsArticle;
use ibapi::orders::{CommissionReport, Execution, ExecutionData};
use proptest::prelude::*;
use time::OffsetDateTime;

use super::{
    AccountRows, Increment, Sight, account_of, days_of, deal_of, fees_of, item_of, listing_of,
    lot_objection, minutes_of, snapshot_of, stock_contract,
};
use crate::config::OrderExchange;

const NOW: &str = "2026-09-14T02:30:00Z";

fn tencent() -> catalyst_domain::symbol::Symbol {
    "700".parse().unwrap()
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("CashBalance".to_owned()),
        Just("NetLiquidation".to_owned()),
        Just("ExchangeRate".to_owned()),
        Just("StockMarketValue".to_owned()),
        Just("HKD".to_owned()),
        Just("700".to_owned()),
        Just("1e400".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        ".{0,20}",
    ]
}

fn contract() -> impl Strategy<Value = Contract> {
    (word(), word()).prop_map(|(symbol, currency)| Contract {
        symbol: symbol.as_str().into(),
        currency: currency.as_str().into(),
        exchange: "".into(),
        ..stock_contract(tencent())
    })
}

fn tick() -> impl Strategy<Value = TickTypes> {
    let kinds = prop_oneof![
        Just(TickType::Bid),
        Just(TickType::Ask),
        Just(TickType::Last),
        Just(TickType::DelayedLast),
        Just(TickType::Close),
        Just(TickType::Volume),
        Just(TickType::High),
    ];
    (kinds, any::<f64>(), word(), 0_u8..4).prop_map(
        |(tick_type, number, text, which)| match which {
            0 => TickTypes::Price(TickPrice {
                tick_type,
                price: number,
                attributes: TickAttribute::default(),
            }),
            1 => TickTypes::Size(TickSize {
                tick_type,
                size: number,
            }),
            2 => TickTypes::String(TickString {
                tick_type: TickType::LastTimestamp,
                value: text,
            }),
            _ => TickTypes::MarketDataType(MarketDataType::Realtime),
        },
    )
}

proptest! {
    #[test]
    fn any_account_is_read_or_refused(
        values in proptest::collection::vec((word(), word(), word()), 0..12),
        held in proptest::collection::vec((contract(), any::<f64>()), 0..6),
    ) {
        let values = values.into_iter().map(|(key, value, currency)| AccountValue {
            key,
            value,
            currency,
            account: None,
        });
        let holdings = held.into_iter().map(|(contract, position)| AccountPortfolioValue {
            contract,
            position,
            ..AccountPortfolioValue::default()
        });
        let rows = AccountRows {
            values: values.collect(),
            holdings: holdings.collect(),
        };
        if let Ok(account) = account_of(&rows) {
            prop_assert!(account.positions.iter().all(|one| !one.shares.is_zero()));
        }
    }

    #[test]
    fn any_bars_are_closed_and_in_order_or_refused(
        rows in proptest::collection::vec((any::<i32>(), any::<[f64; 5]>(), any::<bool>()), 0..8),
    ) {
        let rows = rows.into_iter().map(|(epoch, [open, high, low, close, volume], is_day)| {
            let moment = OffsetDateTime::from_unix_timestamp(i64::from(epoch)).unwrap();
            Bar {
                date: if is_day { moment.date().into() } else { moment.into() },
                open,
                high,
                low,
                close,
                volume,
                wap: 0.0,
                count: 0,
            }
        });
        let rows: Vec<Bar> = rows.collect();
        let calendar = TradingCalendar::hkex().unwrap();
        let now = NOW.parse().unwrap();
        let answers = [
            minutes_of(&rows, now),
            days_of(&rows, calendar.date_of(now), 5, &calendar),
        ];
        for bars in answers.into_iter().flatten() {
            prop_assert!(bars.is_sorted_by(|a, b| a.start() < b.start()));
            prop_assert!(bars.iter().all(|bar| bar.start() < now));
        }
    }

    #[test]
    fn any_ticks_make_a_quote_that_is_not_from_the_future_or_none(
        ticks in proptest::collection::vec(tick(), 0..16),
    ) {
        let mut sight = Sight::default();
        for tick in &ticks {
            sight.apply(tick);
        }
        let now = NOW.parse().unwrap();
        let calendar = TradingCalendar::hkex().unwrap();
        if let Ok(snapshot) = snapshot_of(tencent(), &sight, now, &calendar) {
            prop_assert!(snapshot.quote.at <= now);
        }
    }

    #[test]
    fn any_execution_listing_or_story_is_read_or_refused(
        contract in contract(),
        texts in any::<[u8; 3]>(),
        words in (word(), word(), word()),
        numbers in any::<[f64; 4]>(),
    ) {
        let [shares, price, cumulative_quantity, commission] = numbers;
        let (time, name, currency) = words;
        let execution = Execution {
            order_reference: "20260914-1000.1-01e".to_owned(),
            execution_id: name.clone(),
            time,
            shares,
            price,
            cumulative_quantity,
            ..Execution::default()
        };
        let row = ExecutionData { request_id: -1, contract: contract.clone(), execution };
        if let Ok(Some(deal)) = deal_of(&row) {
            prop_assert_eq!(deal.id, name.clone());
        }
        let report = CommissionReport { commission, currency, ..CommissionReport::default() };
        if let Some(fees) = fees_of(&report) {
            prop_assert!(!fees.is_negative());
        }
        let details = ContractDetails {
            contract,
            min_size: Some(shares),
            order_types: vec!["LMT".to_owned(), "STP".to_owned()],
            valid_exchanges: vec!["SEHK".to_owned()],
            market_rule_ids: vec![name.clone()],
            ..ContractDetails::default()
        };
        if let Ok(listing) = listing_of(tencent(), &[details], OrderExchange::Sehk) {
            let lot = LotSize::new(u32::from(texts[0]) + 1).unwrap();
            let agrees = lot_objection(&listing, lot).is_none();
            prop_assert!(!agrees || listing.sizes.iter().all(|size| *size > 1.0));
        }
        let band = Increment::of(&PriceIncrement { low_edge: price, increment: shares });
        prop_assert!(band.is_none() || shares > 0.0);
        let article = NewsArticle {
            time: OffsetDateTime::UNIX_EPOCH,
            provider_code: name.clone(),
            article_id: name.clone(),
            headline: name,
            extra_data: String::new(),
        };
        if let Some(item) = item_of(&article) {
            prop_assert!(item.source.len() <= 16);
        }
    }
}
