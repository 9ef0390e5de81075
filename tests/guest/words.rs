//! What the neighbour reads of the journal: his own words and numbers, and nothing he could change.

use super::{OWN, guest, neighbour, securities_of};

const VIEWS: [&str; 4] = [
    "compat_trading_cycles",
    "compat_positions",
    "compat_orders",
    "compat_fills",
];

#[test]
fn the_views_speak_like_the_older_system_and_number_securities_as_it_does() {
    let shape = "shape_2";
    let database = neighbour(shape);
    let program = guest(&database.url(), securities_of(shape));
    for words in [
        &["db", "migrate"][..],
        &["cycle", "--at", "2026-09-18T10:30:00+08:00"],
    ] {
        let ended = program.catalyst(words);
        assert_eq!(ended.code, Some(0), "{words:?}: {}", ended.err);
    }

    let theirs = database
        .psql("select security_id from trading.securities where symbol = '2318'")
        .unwrap();
    for (question, answer) in [
        (
            "select security_id, symbol, side, quantity from compat_positions",
            format!("{theirs}|02318|long|3000"),
        ),
        (
            "select order_id, cycle_id, security_id, side, quantity from compat_orders",
            format!("20260918-1030.1-01e|20260918-1030.1|{theirs}|buy|3000"),
        ),
        (
            "select security_id, side, sum(quantity) from compat_fills group by 1, 2",
            format!("{theirs}|buy|3000"),
        ),
        (
            "select cycle_id, trading_date, status from compat_trading_cycles",
            "20260918-1030.1|2026-09-18|done".to_owned(),
        ),
        (
            "select max(length(cycle_id)) <= 20, min(cast(pg_typeof(cycle_id) as text)) \
             from compat_trading_cycles",
            "t|character varying".to_owned(),
        ),
    ] {
        let asked = format!("set search_path = {OWN}; {question}");
        assert_eq!(database.psql(&asked).unwrap(), answer, "{question}");
    }
}

#[test]
fn nobody_writes_through_a_view() {
    let database = neighbour("shape_1");
    let program = guest(&database.url(), "public.securities");
    let ended = program.catalyst(&["db", "migrate"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);

    for view in VIEWS {
        for (written, told) in [
            (
                format!("insert into {OWN}.{view} default values"),
                "cannot insert into view",
            ),
            (
                format!("delete from {OWN}.{view}"),
                "cannot delete from view",
            ),
        ] {
            let error = database.psql(&written).unwrap_err().to_string();

            assert!(error.contains(told), "{written}: {error}");
        }
    }
}
