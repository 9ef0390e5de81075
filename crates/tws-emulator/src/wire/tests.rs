//! Frames of an independent implementation (`tests/golden`): what it sends reads as what it was asked to
//! send, and what it reads is, byte for byte, what these messages encode to.

use prost::Message;

use super::account::{AccountDataRequest, AccountValue, PortfolioValue, Position};
use super::contract::{ContractData, ContractDataRequest, MarketRule, MarketRuleRequest};
use super::execution::{CommissionReport, ExecutionDetails, ExecutionRequest};
use super::market::{
    HistoricalData, HistoricalDataEnd, HistoricalDataRequest, MarketDataRequest, MarketDataType,
    MarketDataTypeRequest, TickPrice, TickSize, TickString,
};
use super::order::{CancelOrder, CompletedOrder, OpenOrder, OrderStatus, PlaceOrder};
use super::scanner::{ScannerData, ScannerRequest};
use super::session::{ById, ErrorMessage, ManagedAccounts, NextValidId, StartApi};
use crate::frame::{take_message, take_payload};
use crate::kinds::{ReplyKind, RequestKind};

/// The bytes of a golden file.
fn frame(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/golden/{name}.hex", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let digits: String = text.lines().filter(|line| !line.starts_with('#')).collect();
    let digits: Vec<u8> = digits.bytes().collect();
    let pairs = digits
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).unwrap());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}

/// A message of the other client, read by these types.
fn sent<M: Message + Default>(name: &str, kind: RequestKind) -> M {
    let mut bytes = frame(name);
    let incoming = take_message(&mut bytes).unwrap().unwrap();
    assert!(bytes.is_empty(), "{name} is one frame");
    assert_eq!(incoming.number, kind.id(), "{name}");
    M::decode(incoming.body.as_slice()).unwrap()
}

/// Whether the message of `name` comes out of these types as it went in.
fn round_trips<M: Message + Default + std::fmt::Debug>(name: &str, kind: ReplyKind) {
    let bytes = frame(name);
    let message = M::decode(&bytes[8..]).unwrap();
    let again = crate::frame::Frame::of(kind, &message);
    assert_eq!(again.bytes, bytes, "{name}: {message:?}");
}

#[test]
fn what_the_gateway_sends_has_the_bytes_of_the_other_implementation() {
    use ReplyKind as Kind;
    round_trips::<AccountValue>("server_account_value", Kind::AccountValue);
    round_trips::<CommissionReport>("server_commission_report", Kind::CommissionReport);
    round_trips::<CompletedOrder>("server_completed_order", Kind::CompletedOrder);
    round_trips::<ContractData>("server_contract_data", Kind::ContractData);
    round_trips::<ById>("server_contract_data_end", Kind::ContractDataEnd);
    round_trips::<ErrorMessage>("server_error_farm", Kind::Error);
    round_trips::<ErrorMessage>("server_error_rejected", Kind::Error);
    round_trips::<ExecutionDetails>("server_execution", Kind::ExecutionData);
    round_trips::<HistoricalData>("server_historical_data", Kind::HistoricalData);
    round_trips::<HistoricalDataEnd>("server_historical_data_end", Kind::HistoricalDataEnd);
    round_trips::<ManagedAccounts>("server_managed_accounts", Kind::ManagedAccounts);
    round_trips::<MarketDataType>("server_market_data_type", Kind::MarketDataType);
    round_trips::<MarketRule>("server_market_rule", Kind::MarketRule);
    round_trips::<NextValidId>("server_next_valid_id", Kind::NextValidId);
    round_trips::<OpenOrder>("server_open_order_entry", Kind::OpenOrder);
    round_trips::<OpenOrder>("server_open_order_stop", Kind::OpenOrder);
    round_trips::<OrderStatus>("server_order_status_filled", Kind::OrderStatus);
    round_trips::<PortfolioValue>("server_portfolio_value", Kind::PortfolioValue);
    round_trips::<PortfolioValue>("server_portfolio_value_empty", Kind::PortfolioValue);
    round_trips::<Position>("server_position", Kind::Position);
    round_trips::<ScannerData>("server_scanner_data", Kind::ScannerData);
    round_trips::<ById>("server_snapshot_end", Kind::SnapshotEnd);
    round_trips::<TickPrice>("server_tick_price", Kind::TickPrice);
    round_trips::<TickSize>("server_tick_size", Kind::TickSize);
    round_trips::<TickString>("server_tick_string", Kind::TickString);
}

#[test]
fn an_order_of_the_other_client_reads_as_it_was_meant() {
    let entry: PlaceOrder = sent("client_place_entry", RequestKind::PlaceOrder);
    let stop: PlaceOrder = sent("client_place_stop", RequestKind::PlaceOrder);
    let target: PlaceOrder = sent("client_place_target", RequestKind::PlaceOrder);

    let order = entry.order.unwrap();
    assert_eq!(entry.order_id, Some(101));
    assert_eq!(entry.contract.unwrap().exchange.as_deref(), Some("SEHK"));
    assert_eq!(
        order.limit_price.map(f64::to_bits),
        Some(400.2_f64.to_bits())
    );
    assert_eq!(order.order_ref.as_deref(), Some("20260914-1000.1-01e"));
    assert_eq!((order.transmit, order.what_if), (None, None));
    let order = stop.order.unwrap();
    assert_eq!(order.aux_price.map(f64::to_bits), Some(394.6_f64.to_bits()));
    assert_eq!((order.parent_id, order.transmit), (Some(101), Some(true)));
    assert_eq!(order.account.as_deref(), Some("DU1234567"));
    let order = target.order.unwrap();
    assert_eq!(order.tif.as_deref(), Some("GTC"));
    assert_eq!(order.total_quantity.as_deref(), Some("100"));
}

#[test]
fn questions_of_the_other_client_read_as_they_were_meant() {
    let start: StartApi = sent("client_start_api", RequestKind::StartApi);
    let cancel: CancelOrder = sent("client_cancel_order", RequestKind::CancelOrder);
    let account: AccountDataRequest = sent("client_account_updates", RequestKind::AccountData);
    let contract: ContractDataRequest = sent("client_contract_details", RequestKind::ContractData);
    let executions: ExecutionRequest = sent("client_executions", RequestKind::Executions);
    let bars: HistoricalDataRequest = sent("client_historical_1_min", RequestKind::HistoricalData);
    let quote: MarketDataRequest = sent("client_market_data_snapshot", RequestKind::MarketData);
    let kind: MarketDataTypeRequest = sent("client_market_data_type", RequestKind::MarketDataType);
    let rule: MarketRuleRequest = sent("client_market_rule", RequestKind::MarketRule);
    let scan: ScannerRequest = sent("client_scanner", RequestKind::Scanner);

    assert_eq!(start.client_id, Some(17));
    assert!(cancel.order_id.is_some_and(|id| (101..=103).contains(&id)));
    assert_eq!(account.subscribe, Some(true));
    assert_eq!(contract.contract.unwrap().symbol.as_deref(), Some("700"));
    let filter = executions.filter.unwrap();
    assert_eq!(filter.time.as_deref(), Some("20260913-16:00:00"));
    assert_eq!(bars.bar_size.as_deref(), Some("1 min"));
    assert_eq!(bars.duration.as_deref(), Some("2 D"));
    assert_eq!((bars.use_rth, bars.format_date), (Some(true), Some(2)));
    assert_eq!(quote.snapshot, Some(true));
    assert!(kind.kind.is_some());
    assert!(rule.rule_id.is_some());
    let scan = scan.subscription.unwrap();
    assert_eq!(scan.location.as_deref(), Some("STK.HK.SEHK"));
    let least = scan.filters.get("volumeAbove");
    assert_eq!(least.map(String::as_str), Some("100000"));
    for (name, kind) in [
        ("client_all_open_orders", RequestKind::AllOpenOrders),
        ("client_cancel_scanner", RequestKind::CancelScanner),
        ("client_completed_orders", RequestKind::CompletedOrders),
        ("client_positions", RequestKind::Positions),
    ] {
        let read: ById = sent(name, kind);
        assert!(read.req_id.is_none_or(|id| id > 0), "{name}");
    }
}

#[test]
fn the_greeting_of_the_other_client_is_four_bytes_and_a_frame() {
    let bytes = frame("client_handshake");
    let (greeting, rest) = bytes.split_at(4);
    let mut rest = rest.to_vec();

    assert_eq!(greeting, b"API\0");
    assert_eq!(take_payload(&mut rest).unwrap().unwrap(), b"v100..225");
    assert!(rest.is_empty());
}
