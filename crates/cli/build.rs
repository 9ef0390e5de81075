//! Links the program at a fixed address. Some 800 pages of its tables hold addresses; in a movable program
//! the loader writes each of them at every start, which took longer than all else that `--version` does
//! and made the file 2.4 MiB larger. Libraries, heap and stack stay where chance puts them.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bin=catalyst=-no-pie");
    }
}
