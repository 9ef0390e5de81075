//! The clusters themselves, really started.

use std::fs;
use std::os::unix::process::parent_id;
use std::path::Path;
use std::process::{Command, Stdio};

use super::shared::{Shared, places};
use super::user::Account;
use super::{Cluster, ClusterError};

#[test]
fn databases_of_one_cluster_are_apart() {
    let cluster = Cluster::shared().unwrap();
    let (one, other) = (cluster.database().unwrap(), cluster.database().unwrap());

    one.psql("create table held (symbol text); insert into held values ('0700.HK')")
        .unwrap();

    let tables = "select count(*) from pg_tables where schemaname = 'public'";
    assert_eq!(one.psql(tables).unwrap(), "1");
    assert_eq!(other.psql(tables).unwrap(), "0");
    assert_eq!(one.psql("table held").unwrap(), "0700.HK");
}

#[test]
fn who_comes_second_finds_the_cluster_of_the_first() {
    let first = Cluster::shared().unwrap().database().unwrap();
    let second = Cluster::shared().unwrap().database().unwrap();

    assert_eq!(first.port(), second.port());
    assert_ne!(first.name(), second.name());
    assert_eq!(
        first.url(),
        format!(
            "postgres://postgres@127.0.0.1:{}/{}",
            first.port(),
            first.name()
        )
    );
}

#[test]
fn the_server_is_durable_and_nobody_elses() {
    let database = Cluster::shared().unwrap().database().unwrap();
    let folder = places(Account::find().unwrap(), parent_id()).0;

    let shown = database
        .psql(
            "show fsync; show listen_addresses; show unix_socket_directories; show data_directory",
        )
        .unwrap();

    assert_eq!(shown, format!("on\n127.0.0.1\n\n{}/data", folder.display()));
}

#[test]
fn an_error_tells_what_the_server_said_and_ends_the_statements() {
    let database = Cluster::shared().unwrap().database().unwrap();

    let error = database
        .psql("create table a (); select 1/0; create table b ();")
        .unwrap_err();

    let ClusterError::Refused { said, .. } = error else {
        panic!("{error:?}")
    };
    assert_eq!(said, "psql:<stdin>:1: ERROR:  division by zero");
    let tables = "select tablename from pg_tables where schemaname = 'public'";
    assert_eq!(database.psql(tables).unwrap(), "a");
}

#[test]
fn two_dumps_of_one_database_are_equal_and_hold_its_rows() {
    let database = Cluster::shared().unwrap().database().unwrap();
    database
        .psql("create table held (symbol text); insert into held values ('0700.HK')")
        .unwrap();

    let dump = database.dump(&[]).unwrap();

    assert!(dump.contains("\n0700.HK\n"), "{dump}");
    assert_eq!(database.dump(&[]).unwrap(), dump);
    let schema = database.dump(&["--schema-only"]).unwrap();
    assert!(!schema.contains("0700.HK"), "{schema}");
}

#[test]
fn an_own_cluster_keeps_data_and_address_over_restarts_and_crashes() {
    let cluster = Cluster::own(&["max_connections = 7"]).unwrap();
    let database = cluster.database().unwrap();
    database
        .psql("create table held (symbol text); insert into held values ('0700.HK')")
        .unwrap();

    cluster.conf("max_connections = 6").unwrap();
    assert_eq!(database.psql("show max_connections").unwrap(), "7");
    cluster.restart().unwrap();
    assert_eq!(database.psql("show max_connections").unwrap(), "6");
    cluster.crash().unwrap();
    database.psql("table held").unwrap_err();
    cluster.start().unwrap();

    assert_eq!(database.psql("table held").unwrap(), "0700.HK");
}

#[test]
fn a_dropped_cluster_leaves_neither_folder_nor_server() {
    let cluster = Cluster::own(&[]).unwrap();
    let database = cluster.database().unwrap();
    let data = database.psql("show data_directory").unwrap();
    assert!(fs::exists(&data).unwrap());

    drop(cluster);

    assert!(!fs::exists(&data).unwrap());
    database.psql("select 1").unwrap_err();
}

#[test]
fn a_setting_that_no_server_knows_is_reported_from_its_log() {
    let error = Cluster::own(&["no_such_setting = on"]).unwrap_err();

    assert!(error.to_string().contains("\"no_such_setting\""), "{error}");
}

/// A stand-in for a runner: it lasts until its input is closed.
#[test]
fn a_shared_cluster_goes_with_its_runner_and_a_dead_one_is_made_anew() {
    let mut runner = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
    let (folder, lock) = places(Account::find().unwrap(), runner.id());
    let first = Shared::join_of(runner.id()).unwrap();
    let lost = first.database().unwrap();
    first.cluster.stop("immediate").unwrap();

    let second = Shared::join_of(runner.id()).unwrap();
    let database = second.database().unwrap();
    assert_eq!(database.psql("select 1").unwrap(), "1");
    lost.psql("select 1").unwrap_err();
    runner.kill().unwrap();
    runner.wait().unwrap();

    assert!(is_gone_soon(&lock));
    assert!(!fs::exists(&folder).unwrap());
    database.psql("select 1").unwrap_err();
}

/// The shell that cleans up is nobody's child, so that it can only be watched.
fn is_gone_soon(path: &Path) -> bool {
    let wait = "while [ -e \"$1\" ]; do sleep 0.1; done";
    let mut command = Command::new("timeout");
    command.args(["30", "sh", "-c", wait, "sh"]).arg(path);
    command.status().unwrap().success()
}
