//! Findings: the kind as its stable word, its one or two figures beside it.

use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::Finding;
use sea_orm::ActiveValue::{NotSet, Set};

use super::cell::{Place, Unreadable, count_of};
use crate::entity::finding;

pub(crate) fn finding_row(comparison: i64, found: &Finding) -> finding::ActiveModel {
    let (shares, other) = match found {
        Finding::Phantom { journal, .. } => (Some(*journal), None),
        Finding::Orphan { broker, .. } => (None, Some(*broker)),
        Finding::QuantityMismatch {
            journal, broker, ..
        } => (Some(*journal), Some(*broker)),
        Finding::MissingProtection { held, .. } => (Some(*held), None),
        Finding::WrongProtection { held, guarded, .. } => (Some(*held), Some(*guarded)),
        Finding::UnknownOrder { shares, .. } => (Some(*shares), None),
        Finding::CashDifference { .. } => (None, None),
    };
    finding::ActiveModel {
        id: NotSet,
        comparison_id: Set(comparison),
        kind: Set(found.as_str().to_owned()),
        symbol: Set(found
            .symbol()
            .map_or_else(String::new, |symbol| symbol.to_string())),
        shares: Set(shares.map(count_of)),
        other_shares: Set(other.map(count_of)),
    }
}

pub(crate) fn finding_of(row: &finding::Model) -> Result<Finding, Unreadable> {
    let place = Place {
        table: "findings",
        id: row.id,
    };
    let symbol = place.text("symbol", &row.symbol)?;
    let figure = |column, count: Option<i64>| -> Result<Shares, Unreadable> {
        let count = count.ok_or_else(|| place.refuse(column, "null", "a figure is needed"))?;
        place.shares(column, count)
    };
    let shares = || figure("shares", row.shares);
    let other = || figure("other_shares", row.other_shares);
    match row.kind.as_str() {
        "phantom_position" => Ok(Finding::Phantom {
            symbol,
            journal: shares()?,
        }),
        "orphan_position" => Ok(Finding::Orphan {
            symbol,
            broker: other()?,
        }),
        "quantity_mismatch" => Ok(Finding::QuantityMismatch {
            symbol,
            journal: shares()?,
            broker: other()?,
        }),
        "missing_protection" => Ok(Finding::MissingProtection {
            symbol,
            held: shares()?,
        }),
        "wrong_protection" => Ok(Finding::WrongProtection {
            symbol,
            held: shares()?,
            guarded: other()?,
        }),
        unknown => Err(place.refuse("kind", unknown, "no kind of finding")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_finding_is_read_back_as_written() {
        let symbol = "700".parse().unwrap();
        let (one, two) = (Shares::new(100).unwrap(), Shares::ZERO);
        let all = [
            Finding::Phantom {
                symbol,
                journal: one,
            },
            Finding::Orphan {
                symbol,
                broker: one,
            },
            Finding::QuantityMismatch {
                symbol,
                journal: one,
                broker: two,
            },
            Finding::MissingProtection { symbol, held: one },
            Finding::WrongProtection {
                symbol,
                held: one,
                guarded: two,
            },
        ];
        for found in all {
            let row = finding_row(1, &found);
            let model = finding::Model {
                id: 1,
                comparison_id: row.comparison_id.unwrap(),
                kind: row.kind.unwrap(),
                symbol: row.symbol.unwrap(),
                shares: row.shares.unwrap(),
                other_shares: row.other_shares.unwrap(),
            };

            assert_eq!(finding_of(&model).unwrap(), found);
        }
    }
}
