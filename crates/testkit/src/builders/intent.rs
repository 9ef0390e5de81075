//! Plans and their records in the journal.

use catalyst_domain::instrument::{Instrument, InstrumentKind};
use catalyst_domain::money::Currency;
use catalyst_domain::order::{
    Bracket, BracketPlan, ClientOrderId, EntryPrice, ExitCause, ExitPlan, ExitPrice, OrderPlan,
};
use catalyst_domain::quantity::LotSize;
use catalyst_domain::tick::TickTable;
use catalyst_ports::journal::IntentRecord;
use chrono::{DateTime, Utc};

use super::{price, shares, symbol};

/// Buys 200 shares of 00700 at 500, stop 490, target 530, all legal on the order's day.
pub fn a_bracket_plan(id: ClientOrderId) -> OrderPlan {
    let ticks = TickTable::hkex().unwrap();
    let grid = ticks.on(id.cycle().date(), InstrumentKind::Equity).unwrap();
    let exact = |text| grid.exact(price(text)).unwrap();
    OrderPlan::Bracket(BracketPlan {
        instrument: Instrument {
            symbol: symbol("700"),
            kind: InstrumentKind::Equity,
            currency: Currency::Hkd,
            lot_size: LotSize::new(100).unwrap(),
        },
        shares: shares(200),
        entry: EntryPrice::Marketable(exact("500.50")),
        bracket: Bracket::long(exact("490"), exact("500"), exact("530")).unwrap(),
    })
}

/// Sells 200 shares of 00700 in the auction.
pub fn an_auction_exit() -> OrderPlan {
    OrderPlan::Exit(ExitPlan {
        symbol: symbol("700"),
        shares: shares(200),
        price: ExitPrice::Auction,
        cause: ExitCause::EndOfDay,
    })
}

/// The record of `plan` under the name `id`.
pub fn an_intent_of(plan: OrderPlan, id: ClientOrderId, at: DateTime<Utc>) -> IntentRecord {
    IntentRecord {
        id,
        plan,
        reason: "breakout with volume".to_owned(),
        at,
    }
}
