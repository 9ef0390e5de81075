//! What every journal promises. `journal_contract!` makes a test of each promise.

mod chronicle;
mod day;
mod figures;
mod money;
mod orders;
mod record;

pub use chronicle::{
    a_chronicle_of_nothing_is_empty, a_position_carried_into_the_days_is_whole,
    a_refusal_comes_with_the_prices_asked_about, both_ends_of_a_chronicle_belong_to_it,
    looks_at_protection_name_what_was_bare, questions_to_a_model_are_added_up_by_run,
};
pub use day::{
    a_day_move_never_loosens_what_holds_until_moved, a_day_move_of_the_switch_ends_with_its_day,
    a_halt_after_a_stop_of_the_day_does_not_end_it, a_move_of_the_owner_holds_until_moved_again,
    a_move_of_the_owner_is_none_of_the_day, an_empty_day_knows_nothing,
    decisions_come_back_in_order, equity_is_known_first_and_last,
    findings_are_carried_until_a_later_day_settles, later_findings_supersede_earlier_ones,
    opening_and_holdings_part_at_midnight_in_the_exchange,
};
pub use figures::{
    a_correction_counts_in_place_of_what_it_corrects,
    a_correction_leaves_what_was_written_off_gone, a_correction_reaches_back_behind_a_flat_day,
    a_late_fee_counts_and_a_later_estimate_does_not, cash_is_carried_by_fills,
    limits_are_remembered, what_is_written_off_was_gone_before_the_day,
};
pub use money::{
    a_cost_in_another_currency_is_an_error, costs_add_up_by_day_and_month,
    runs_without_an_end_are_counted,
};
pub use orders::{
    a_family_is_unsettled_until_it_is_settled, a_repeated_fill_is_kept_once,
    families_of_a_day_come_with_older_open_ones, fills_come_back_in_the_order_they_happened,
    no_word_keeps_an_order_from_being_kept, plans_come_back_as_they_were,
};
pub use record::{
    a_closed_cycle_keeps_its_name, an_id_is_never_used_twice, entries_are_kept_all_or_none,
    entries_of_an_unknown_cycle_are_refused, microseconds_come_back_as_they_were,
    money_comes_back_digit_for_digit, slots_count_their_attempts_apart,
};

use std::sync::Arc;

use catalyst_domain::order::CycleId;
use catalyst_ports::journal::{DayJournal, Journal, JournalEntry};

use crate::builders::{a_cycle_start, a_moment};

/// Opens the next attempt at the slot of `name`.
async fn opened(journal: &dyn Journal, name: &str) -> CycleId {
    let start = a_cycle_start(name, a_moment("2026-09-14T02:00:00Z"));
    journal.open(start).await.unwrap()
}

async fn kept(journal: &dyn Journal, cycle: CycleId, entries: Vec<JournalEntry>) {
    journal.record(cycle, entries).await.unwrap();
}

async fn day(journal: &dyn Journal, date: &str) -> DayJournal {
    Arc::unwrap_or_clone(journal.day(date.parse().unwrap()).await.unwrap())
}

/// Makes a test of each promise of [`catalyst_ports::journal::Journal`].
///
/// `$fresh` is a path to an async function that returns `(journal, keep)`: an empty journal of Hong
/// Kong that nobody else uses, and whatever has to live as long.
#[macro_export]
macro_rules! journal_contract {
    ($fresh:path) => {
        $crate::journal_contract! { @each $fresh:
            an_id_is_never_used_twice
            slots_count_their_attempts_apart
            a_closed_cycle_keeps_its_name
            entries_are_kept_all_or_none
            entries_of_an_unknown_cycle_are_refused
            money_comes_back_digit_for_digit
            microseconds_come_back_as_they_were
            plans_come_back_as_they_were
            a_family_is_unsettled_until_it_is_settled
            families_of_a_day_come_with_older_open_ones
            a_repeated_fill_is_kept_once
            fills_come_back_in_the_order_they_happened
            an_empty_day_knows_nothing
            opening_and_holdings_part_at_midnight_in_the_exchange
            equity_is_known_first_and_last
            a_day_move_of_the_switch_ends_with_its_day
            a_move_of_the_owner_holds_until_moved_again
            a_day_move_never_loosens_what_holds_until_moved
            a_halt_after_a_stop_of_the_day_does_not_end_it
            a_move_of_the_owner_is_none_of_the_day
            later_findings_supersede_earlier_ones
            findings_are_carried_until_a_later_day_settles
            decisions_come_back_in_order
            a_late_fee_counts_and_a_later_estimate_does_not
            a_correction_counts_in_place_of_what_it_corrects
            a_correction_reaches_back_behind_a_flat_day
            a_correction_leaves_what_was_written_off_gone
            no_word_keeps_an_order_from_being_kept
            what_is_written_off_was_gone_before_the_day
            cash_is_carried_by_fills
            limits_are_remembered
            costs_add_up_by_day_and_month
            runs_without_an_end_are_counted
            a_cost_in_another_currency_is_an_error
        }
    };
    (@each $fresh:path: $($promise:ident)+) => {$(
        #[tokio::test]
        async fn $promise() {
            let (journal, _keep) = $fresh().await;
            $crate::contract::journal::$promise(&journal).await;
        }
    )+};
}
