//! A position on the screen and in the document.

use catalyst_app::HeldLook;
use catalyst_domain::money::Money;
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;
use serde::Serialize;

use super::words::{NOT_KNOWN, signed};

/// One line.
#[derive(Debug, Serialize)]
pub(super) struct Holding {
    symbol: Symbol,
    shares: Shares,
    average_price: Option<Decimal>,
    mark: Option<Price>,
    unrealised: Option<Money>,
    unrealised_pct: Option<Decimal>,
    protected_shares: Shares,
    protection: &'static str,
}

impl Holding {
    pub(super) fn of(held: &HeldLook) -> Self {
        Self {
            symbol: held.symbol,
            shares: held.shares,
            average_price: held.average,
            mark: held.mark,
            unrealised: held.unrealised,
            unrealised_pct: held.unrealised_pct,
            protected_shares: held.guarded,
            protection: held.protection.as_str(),
        }
    }

    pub(super) fn words(&self) -> String {
        let known = |value: Option<String>| value.unwrap_or_else(|| NOT_KNOWN.to_owned());
        let average = known(self.average_price.map(|price| price.to_string()));
        let mark = known(self.mark.map(|mark| mark.to_string()));
        let gain = self.unrealised.zip(self.unrealised_pct);
        let gain = known(gain.map(|(gain, pct)| format!("{} ({} %)", signed(gain), pct)));
        let (shares, guarded) = (self.shares, self.protected_shares);
        let protection = match self.protection {
            "unprotected" => format!("NOT PROTECTED, {guarded} under a working stop"),
            "leaving" => "on its way out".to_owned(),
            protection => protection.to_owned(),
        };
        format!(
            "{} {shares} shares at {average}, now {mark}, gain {gain}, {protection}",
            self.symbol
        )
    }
}
