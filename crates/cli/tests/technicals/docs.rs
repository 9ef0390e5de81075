//! `docs/technicals.md`: each example gives what stands below it, from the file that stands above it.

use std::path::Path;

use crate::program::technicals;

#[test]
fn every_example_gives_what_stands_below_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/technicals.md");
    let docs = std::fs::read_to_string(path).unwrap();
    let fence = |opening: &str| -> Vec<&str> {
        let parts = docs.split(opening).skip(1);
        parts.filter_map(|part| part.split("```").next()).collect()
    };
    let [bars] = fence("```csv\n")[..] else {
        panic!("one file of bars");
    };

    let mut run = 0;
    for example in fence("```console\n") {
        let (command, expected) = example.split_once('\n').unwrap();
        let arguments = command
            .strip_prefix("$ catalyst technicals --bars bars.csv")
            .unwrap();
        let flags = arguments.split_whitespace();
        let all: Vec<&str> = ["--bars", "-"].into_iter().chain(flags).collect();

        let ended = technicals(&all, bars);

        assert_eq!(ended.code, Some(0), "{}", ended.err);
        assert_eq!(ended.out, expected, "{command}");
        run += 1;
    }
    assert_eq!(run, 2);
}
