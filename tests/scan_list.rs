//! The owner's list of names to scan, through the program: what a bad one says, and that it begins
//! nothing.

use crate::program::{Ended, Program, scenario};

fn rehearsed_with(list: Option<&str>) -> Ended {
    let program = Program::in_scratch_home();
    program.file("own.yaml", "scan: {universe: names.txt}\n");
    if let Some(text) = list {
        program.file("names.txt", text);
    }
    let advisor = scenario("model_loops");
    program.catalyst(&["--settings", "own.yaml", "rehearse", "--advisor", &advisor])
}

#[test]
fn a_good_list_plays() {
    for list in ["5\n700\n", "code,name\n00005,HSBC\n00700,Tencent\n"] {
        assert_eq!(rehearsed_with(Some(list)).code, Some(0), "{list}");
    }
}

#[test]
fn a_bad_list_is_told_with_its_line_and_begins_nothing() {
    for (list, told) in [
        (None, "names.txt cannot be read"),
        (Some("# none yet\n"), "scan list has no names"),
        (Some("5\n7 00\n"), "scan list, line 2: found `7 00`"),
        (
            Some("code\n5\nfive\n"),
            "FIVE is no Hong Kong code, allowed are codes such as 00700",
        ),
    ] {
        let ended = rehearsed_with(list);

        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{list:?}");
        assert!(ended.err.contains(told), "{}", ended.err);
    }
}
