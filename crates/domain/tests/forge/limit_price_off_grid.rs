//! A limit price comes from a tick grid or not at all.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::price::Price;
use catalyst_domain::tick::LimitPrice;

fn forged(price: Price, date: TradingDate) -> LimitPrice {
    LimitPrice::of_grid(price, date, 2)
}

fn main() {}
