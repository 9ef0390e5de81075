//! The page in a browser: what it shows, that it loads nothing, and that words stay words.

use std::path::Path;

use regex::Regex;

use super::browser::{Theme, browser};
use super::day::{played, reported};
use crate::tree::root;

/// Runs after the page's own scripts and writes into the document what only a browser knows: how many
/// dots of each chart are painted, whether anything sticks out sideways, and the colour of the paper.
const PROBE: &str = "<script>
const charts = [...document.querySelectorAll('.chart')];
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
  for (const chart of charts) {
    let ink = 0;
    for (const canvas of chart.querySelectorAll('canvas')) {
      const dots = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      for (let at = 3; at < dots.length; at += 4) ink += dots[at] > 0 ? 1 : 0;
    }
    chart.dataset.ink = String(ink);
  }
  const page = document.documentElement;
  page.dataset.sideways = String(page.scrollWidth - page.clientWidth);
  page.dataset.paper = getComputedStyle(document.body).backgroundColor;
}, 300)));
</script></body>";

/// Holds the page in a frame as wide as a telephone, which no window of a browser is, and copies what
/// became of it beside the frame.
const COPY: &str = "<script>setTimeout(() => {
  const frame = document.querySelector('iframe');
  document.body.append(frame.contentDocument.documentElement.cloneNode(true));
  frame.remove();
}, 1500)</script>";

/// The page with the probe in it, without the policy that would refuse the probe, `width` dots wide.
fn probed(page: &Path, width: u32) -> std::path::PathBuf {
    let text = std::fs::read_to_string(page).unwrap();
    let policy = Regex::new("<meta http-equiv=\"Content-Security-Policy\"[^>]*>").unwrap();
    let open = policy.replace(&text, "").replace("</body>", PROBE);
    let inside = open.replace('&', "&amp;").replace('"', "&quot;");
    let frame = format!(
        "<!DOCTYPE html><iframe style=\"width:{width}px;height:3000px;border:0\" srcdoc=\"{inside}\"></iframe>{COPY}"
    );
    let path = page.with_file_name(format!("probed-{width}.html"));
    std::fs::write(&path, frame).unwrap();
    path
}

fn numbers(document: &str, attribute: &str) -> Vec<u64> {
    let pattern = Regex::new(&format!("{attribute}=\"(\\d+)\"")).unwrap();
    let found = pattern.captures_iter(document);
    found
        .map(|one| one.extract::<1>().1[0].parse().unwrap())
        .collect()
}

fn word(document: &str, attribute: &str) -> String {
    let pattern = Regex::new(&format!("{attribute}=\"([^\"]*)\"")).unwrap();
    pattern.captures(document).unwrap().extract::<1>().1[0].to_owned()
}

#[test]
fn a_browser_shows_what_the_document_says() {
    let Some(browser) = browser(Theme::Light, 1_200) else {
        return;
    };
    let program = played();
    let report = reported(&program, &["--bars", "bars"]);

    let document = browser.document(&program.home().join("page.html"));

    let trades = document.matches("<article class=\"card trade\"").count();
    assert_eq!(trades, report["trades"].as_array().unwrap().len());
    assert_eq!(word(&document, "data-net"), report["totals"]["net"]);
    assert_eq!(word(&document, "data-gross"), report["totals"]["gross"]);
    assert_eq!(word(&document, "data-fees"), report["totals"]["fees"]);
    let drawn = numbers(&document, "data-drawn");
    assert_eq!(
        drawn.len(),
        2,
        "the account's chart and the trade's: {drawn:?}"
    );
    assert_eq!(drawn[1], 66, "five minutes each of a whole day");
    assert!(document.contains("<canvas"), "{document}");
    assert!(document.contains("<title>Report of 2026-09-14</title>"));
}

#[test]
fn words_of_the_advisor_stay_words() {
    let program = played();
    reported(&program, &["--bars", "bars"]);

    let page = std::fs::read_to_string(program.home().join("page.html")).unwrap();

    assert!(
        page.contains("&lt;script&gt;document.title='owned'&lt;/script&gt;"),
        "escaped"
    );
    assert_eq!(
        page.matches("<script").count(),
        3,
        "the data and the two that may run"
    );
    if let Some(browser) = browser(Theme::Light, 1_200) {
        let document = browser.document(&program.home().join("page.html"));
        assert!(document.contains("<title>Report of 2026-09-14</title>"));
    }
}

#[test]
fn a_page_is_written_over_an_earlier_one_and_over_nothing_else() {
    let program = played();
    reported(&program, &[]);
    reported(&program, &[]);
    program.file("notes.txt", "mine");

    let refused = program.catalyst(&["report", "--journal", "j", "--html", "notes.txt"]);

    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(
        refused.err.contains("notes.txt is there"),
        "{}",
        refused.err
    );
    let notes = std::fs::read_to_string(program.home().join("notes.txt"));
    assert_eq!(notes.unwrap(), "mine");
    let names = std::fs::read_dir(program.home()).unwrap();
    let hidden = names.filter(|one| {
        one.as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with(".new")
    });
    assert_eq!(hidden.count(), 0);
}

#[test]
fn nothing_is_loaded_and_no_other_script_may_run() {
    let program = played();
    reported(&program, &["--bars", "bars"]);

    let page = std::fs::read_to_string(program.home().join("page.html")).unwrap();

    let policy = word(&page, "http-equiv=\"Content-Security-Policy\" content");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'sha256-"),
        "{policy}"
    );
    let scripts = policy
        .split(';')
        .find(|part| part.contains("script-src"))
        .unwrap();
    assert!(!scripts.contains("unsafe"), "{policy}");
    let loads =
        Regex::new(r"<(?:link|img|iframe|object|embed|base)\b|\ssrc\s*=|@import|url\(").unwrap();
    let library = include_str!("../../crates/cli/assets/report/lightweight-charts.js");
    let own = page.replace(library, "");
    assert_eq!(loads.find(&own).map(|found| found.as_str()), None);
    let links: Vec<_> = Regex::new("href=\"([^\"]*)\"")
        .unwrap()
        .captures_iter(&own)
        .map(|one| one.extract::<1>().1[0].to_owned())
        .collect();
    assert_eq!(
        links,
        ["https://www.tradingview.com/"],
        "its licence asks for this link"
    );
}

#[test]
fn charts_are_painted_and_fit_every_screen_in_light_and_dark() {
    let program = played();
    reported(&program, &["--bars", "bars"]);
    let page = program.home().join("page.html");
    for (theme, paper) in [
        (Theme::Light, "rgb(251, 251, 249)"),
        (Theme::Dark, "rgb(20, 23, 27)"),
    ] {
        for width in [360, 1_200] {
            let Some(browser) = browser(theme, width) else {
                return;
            };

            let document = browser.document(&probed(&page, width));
            let picture = browser.picture(&page, 2_000);

            let ink = numbers(&document, "data-ink");
            assert_eq!(ink.len(), 2, "{theme:?} {width}");
            assert!(
                ink.iter().all(|dots| *dots > 1_000),
                "{theme:?} {width}: {ink:?}"
            );
            assert_eq!(word(&document, "data-sideways"), "0", "{theme:?} {width}");
            assert_eq!(word(&document, "data-paper"), paper, "{theme:?} {width}");
            assert!(
                picture.len() > 30_000,
                "{theme:?} {width}: {} bytes",
                picture.len()
            );
        }
    }
}

#[test]
fn the_chart_library_is_the_file_that_its_page_names() {
    let folder = root().join("crates/cli/assets/report");
    let told = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let output = std::process::Command::new("sha256sum")
        .arg(folder.join("lightweight-charts.js"))
        .output()
        .unwrap();

    let sum = String::from_utf8(output.stdout).unwrap();

    let sum = sum.split_whitespace().next().unwrap().to_owned();
    assert!(told.contains(&sum), "{sum}");
}
