//! Whether this is a time for entries.

use catalyst_domain::risk::TradingState;
use catalyst_testkit::builders::{a_moment, a_view};

use super::judged::{NONE, usual_in};

#[test]
fn a_halt_of_either_kind_refuses_entries() {
    for (state, found) in [
        (
            TradingState::ExitsOnly,
            "halt: trading allowed, exits_only found",
        ),
        (TradingState::Halted, "halt: trading allowed, halted found"),
    ] {
        let mut view = a_view();
        view.state = state;

        assert_eq!(usual_in(&view), [found]);
    }
}

#[test]
fn the_stricter_of_two_states_holds() {
    use TradingState::{ExitsOnly, Halted, Trading};

    for (one, other, stricter) in [
        (Trading, ExitsOnly, ExitsOnly),
        (Halted, ExitsOnly, Halted),
        (Trading, Trading, Trading),
    ] {
        assert_eq!(one.stricter(other), stricter);
        assert_eq!(other.stricter(one), stricter);
    }
}

#[test]
fn entries_belong_to_continuous_trading_alone() {
    for (utc, phase) in [
        ("2026-09-14T01:29:59Z", "pre_open_blocked"),
        ("2026-09-14T04:00:00Z", "lunch"),
        ("2026-09-14T08:05:00Z", "auction_input"),
        ("2026-09-13T02:00:00Z", "closed"),
    ] {
        let found = format!("phase: continuous trading allowed, {phase} found");

        assert_eq!(usual_in(&a_view().at(a_moment(utc))), [found]);
    }
}

#[test]
fn the_first_and_the_last_minutes_of_each_session_take_no_entry() {
    for (utc, found) in [
        (
            "2026-09-14T01:34:59Z",
            "session_edge: at least 300 s allowed, 299 s found",
        ),
        (
            "2026-09-14T03:45:01Z",
            "session_edge: at least 900 s allowed, 899 s found",
        ),
        (
            "2026-09-14T05:04:59Z",
            "session_edge: at least 300 s allowed, 299 s found",
        ),
        (
            "2026-09-14T07:45:01Z",
            "session_edge: at least 900 s allowed, 899 s found",
        ),
    ] {
        assert_eq!(usual_in(&a_view().at(a_moment(utc))), [found]);
    }
    for utc in [
        "2026-09-14T01:35:00Z",
        "2026-09-14T03:45:00Z",
        "2026-09-14T05:05:00Z",
        "2026-09-14T07:45:00Z",
    ] {
        assert_eq!(usual_in(&a_view().at(a_moment(utc))), NONE, "{utc}");
    }
}

#[test]
fn a_session_of_unknown_end_takes_no_entry() {
    let mut view = a_view();
    view.moment.next_change = None;

    assert_eq!(
        usual_in(&view),
        ["session_edge: at least 900 s allowed, not known found"]
    );
}
