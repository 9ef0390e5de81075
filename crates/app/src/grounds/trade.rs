//! A trade's reason against what was shown and the trade's own numbers.

use catalyst_domain::grounding::{Claim, Grounds, ungrounded as missing};
use catalyst_domain::price::Price;
use catalyst_domain::risk::{Breach, Figure, Rule};
use catalyst_ports::tool::ExecuteTradeInput;
use rust_decimal::Decimal;

/// What the reason of `trade` gives that nothing in `seen` does, nor the trade itself; `entry` is the
/// price that was checked for it.
pub(crate) fn ungrounded(
    seen: &Grounds,
    trade: &ExecuteTradeInput,
    entry: Option<Price>,
) -> Vec<Breach> {
    let mut all = own(trade, entry);
    all.extend(seen);
    let claims = missing(&trade.reason, &all);
    claims.into_iter().map(breach).collect()
}

fn breach(claim: Claim) -> Breach {
    let (limit, found) = match claim {
        Claim::Number(number) => (
            "numbers that tools returned in this cycle",
            Figure::Number(number),
        ),
        Claim::Symbol(symbol) => (
            "symbols that tools returned in this cycle",
            Figure::Symbol(symbol),
        ),
    };
    Breach::new(Rule::Grounding, Figure::Word(limit), found)
}

/// The claims of `breaches`, for a person.
pub(crate) fn in_words(breaches: &[Breach]) -> String {
    let found = breaches.iter().map(|breach| breach.found.to_string());
    found.collect::<Vec<_>>().join(", ")
}

/// What a trade tells of itself: its numbers, its value, and its distances in money, per cent and of
/// each other.
fn own(trade: &ExecuteTradeInput, entry: Option<Price>) -> Grounds {
    let mut own = Grounds::none();
    own.see_symbol(trade.symbol);
    let shares = Decimal::from(trade.quantity.count());
    let (stop, target) = (trade.stop_loss.value(), trade.take_profit.value());
    for number in [shares, stop, target] {
        own.see_number(number);
    }
    let Some(entry) = entry.map(Price::value) else {
        return own;
    };
    own.see_number(entry);
    own.extend(&distances(shares, entry, (stop, target)));
    own
}

fn distances(shares: Decimal, entry: Decimal, (stop, target): (Decimal, Decimal)) -> Grounds {
    let mut own = Grounds::none();
    let (risk, reward) = (entry - stop, target - entry);
    let hundred = Decimal::ONE_HUNDRED;
    let numbers = [
        Some(risk),
        Some(reward),
        shares.checked_mul(entry),
        shares.checked_mul(risk),
        shares.checked_mul(reward),
        (risk * hundred).checked_div(entry),
        (reward * hundred).checked_div(entry),
        reward.checked_div(risk),
    ];
    for number in numbers.into_iter().flatten() {
        own.see_number(number);
    }
    own
}
