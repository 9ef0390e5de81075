//! The journal as a guest: databases in the shapes that older systems have given theirs, with tables
//! `trading_cycles`, `positions`, `orders` and `securities`, and with traps for who does not keep to
//! a schema of its own. What each trap is stands at the head of its file.

mod refusals;
mod visit;
mod words;

use catalyst_testkit::postgres::{Cluster, Database};

use crate::program::Program;
use crate::tree::root;

/// Every shape that a neighbour may have; each is a file of this folder.
pub(crate) const SHAPES: [&str; 4] = ["shape_1", "shape_2", "shape_3", "shape_4"];

/// The schema that the guest makes for itself when nobody names another.
const OWN: &str = "catalyst_intl";

/// Where the neighbour of `shape` has his securities.
fn securities_of(shape: &str) -> &'static str {
    match shape {
        "shape_2" => "trading.securities",
        _ => "public.securities",
    }
}

/// The program as a guest at `url`, reading the neighbour's `securities` and showing him views.
fn guest(url: &str, securities: &str) -> Program {
    Program::in_scratch_home()
        .with("DATABASE_URL", url)
        .with("CATALYST__DATABASE__SECURITIES_TABLE", securities)
        .with("CATALYST__DATABASE__COMPATIBILITY_VIEWS", "true")
}

/// A database in which a neighbour already lives.
pub(crate) fn neighbour(shape: &str) -> Database {
    let database = Cluster::shared().unwrap().database().unwrap();
    let file = root().join("tests/guest").join(shape).with_extension("sql");
    database.load(&file).unwrap();
    database
}

/// All that is not in the guest's own schema, to the byte: rows, numbers given, grants, triggers,
/// and the settings of the database itself.
pub(crate) fn left_alone(database: &Database, own_schema: &str) -> String {
    let without = format!("--exclude-schema={own_schema}");
    database.dump(&["--create", &without]).unwrap()
}

#[cfg(test)]
mod tests {
    use super::{SHAPES, left_alone, neighbour};

    #[test]
    fn every_shape_has_the_four_tables_and_rows_of_both_markets() {
        for shape in SHAPES {
            let database = neighbour(shape);

            let filled = database
                .psql(
                    "select exists (table trading_cycles), exists (table positions), \
                     exists (table orders), count(distinct exchange in ('HKEX', 'SEHK')) \
                     from securities",
                )
                .unwrap();

            assert_eq!(filled, "t|t|t|2", "{shape}");
        }
    }

    #[test]
    fn a_dump_of_a_neighbour_is_the_same_twice_and_shows_one_new_row() {
        for shape in SHAPES {
            let database = neighbour(shape);

            let dump = left_alone(&database, "journal");

            assert_eq!(left_alone(&database, "journal"), dump, "{shape}");
            database
                .psql("insert into securities (symbol, exchange, security_id) values ('X', 'NYSE', 90)")
                .unwrap_or_else(|_dated| {
                    let dated = "insert into securities (symbol, exchange, security_id, first_seen) \
                                 values ('X', 'NYSE', 90, '2025-01-02')";
                    database.psql(dated).unwrap()
                });
            assert_ne!(left_alone(&database, "journal"), dump, "{shape}");
        }
    }

    #[test]
    fn a_guest_in_a_schema_of_its_own_has_room_and_leaves_no_trace() {
        for shape in SHAPES {
            let database = neighbour(shape);
            let before = left_alone(&database, "journal");

            let kept = database
                .psql(
                    "create schema journal; \
                     create type journal.order_side as enum ('buy', 'sell'); \
                     create table journal.cycles (id int primary key, side journal.order_side); \
                     create table journal.spare (); drop table journal.spare; \
                     insert into journal.cycles values (1, 'buy'); \
                     update journal.cycles set side = 'sell'; table journal.cycles",
                )
                .unwrap();

            assert_eq!(kept, "1|sell", "{shape}");
            assert_eq!(left_alone(&database, "journal"), before, "{shape}");
        }
    }

    /// What a careless guest would do, and what tells that it did.
    const TRAPS: [(&str, &str, &str); 6] = [
        (
            "shape_1",
            "create table verdicts (id int)",
            "public is frozen",
        ),
        ("shape_1", "create type order_side as enum ()", "exists"),
        (
            "shape_2",
            "insert into trading_cycles values ('20250102-am', now())",
            "unexpected INSERT on trading_cycles by \"psql\"",
        ),
        ("shape_3", "drop table tool_calls", "nothing is dropped"),
        (
            "shape_4",
            "create table notes (a int); insert into notes values (1); update notes set a = 2",
            "replica identity",
        ),
        (
            "shape_4",
            "insert into bindings values (3, 100)",
            "unexpected row in bindings",
        ),
    ];

    #[test]
    fn a_careless_guest_falls_into_each_trap() {
        for (shape, careless, told) in TRAPS {
            let error = neighbour(shape).psql(careless).unwrap_err().to_string();

            assert!(error.contains(told), "{shape}: {error}");
        }
    }

    #[test]
    fn tables_of_a_guest_are_opened_to_others_and_rows_can_vanish() {
        let opened = "create schema journal; create table journal.cycles (); \
                      select has_table_privilege('day_trader', 'journal.cycles', 'insert')";
        let vanished = "insert into tool_calls (name) values ('a'); table tool_calls";

        assert_eq!(neighbour("shape_2").psql(opened).unwrap(), "t");
        assert_eq!(neighbour("shape_3").psql(vanished).unwrap(), "");
    }
}
