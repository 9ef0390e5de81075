//! Every reason for which the model may stop, and what a cycle then comes to. Only `tool_use` runs tools.

use super::rows::{DONE, Ending, LATER, Outcome, Row, play_all};
use super::scene::Finds;
use super::server::Reply;
use super::words::{CHECK, TRADE, call, ends, logs, look, message, uses};

const EMPTY: &str = "[]";
const PROSE: &str = r#"[{"type":"text","text":"I would buy everything now"}]"#;

/// No advice after so many answers, each of them paid for.
const fn heard(asked: usize, paid: u64) -> Outcome {
    Outcome {
        asked,
        paid,
        ..LATER
    }
}

const fn done(asked: usize, paid: u64) -> Outcome {
    Outcome {
        asked,
        paid,
        ..DONE
    }
}

/// A purchase is checked and passes; what follows would send it.
fn after_a_check(name: &'static str, then: Vec<Reply>, wanted: Outcome) -> Row {
    let mut replies = vec![uses(&[call("toolu_check", "check_risk", CHECK)])];
    replies.extend(then);
    Row {
        finds: Finds::Nothing,
        told: "\"approved\":true",
        ..Row::new(name, replies, wanted)
    }
}

/// A message with the whole purchase in it, which stopped for this reason.
fn trade_in(stop: &str) -> Reply {
    let trade = call("toolu_trade", "execute_trade", TRADE);
    message(stop, &format!("[{trade}]"))
}

#[test]
fn a_turn_that_ends_is_the_end_after_one_reminder_to_keep_the_decision() {
    let go_on = || message("end_turn", EMPTY);

    play_all(&[
        Row::new("decision, then end", vec![logs(), ends("held")], done(2, 2)).says("held"),
        Row::new(
            "end without a decision",
            vec![ends("bye"), ends("bye")],
            done(2, 2),
        )
        .says("bye"),
        Row::new(
            "prose in place of action",
            vec![message("end_turn", PROSE)],
            done(2, 2),
        )
        .says("I would buy everything now"),
        Row::new(
            "empty once",
            vec![go_on(), logs(), ends("held")],
            done(3, 3),
        )
        .says("held"),
        Row::new("empty twice", vec![go_on()], heard(2, 2)).says("it is empty, twice"),
    ]);
}

#[test]
fn a_cut_answer_runs_nothing_and_is_asked_for_once_more() {
    play_all(&[
        Row::new(
            "cut once",
            vec![message("max_tokens", PROSE), logs(), ends("held")],
            done(3, 3),
        )
        .says("held"),
        Row::new("cut twice", vec![message("max_tokens", EMPTY)], heard(2, 2)).says("cut twice"),
        after_a_check(
            "a whole purchase in a cut answer",
            vec![trade_in("max_tokens")],
            heard(3, 3),
        )
        .says("cut twice"),
    ]);
}

#[test]
fn a_refusal_and_every_other_stop_run_nothing() {
    let refused = r#"{"id":"m","type":"message","role":"assistant","model":"claude-sonnet-5-5","content":[],"stop_reason":"refusal","stop_details":{"type":"refusal","category":"cyber","explanation":"no"},"usage":{"input_tokens":1,"output_tokens":0}}"#;

    play_all(&[
        Row::new("refusal", vec![Reply::ok(refused)], heard(1, 1)).says("a refusal (cyber: no)"),
        after_a_check("purchase, refusal", vec![trade_in("refusal")], heard(2, 2)),
        after_a_check("purchase, end_turn", vec![trade_in("end_turn")], done(3, 3)),
        after_a_check(
            "purchase, pause_turn",
            vec![trade_in("pause_turn")],
            heard(5, 5),
        ),
        after_a_check(
            "purchase, context",
            vec![trade_in("model_context_window_exceeded")],
            heard(2, 2),
        )
        .says("outgrown the model"),
        after_a_check(
            "purchase, stop_sequence",
            vec![trade_in("stop_sequence")],
            heard(2, 2),
        )
        .says("for the reason `stop_sequence`"),
        after_a_check(
            "purchase, compaction",
            vec![trade_in("compaction")],
            heard(2, 2),
        )
        .says("for the reason `compaction`"),
        after_a_check(
            "purchase, a word unknown",
            vec![trade_in("bored")],
            heard(2, 2),
        )
        .says("for the reason `bored`"),
    ]);
}

#[test]
fn a_pause_goes_on_three_times() {
    let pause = || message("pause_turn", PROSE);

    play_all(&[
        Row::new("paused for ever", vec![pause()], heard(4, 4)).says("`pause_turn`"),
        Row::new(
            "paused once",
            vec![pause(), logs(), ends("held")],
            done(3, 3),
        )
        .says("held"),
    ]);
}

#[test]
fn calls_without_order_among_themselves_run_nothing() {
    let unknown = r#"[{"type":"of_the_future","x":1},{"type":"redacted_thinking","data":"x"},{"type":"text","text":"held"}]"#;
    let twice = || {
        uses(&[
            call("t", "execute_trade", TRADE),
            call("t", "get_portfolio", "{}"),
        ])
    };
    let nameless = || uses(&[call("", "execute_trade", TRADE)]);
    let again = || uses(&[call("toolu_check", "execute_trade", TRADE)]);

    play_all(&[
        Row::new(
            "tool_use without a call",
            vec![message("tool_use", PROSE)],
            heard(1, 1),
        )
        .says("names none"),
        Row::new(
            "blocks unknown",
            vec![logs(), message("end_turn", unknown)],
            done(2, 2),
        )
        .says("held"),
        after_a_check("two calls of one id", vec![twice()], heard(2, 2))
            .says("two calls of one id"),
        after_a_check("an id of before", vec![again()], heard(2, 2)).says("two calls of one id"),
        after_a_check("no id", vec![nameless()], heard(2, 2)).says("without a proper id"),
    ]);
}

#[test]
fn a_talk_without_an_end_has_one() {
    let wanted = Outcome {
        ending: Ending::Bounded,
        ..done(20, 20)
    };
    let turns = (0..20).map(|number| uses(&[look(number)])).collect();

    play_all(&[Row::new("twenty turns", turns, wanted).says("ran out of turns")]);
}
