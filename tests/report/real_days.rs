//! The pages of the real momentum days: every trade is on a chart, and nothing is said on the console.

use super::browser::{Theme, browser};
use crate::days::real_bars::data;
use crate::program::Program;

#[test]
fn a_real_day_is_shown_with_its_trade_on_a_chart() {
    let Some(data) = data() else { return };
    let program = Program::in_scratch_home();
    let path = |name: &str| data.join(name).display().to_string();
    let (bars, history) = (path("bars/1m_momentum"), path("bars/daily"));
    let lots = path("lots_2018_2020.csv");
    let flags = [
        "rehearse",
        "--bars",
        &bars,
        "--history",
        &history,
        "--lots",
        &lots,
        "--entry-criteria",
        "report",
        "--advisor",
        "rules",
        "--date",
        "2019-02-22",
        "--journal",
        "j",
    ];
    let ended = program.catalyst(&flags);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let index = path("bars/index/HSI_daily.csv");

    let told = program.catalyst(&[
        "report",
        "--journal",
        "j",
        "--bars",
        &bars,
        "--index",
        &index,
        "--date",
        "2019-02-22",
        "--html",
        "page.html",
        "--json",
    ]);

    let report = told.json();
    let trades = report["trades"].as_array().unwrap().len();
    assert!(trades > 0, "{}", told.out);
    assert_eq!(report["beside"]["name"], "HSI daily");
    if let Some(browser) = browser(Theme::Dark, 390) {
        let document = browser.document(&program.home().join("page.html"));
        assert_eq!(document.matches("data-trade=").count(), trades);
        assert_eq!(document.matches("data-drawn=").count(), trades + 1);
    }
}
