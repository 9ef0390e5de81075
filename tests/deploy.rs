//! What is carried to the machine: one archive with the program and everything that it needs.

use std::fs;
use std::process::Command;

use crate::program::{Program, binary};
use crate::tree::root;

#[test]
fn the_archive_holds_the_program_its_files_and_their_sums() {
    let program = Program::in_scratch_home();
    let out = program.home().join("dist");

    let packed = Command::new("bash")
        .arg(root().join("deploy/build.sh"))
        .arg("--binary")
        .arg(binary())
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();

    assert!(
        packed.status.success(),
        "{}",
        String::from_utf8_lossy(&packed.stderr)
    );
    let archive = String::from_utf8(packed.stdout).unwrap();
    let unpack = format!(
        "tar -xzf {} --strip-components=1 && sha256sum -c --quiet SHA256SUMS && ./catalyst --version",
        archive.trim()
    );
    let mut shell = Command::new("sh");
    let ended = shell
        .args(["-c", &unpack])
        .current_dir(program.home())
        .output()
        .unwrap();
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    assert!(ended.stdout.starts_with(b"catalyst "));
    let sums = fs::read_to_string(program.home().join("SHA256SUMS")).unwrap();
    for name in [
        "config/settings.yaml",
        "config/prompts/system.md",
        "completions/catalyst.bash",
        "docs/runbook.md",
        "man/man1/catalyst-cycle.1",
    ] {
        assert!(sums.contains(name), "{name} in {sums}");
    }
}
