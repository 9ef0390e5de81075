//! A neighbour's table that is not as it is read: refused by name before anything is written.

use catalyst_testkit::postgres::{Cluster, Database};

use super::{OWN, guest};

/// A table, and what is said of it beside its name: the column, what was found, what is allowed.
const UNFIT: [(&str, [&str; 3]); 4] = [
    (
        "create table securities (security_id bigint, symbol integer)",
        [
            "public.securities.symbol",
            "integer",
            "text, character varying, character",
        ],
    ),
    (
        "create table securities (security_id uuid, symbol text)",
        [
            "public.securities.security_id",
            "uuid",
            "smallint, integer, bigint",
        ],
    ),
    (
        "create table securities (id bigint, symbol text)",
        [
            "public.securities.security_id",
            "not there",
            "smallint, integer, bigint",
        ],
    ),
    (
        "create table elsewhere ()",
        [
            "public.securities.security_id",
            "not there",
            "smallint, integer, bigint",
        ],
    ),
];

fn database(sql: &str) -> Database {
    let database = Cluster::shared().unwrap().database().unwrap();
    database.psql(sql).unwrap();
    database
}

#[test]
fn a_table_that_does_not_fit_is_named_and_no_schema_is_made_beside_it() {
    for (table, told) in UNFIT {
        let database = database(table);
        let program = guest(&database.url(), "public.securities");

        for words in [["db", "contract"], ["db", "migrate"]] {
            let ended = program.catalyst(&words);

            assert_eq!(ended.code, Some(2), "{table}: {}", ended.err);
            for word in told {
                assert!(ended.err.contains(word), "{word}: {}", ended.err);
            }
        }

        let made = format!("select count(*) from pg_namespace where nspname = '{OWN}'");
        assert_eq!(database.psql(&made).unwrap(), "0", "{table}");
    }
}

#[test]
fn a_table_that_ceased_to_fit_stops_a_run_before_its_first_row() {
    let database = database("create table securities (security_id bigint, symbol text)");
    let program = guest(&database.url(), "public.securities");
    assert_eq!(program.catalyst(&["db", "migrate"]).code, Some(0));
    database
        .psql("alter table securities alter symbol type integer using 1")
        .unwrap();

    let ended = program.catalyst(&["cycle", "--at", "2026-09-18T10:30:00+08:00"]);

    assert_eq!(ended.code, Some(2), "{}", ended.err);
    assert!(
        ended.err.contains("public.securities.symbol"),
        "{}",
        ended.err
    );
    let rows = format!("select row_id from {OWN}.chain_heads");
    assert_eq!(database.psql(&rows).unwrap(), "0");
}

#[test]
fn a_table_that_the_role_may_not_read_is_refused() {
    let database = database("create table securities (security_id bigint, symbol text)");
    let role = format!("stranger_to_{}", database.name());
    database.psql(&format!("create role {role} login")).unwrap();
    let program = guest(&database.url_as(&role), "public.securities");

    let ended = program.catalyst(&["db", "contract"]);

    assert_eq!(ended.code, Some(2), "{}", ended.err);
    let told = format!("not there, or role {role} may not read it");
    assert!(ended.err.contains(&told), "{}", ended.err);
}
