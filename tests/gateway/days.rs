//! Whole days over the wire come to the same, byte for byte, as days at the exchange itself.

use crate::days::real_bars::data;
use crate::program::{Program, scenario};

fn both(flags: &[&str]) {
    let program = Program::in_scratch_home();
    let mut arguments = vec!["rehearse", "--json", "--entry-criteria", "report"];
    arguments.extend(flags);

    let direct = program.catalyst(&arguments);
    arguments.extend(["--broker", "ibkr"]);
    let wired = program.catalyst(&arguments);

    assert_eq!(direct.code, wired.code, "{flags:?}: {}", wired.err);
    assert_eq!(direct.out, wired.out, "{flags:?}");
}

#[test]
fn generated_days_are_the_same() {
    both(&["--seed", "3", "--days", "3"]);
    both(&["--seed", "14"]);
}

#[test]
fn a_day_of_nonsense_is_the_same() {
    both(&["--advisor", &scenario("nonsense")]);
    both(&["--advisor", &scenario("sixth_position")]);
    both(&["--advisor", &scenario("refusals")]);
}

#[test]
fn real_days_are_the_same() {
    let Some(data) = data() else {
        return;
    };
    let path = |name: &str| data.join(name).display().to_string();
    let (bars, history, lots) = (
        path("bars/1m_momentum"),
        path("bars/daily"),
        path("lots_2018_2020.csv"),
    );
    both(&[
        "--bars",
        &bars,
        "--history",
        &history,
        "--lots",
        &lots,
        "--days",
        "6",
    ]);
}
