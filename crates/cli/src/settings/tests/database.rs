//! Where the journal is, from every source.

use super::{load_text, message};
use crate::settings::{Address, Engine, NoPlace};

#[test]
fn a_database_that_is_named_keeps_the_journal_and_shows_no_password() {
    let file = "database: {host: db.example.com, user: guest, password: \"${SECRET}\"}";
    let settings = load_text(file, &[("SECRET", "open-sesame")]).unwrap();

    assert_eq!(settings.database.engine, Engine::Postgres);
    let place = settings.database.postgres.clone().unwrap();
    let Address::Parts { port, name, .. } = &place.address else {
        panic!("{place:?}");
    };
    assert_eq!((*port, name.as_str()), (5432, "catalyst_trading"));
    assert_eq!(
        (place.schema.as_str(), place.verify_certificate),
        ("catalyst_intl", true)
    );
    assert!(!format!("{settings:?}").contains("sesame"));
}

#[test]
fn the_engine_is_chosen_by_what_is_named_unless_the_owner_says_it() {
    let url = ("DATABASE_URL", "postgres://u@h/n");
    let owner = [("DB_HOST", "h"), ("DB_USER", "u"), ("DB_PASSWORD", "p")];
    let engine = |file, variables: &[_]| load_text(file, variables).unwrap().database.engine;

    assert_eq!(engine("", &[]), Engine::Sqlite);
    assert_eq!(engine("", &[url]), Engine::Postgres);
    assert_eq!(engine("", &owner), Engine::Postgres);
    assert_eq!(engine("database: {engine: sqlite}", &[url]), Engine::Sqlite);
    let unnamed = load_text("database: {engine: postgres}", &[]).unwrap();
    assert_eq!(unnamed.database.postgres, Err(NoPlace::NotGiven));
    let unset = load_text("database: {host: \"${DB_HOST}\"}", &[]).unwrap();
    let why = unset.database.postgres.unwrap_err().to_string();
    assert_eq!(
        why,
        "database.host needs the variable DB_HOST, which is not set"
    );
    assert_eq!(
        message("database: {engine: mysql}"),
        "database.engine is `mysql`, allowed is sqlite, postgres"
    );
}
