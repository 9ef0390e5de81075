//! The scanner: every symbol of the world, by turnover.

use super::seen::seen;
use crate::wire::absent::or_empty;
use rust_decimal::Decimal;

use super::terms::error_that;
use super::{Broker, SessionId};
use crate::faults::Spoken;
use crate::kinds::ReplyKind;
use crate::spoken::words_of;
use crate::wire::contract::Contract;
use crate::wire::scanner::{
    ScannerData, ScannerParameters, ScannerRequest, ScannerRow, ScannerSubscription,
};

/// Rows of one answer at most.
const ROWS_MAX: usize = 50;

const INSTRUMENT: &str = "STOCK.HK";
const LOCATION: &str = "STK.HK.SEHK";
const CODE: &str = "MOST_ACTIVE";

impl Broker {
    pub(super) fn send_scan(&mut self, id: SessionId, asked: &ScannerRequest) {
        let req_id = asked.req_id.unwrap_or(0);
        let wanted = or_empty(asked.subscription.as_ref());
        match self.scan(&wanted) {
            Ok(rows) if rows.is_empty() => self.say(id, req_id, 165, words_of(165)),
            Ok(rows) => {
                let data = ScannerData {
                    req_id: Some(req_id),
                    rows,
                };
                self.send(id, ReplyKind::ScannerData, &data);
            }
            Err(spoken) => self.say(id, req_id, spoken.code, &spoken.text),
        }
    }

    fn scan(&self, wanted: &ScannerSubscription) -> Result<Vec<ScannerRow>, Spoken> {
        for (field, found, allowed) in [
            ("instrument", &wanted.instrument, INSTRUMENT),
            ("location", &wanted.location, LOCATION),
            ("scan code", &wanted.scan_code, CODE),
        ] {
            if found.as_deref() != Some(allowed) {
                let text = format!(
                    "Historical Market Data Service error message:{field} is not configured for one of the chosen locations, allowed is {allowed}"
                );
                return Err(error_that(162, text));
            }
        }
        let mut ranked = Vec::new();
        for symbol in seen(self.wire.symbols(self.today())) {
            let traded = seen(self.wire.traded(symbol, self.now()));
            let Some(traded) = traded else { continue };
            let price = traded.day.map(|day| day.last.value());
            let price = price.or(traded.previous_close.map(|(price, _)| price.value()));
            let price = price.unwrap_or(Decimal::ZERO);
            if passes(wanted, price, traded.volume.count()) {
                let turnover = price * Decimal::from(traded.volume.count());
                ranked.push((turnover, symbol));
            }
        }
        ranked.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        let rows = wanted.rows.and_then(|rows| usize::try_from(rows).ok());
        let rows = rows
            .filter(|rows| *rows > 0)
            .map_or(ROWS_MAX, |rows| rows.min(ROWS_MAX));
        let ranked = ranked.into_iter().take(rows).zip(0_i32..);
        let rows = ranked.map(|((_, symbol), rank)| ScannerRow {
            rank: Some(rank),
            contract: Some(Contract {
                exchange: Some("SEHK".to_owned()),
                ..self.contract_of(symbol)
            }),
            market_name: Some(symbol.without_zeros().to_owned()),
            combo_key: None,
        });
        Ok(rows.collect())
    }

    pub(super) fn send_scan_words(&mut self, id: SessionId) {
        let xml = format!(
            "<ScanParameterResponse><InstrumentList><Instrument><type>{INSTRUMENT}</type></Instrument></InstrumentList><LocationTree><Location><locationCode>{LOCATION}</locationCode></Location></LocationTree><ScanTypeList><ScanType><scanCode>{CODE}</scanCode></ScanType></ScanTypeList></ScanParameterResponse>"
        );
        self.send(
            id,
            ReplyKind::ScannerParameters,
            &ScannerParameters { xml: Some(xml) },
        );
    }
}

/// Bounds come as fields or as filters, whatever the client prefers.
fn passes(wanted: &ScannerSubscription, price: Decimal, volume: u64) -> bool {
    let filter = |name: &str| {
        let text = wanted.filters.get(name)?;
        text.parse::<Decimal>().ok()
    };
    let bound = |bound: Option<f64>| {
        let bound = bound.filter(|bound| bound.is_finite() && *bound < f64::MAX);
        bound.and_then(|bound| Decimal::try_from(bound).ok())
    };
    let unset = i64::from(i32::MAX);
    let least_volume = wanted.above_volume.filter(|least| *least < unset);
    let least_volume = least_volume
        .map(Decimal::from)
        .or_else(|| filter("volumeAbove"));
    let least = bound(wanted.above_price).or_else(|| filter("priceAbove"));
    let most = bound(wanted.below_price).or_else(|| filter("priceBelow"));
    least.is_none_or(|least| price >= least)
        && most.is_none_or(|most| most.is_zero() || price <= most)
        && least_volume.is_none_or(|least| Decimal::from(volume) >= least)
}
