//! A day on which things go wrong, and what the owner hears of each.

use super::cron::Ran;
use super::house::{House, MONDAY};

/// How the line of this job ended in a minute.
fn ended<'ran>(ran: &'ran [Ran], job: &str) -> &'ran Ran {
    ran.iter().find(|ran| ran.job == job).unwrap()
}

#[test]
fn whatever_goes_wrong_calls_the_owner() {
    let mut house = House::on(MONDAY);
    for time in ["09:30", "09:40"] {
        for ran in house.minute(MONDAY, time).unwrap() {
            assert_eq!(
                (ran.code, ran.said.as_str()),
                (Some(0), ""),
                "{time} {ran:?}"
            );
        }
    }

    a_slot_is_skipped(&mut house);
    the_credit_runs_out(&mut house);
    the_gateway_lets_nobody_in(&mut house);
    the_gateway_is_gone(&mut house);
}

fn a_slot_is_skipped(house: &mut House) {
    house.minute(MONDAY, "10:05").unwrap();
    let ran = house.minute(MONDAY, "10:10").unwrap();

    let watch = ended(&ran, "watch");
    assert_eq!(watch.code, Some(6), "{watch:?}");
    assert!(watch.said.starts_with("ALARM missed: "), "{watch:?}");
    let mails = house.mails_with("[CRITICAL] Catalyst HKEX: watch: missed");
    assert_eq!(mails.len(), 1, "{:?}", house.mail.mails());
    assert!(mails[0].contains("the slot of 10:00"), "{}", mails[0]);
    assert!(mails[0].contains("What to do: "), "{}", mails[0]);

    // Neither before nor after a run has brought it into the journal is it told again.
    assert_eq!(house.typed(&["watch"]).code, Some(6));
    house.minute(MONDAY, "10:15").unwrap();
    assert_eq!(house.typed(&["watch"]).code, Some(6));
    assert_eq!(house.mails_with("watch: missed").len(), 1);
}

fn the_credit_runs_out(house: &mut House) {
    house
        .credit
        .store(false, std::sync::atomic::Ordering::SeqCst);

    let ran = house.minute(MONDAY, "10:30").unwrap();

    let cycle = ended(&ran, "cycle");
    assert_eq!(cycle.code, Some(4), "{cycle:?}");
    let mails = house.mails_with("[CRITICAL] Catalyst HKEX: no advice");
    assert_eq!(mails.len(), 1, "{:?}", house.mail.mails());
    assert!(mails[0].contains("billing"), "{}", mails[0]);
    let ending = "select ending from cycle_ends order by id desc limit 1";
    assert_eq!(house.rows(ending), ["protective"]);
}

fn the_gateway_lets_nobody_in(house: &mut House) {
    house.bar_gateway("10:45");

    let ran = house.minute(MONDAY, "10:45").unwrap();

    let guard = ended(&ran, "guard");
    assert_eq!(guard.code, Some(75), "{guard:?}");
    let mails = house.mails_with("[CRITICAL] Catalyst HKEX: guard failed");
    assert_eq!(mails.len(), 1, "{:?}", house.mail.mails());
}

fn the_gateway_is_gone(house: &mut House) {
    house.stop_gateway();

    assert_eq!(house.line("guard").code, Some(75));
    for _ in 0..2 {
        let watch = house.line("watch");
        assert_eq!(watch.code, Some(6), "{watch:?}");
        assert!(watch.said.starts_with("ALARM clock: "), "{watch:?}");
    }
    assert_eq!(house.mails_with("watch: clock").len(), 1);
}
