//! What a shell and a manual know of the command line, and what is said of exit codes.

use std::fs;
use std::process::Command;

use crate::program::Program;
use crate::tree::root;

#[test]
fn bash_completes_commands_and_their_flags() {
    let program = Program::in_scratch_home();
    let script = program.catalyst(&["completions", "bash"]);
    program.file("catalyst.bash", &script.out);
    let completed = |words: &str, last: &str| {
        let ask = format!(
            ". ./catalyst.bash; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _catalyst catalyst '{last}' ''; echo \"${{COMPREPLY[@]}}\""
        );
        let mut bash = Command::new("bash");
        let ended = bash
            .args(["-c", &ask])
            .current_dir(program.home())
            .output()
            .unwrap();
        String::from_utf8(ended.stdout).unwrap()
    };

    assert_eq!(script.code, Some(0), "{}", script.err);
    assert_eq!(completed("catalyst reh", "reh"), "rehearse\n");
    assert!(completed("catalyst install --unin", "--unin").contains("--uninstall"));
}

#[test]
fn the_other_shells_have_a_script_each() {
    let program = Program::in_scratch_home();

    let zsh = program.catalyst(&["completions", "zsh"]);
    let fish = program.catalyst(&["completions", "fish"]);
    let unknown = program.catalyst(&["completions", "tcsh"]);

    assert!(zsh.out.starts_with("#compdef catalyst"), "{}", zsh.out);
    assert!(fish.out.contains("complete -c catalyst"), "{}", fish.out);
    assert_eq!(unknown.code, Some(2));
}

#[test]
fn the_manual_has_a_page_for_the_program_and_each_command() {
    let program = Program::in_scratch_home();

    let page = program.catalyst(&["man"]);
    let all = program.catalyst(&["man", "--dir", "man1"]);

    assert_eq!((page.code, all.code), (Some(0), Some(0)), "{}", all.err);
    assert!(page.out.contains(".TH catalyst 1"), "{}", page.out);
    assert!(page.out.contains("3 halted"), "{}", page.out);
    let folder = program.home().join("man1");
    let written = fs::read_to_string(folder.join("catalyst-install.1")).unwrap();
    assert!(written.contains("uninstall"), "{written}");
    assert_eq!(
        fs::read_to_string(folder.join("catalyst.1")).unwrap(),
        page.out
    );
    let mut man = Command::new("man");
    man.args(["--warnings", "-l", "catalyst.1"])
        .env("MANPAGER", "cat")
        .current_dir(&folder);
    if let Ok(ended) = man.output() {
        assert!(
            ended.stderr.is_empty(),
            "{}",
            String::from_utf8_lossy(&ended.stderr)
        );
    }
}

#[test]
fn every_table_of_exit_codes_has_the_same_codes() {
    let code = fs::read_to_string(root().join("crates/cli/src/exit.rs")).unwrap();
    let own: Vec<u8> = code
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Self::")?.split_once(" => "))
        .map(|(_, number)| number.trim_end_matches(',').parse().unwrap())
        .collect();
    let help = Program::in_scratch_home().catalyst(&["--help"]).out;
    let told = help
        .split_once("Exit codes: ")
        .unwrap()
        .1
        .split_whitespace();
    let told: Vec<u8> = told.filter_map(|word| word.parse().ok()).collect();

    assert_eq!(own.len(), 9, "{own:?}");
    assert_eq!(told, own);
    for page in ["README.md", "docs/exit-codes.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let table = text.split_once("| exit code |").unwrap().1;
        let rows = table
            .lines()
            .skip(2)
            .take_while(|line| line.starts_with('|'));
        let numbers: Vec<u8> = rows
            .map(|row| row.split('|').nth(1).unwrap().trim().parse().unwrap())
            .collect();
        assert_eq!(numbers, own, "{page}");
    }
}
