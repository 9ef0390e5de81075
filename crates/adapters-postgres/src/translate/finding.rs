//! Findings: the kind as its stable word, its figures as JSON text, the remedy and the evidence beside.

use catalyst_domain::money::Money;
use catalyst_domain::order::ClientOrderId;
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::{Discrepancy, Finding, Remedy};
use catalyst_domain::side::Side;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::cell::{Place, Unreadable, clean};
use super::entry::{OPEN_PLACE, Writer};
use crate::entity::{AnyRow, comparison, finding};

/// The figures of a finding; each kind has its own few.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Detail {
    #[serde(skip_serializing_if = "Option::is_none")]
    journal: Option<Shares>,
    #[serde(skip_serializing_if = "Option::is_none")]
    broker: Option<Shares>,
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<Shares>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guarded: Option<Shares>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<ClientOrderId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<Side>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shares: Option<Shares>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cash_expected: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cash: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
}

/// A comparison and what it found. The findings wait for the comparison's place.
pub(crate) fn comparison_rows(
    writer: &Writer,
    found: &[Discrepancy],
    at: DateTime<Utc>,
) -> Result<Vec<AnyRow>, serde_json::Error> {
    let mut rows = vec![AnyRow::Comparison(comparison::Model {
        id: OPEN_PLACE,
        cycle_id: writer.cycle,
        book_id: writer.book,
        date: writer.date.clone(),
        at: at.timestamp_micros(),
        hash: Vec::new(),
    })];
    for one in found {
        let detail = detail_of(&one.finding);
        rows.push(AnyRow::Finding(finding::Model {
            id: OPEN_PLACE,
            cycle_id: writer.cycle,
            comparison_id: OPEN_PLACE,
            kind: one.finding.as_str().to_owned(),
            subject: one.finding.symbol().map(|symbol| symbol.to_string()),
            detail: serde_json::to_string(&detail)?,
            remedy: one.remedy.as_str().to_owned(),
            evidence: clean(one.evidence.clone()),
            hash: Vec::new(),
        }));
    }
    Ok(rows)
}

fn detail_of(finding: &Finding) -> Detail {
    let none = Detail::default();
    match finding {
        Finding::Phantom { journal, .. } => Detail {
            journal: Some(*journal),
            ..none
        },
        Finding::Orphan { broker, .. } => Detail {
            broker: Some(*broker),
            ..none
        },
        Finding::QuantityMismatch {
            journal, broker, ..
        } => Detail {
            journal: Some(*journal),
            broker: Some(*broker),
            ..none
        },
        Finding::ShortPosition { shares, .. } => Detail {
            shares: Some(*shares),
            ..none
        },
        Finding::MissingProtection { held, .. } => Detail {
            held: Some(*held),
            ..none
        },
        Finding::WrongProtection { held, guarded, .. } => Detail {
            held: Some(*held),
            guarded: Some(*guarded),
            ..none
        },
        Finding::UnknownOrder {
            order,
            side,
            shares,
            ..
        } => Detail {
            order: Some(*order),
            side: Some(*side),
            shares: Some(*shares),
            ..none
        },
        Finding::ForeignOrder {
            number,
            side,
            shares,
            ..
        } => Detail {
            number: Some(*number),
            side: Some(*side),
            shares: Some(*shares),
            ..none
        },
        Finding::CashDifference { expected, broker } => Detail {
            cash_expected: Some(expected.amount()),
            cash: Some(broker.amount()),
            currency: Some(expected.currency().to_string()),
            ..none
        },
    }
}

/// The finding that was kept.
pub(crate) fn discrepancy_of(row: &finding::Model) -> Result<Discrepancy, Unreadable> {
    let place = Place {
        table: "findings",
        id: row.id,
    };
    let detail: Detail = serde_json::from_str(&row.detail)
        .map_err(|why| place.refuse("detail", &row.detail, why))?;
    let finding = finding_of(row, place, &detail)?;
    let remedy = [
        Remedy::AskOwner,
        Remedy::Flatten,
        Remedy::Protect,
        Remedy::Cancel,
    ]
    .into_iter()
    .find(|remedy| remedy.as_str() == row.remedy)
    .ok_or_else(|| place.refuse("remedy", &row.remedy, "no remedy"))?;
    Ok(Discrepancy {
        finding,
        remedy,
        evidence: row.evidence.clone(),
    })
}

fn finding_of(row: &finding::Model, place: Place, detail: &Detail) -> Result<Finding, Unreadable> {
    let missing = |field| place.refuse("detail", &row.detail, format!("{field} is missing"));
    let symbol = || {
        let subject = row.subject.as_deref().ok_or_else(|| missing("subject"))?;
        place.text("subject", subject)
    };
    let money = |amount: Option<Decimal>, field| -> Result<Money, Unreadable> {
        let currency = detail
            .currency
            .as_deref()
            .ok_or_else(|| missing("currency"))?;
        place.money("detail", amount.ok_or_else(|| missing(field))?, currency)
    };
    match row.kind.as_str() {
        "phantom_position" => Ok(Finding::Phantom {
            symbol: symbol()?,
            journal: detail.journal.ok_or_else(|| missing("journal"))?,
        }),
        "orphan_position" => Ok(Finding::Orphan {
            symbol: symbol()?,
            broker: detail.broker.ok_or_else(|| missing("broker"))?,
        }),
        "quantity_mismatch" => Ok(Finding::QuantityMismatch {
            symbol: symbol()?,
            journal: detail.journal.ok_or_else(|| missing("journal"))?,
            broker: detail.broker.ok_or_else(|| missing("broker"))?,
        }),
        "short_position" => Ok(Finding::ShortPosition {
            symbol: symbol()?,
            shares: detail.shares.ok_or_else(|| missing("shares"))?,
        }),
        "missing_protection" => Ok(Finding::MissingProtection {
            symbol: symbol()?,
            held: detail.held.ok_or_else(|| missing("held"))?,
        }),
        "wrong_protection" => Ok(Finding::WrongProtection {
            symbol: symbol()?,
            held: detail.held.ok_or_else(|| missing("held"))?,
            guarded: detail.guarded.ok_or_else(|| missing("guarded"))?,
        }),
        "unknown_order" => Ok(Finding::UnknownOrder {
            symbol: symbol()?,
            order: detail.order.ok_or_else(|| missing("order"))?,
            side: detail.side.ok_or_else(|| missing("side"))?,
            shares: detail.shares.ok_or_else(|| missing("shares"))?,
        }),
        "foreign_order" => Ok(Finding::ForeignOrder {
            number: detail.number.ok_or_else(|| missing("number"))?,
            symbol: symbol()?,
            side: detail.side.ok_or_else(|| missing("side"))?,
            shares: detail.shares.ok_or_else(|| missing("shares"))?,
        }),
        "cash_difference" => Ok(Finding::CashDifference {
            expected: money(detail.cash_expected, "cash_expected")?,
            broker: money(detail.cash, "cash")?,
        }),
        unknown => Err(place.refuse("kind", unknown, "no kind of finding")),
    }
}
