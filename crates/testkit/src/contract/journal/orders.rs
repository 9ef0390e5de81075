//! Order families, their plans, their fills.

use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::order::{ExitCause, ExitPlan, ExitPrice, Leg, OrderPlan, ProtectPlan};
use catalyst_domain::tick::TickTable;
use catalyst_ports::journal::{Family, FamilyEnding, Journal, JournalEntry};
use chrono::TimeDelta;

use super::{day, kept, opened};
use crate::builders::{
    a_bracket_plan, a_fill, a_moment, an_auction_exit, an_intent_of, an_order, price, shares,
    symbol, told,
};

/// A plan of each kind, read back equal.
pub async fn plans_come_back_as_they_were(journal: &dyn Journal) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let ticks = TickTable::hkex().unwrap();
    let grid = ticks.on(cycle.date(), InstrumentKind::Equity).unwrap();
    let exact = |text| grid.exact(price(text)).unwrap();
    let plans = [
        a_bracket_plan(an_order(cycle, 1, Leg::Entry)),
        an_auction_exit(),
        OrderPlan::Exit(ExitPlan {
            symbol: symbol("5"),
            shares: shares(437),
            price: ExitPrice::Limit(exact("49.96")),
            cause: ExitCause::DailyLoss,
        }),
        OrderPlan::Protect(ProtectPlan {
            symbol: symbol("5"),
            shares: shares(400),
            stop: exact("0.245"),
            target: None,
        }),
        OrderPlan::Protect(ProtectPlan {
            symbol: symbol("5"),
            shares: shares(400),
            stop: exact("9.99"),
            target: Some(exact("10.02")),
        }),
    ];
    let at = a_moment("2026-09-14T02:00:00.000001Z");
    let intents: Vec<_> = (1..)
        .zip(plans)
        .map(|(number, plan)| an_intent_of(plan, an_order(cycle, number, Leg::Entry), at))
        .collect();

    let entries = intents.iter().cloned().map(JournalEntry::Intent).collect();
    kept(journal, cycle, entries).await;

    assert_eq!(journal.unsettled().await.unwrap(), intents);
}

/// Every ending settles a family, and nothing else does.
pub async fn a_family_is_unsettled_until_it_is_settled(journal: &dyn Journal) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let at = a_moment("2026-09-14T02:00:00Z");
    let endings = [
        FamilyEnding::Done,
        FamilyEnding::Unfilled,
        FamilyEnding::Rejected,
        FamilyEnding::NotSent,
        FamilyEnding::Lost,
    ];
    for (number, ending) in (1..).zip(endings) {
        let id = an_order(cycle, number, Leg::Exit);
        let intent = an_intent_of(an_auction_exit(), id, at);
        kept(journal, cycle, vec![JournalEntry::Intent(intent.clone())]).await;
        let fill = a_fill(&format!("of {number}")).order(id).build();
        kept(journal, cycle, vec![told(fill)]).await;
        let unsettled = journal.unsettled().await.unwrap();
        assert_eq!(unsettled, std::slice::from_ref(&intent));

        kept(
            journal,
            cycle,
            vec![JournalEntry::Settled { id, ending, at }],
        )
        .await;

        assert_eq!(journal.unsettled().await.unwrap(), []);
        let families = day(journal, "2026-09-14").await.families;
        assert_eq!(
            families.last(),
            Some(&Family {
                intent,
                ending: Some(ending)
            })
        );
    }
}

/// A day lists its own families, ended or not, after older ones that have not ended.
pub async fn families_of_a_day_come_with_older_open_ones(journal: &dyn Journal) {
    let at = a_moment("2026-09-14T02:00:00Z");
    let monday = opened(journal, "20260914-1000.1").await;
    let open = an_intent_of(an_auction_exit(), an_order(monday, 1, Leg::Exit), at);
    let ended = an_intent_of(an_auction_exit(), an_order(monday, 2, Leg::Exit), at);
    let settled = JournalEntry::Settled {
        id: ended.id,
        ending: FamilyEnding::Unfilled,
        at,
    };
    let entries = vec![
        JournalEntry::Intent(open.clone()),
        JournalEntry::Intent(ended.clone()),
        settled,
    ];
    kept(journal, monday, entries).await;
    let tuesday = opened(journal, "20260915-1000.1").await;
    let later = at + TimeDelta::days(1);
    let today = an_intent_of(an_auction_exit(), an_order(tuesday, 1, Leg::Exit), later);
    kept(journal, tuesday, vec![JournalEntry::Intent(today.clone())]).await;

    let of_monday = day(journal, "2026-09-14").await.families;
    let of_tuesday = day(journal, "2026-09-15").await.families;

    let still_open = |intent: &_| Family {
        intent: Clone::clone(intent),
        ending: None,
    };
    let unfilled = Family {
        intent: ended,
        ending: Some(FamilyEnding::Unfilled),
    };
    assert_eq!(of_monday, [still_open(&open), unfilled]);
    assert_eq!(of_tuesday, [still_open(&open), still_open(&today)]);
    assert_eq!(journal.unsettled().await.unwrap(), [open, today]);
}

/// A broker repeats its reports; within one record, across records and across cycles.
pub async fn a_repeated_fill_is_kept_once(journal: &dyn Journal) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let fill = a_fill("once").build();
    let entry = || told(fill.clone());
    kept(journal, cycle, vec![entry(), entry()]).await;
    kept(journal, cycle, vec![entry()]).await;
    let next = opened(journal, "20260914-1030.1").await;
    kept(journal, next, vec![entry()]).await;

    let read = day(journal, "2026-09-14").await;

    assert_eq!(read.holdings.shares(fill.symbol), fill.shares);
    assert_eq!(read.fills, [fill]);
}

/// Fills are in the order of the exchange, however late they were learned of.
pub async fn fills_come_back_in_the_order_they_happened(journal: &dyn Journal) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let at = a_moment("2026-09-14T02:00:00Z");
    let bought = a_fill("first").at(at).build();
    let sold = a_fill("second")
        .selling()
        .at(at + TimeDelta::microseconds(1))
        .build();
    let entries = vec![told(sold.clone()), told(bought.clone())];
    kept(journal, cycle, entries).await;

    let read = day(journal, "2026-09-14").await;

    assert!(read.holdings.is_flat());
    assert_eq!(read.fills, [bought, sold]);
}

/// Whatever letters a reason holds, a NUL among them, the order is kept and comes back.
pub async fn no_word_keeps_an_order_from_being_kept(journal: &dyn Journal) {
    let cycle = opened(journal, "20260914-1000.1").await;
    let at = a_moment("2026-09-14T02:00:00Z");
    let mut intent = an_intent_of(an_auction_exit(), an_order(cycle, 1, Leg::Exit), at);
    "leave\0now \u{202e}\u{1f4c9}".clone_into(&mut intent.reason);

    kept(journal, cycle, vec![JournalEntry::Intent(intent.clone())]).await;

    let unsettled = journal.unsettled().await.unwrap();
    assert_eq!(unsettled.len(), 1);
    assert_eq!(unsettled.first().map(|one| one.id), Some(intent.id));
    let reason = unsettled.first().map_or("", |one| one.reason.as_str());
    assert!(
        reason.starts_with("leave") && reason.ends_with('\u{1f4c9}'),
        "{reason}"
    );
}
