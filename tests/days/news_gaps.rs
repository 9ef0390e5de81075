//! What `get_news` and a news file do not have is said: hours that are none, headlines that no day
//! shows.

use serde_json::json;

use super::news::answered;
use crate::program::Program;

#[tokio::test]
async fn hours_that_are_none_or_too_many_are_refused_with_what_is_allowed() {
    for (hours, allowed) in [(0, false), (1, true), (168, true), (169, false)] {
        let answer = answered(json!({"symbol": "700", "hours": hours})).await;

        let text = answer.to_string();
        assert_eq!(answer["error"] == "bad_input", !allowed, "{text}");
        let told = text.contains(&format!("`hours`: {hours} given, allowed are 1 to 168"));
        assert_eq!(told, !allowed, "{text}");
    }
}

#[test]
fn headlines_of_names_and_days_that_are_not_played_are_counted_once_on_standard_error() {
    let program = Program::in_scratch_home();
    let line = |symbol: &str, date: &str| {
        json!({"symbol": symbol, "published": format!("{date}T08:30:00+08:00"), "headline": "Profit alert"})
            .to_string()
    };
    let played = [line("700", "2026-09-07"), line("700", "2026-09-14")];
    let not_played = [
        line("700", "2026-09-15"),
        line("9988", "2026-09-14"),
        line("700", "2026-09-06"),
    ];
    program.file("all.jsonl", &played.join("\n"));
    program.file(
        "some.jsonl",
        &[&played[..], &not_played].concat().join("\n"),
    );
    let rehearsed = |news: &str| {
        program.catalyst(&[
            "rehearse",
            "--date",
            "2026-09-14",
            "--symbols",
            "700",
            "--news",
            news,
            "--json",
        ])
    };

    let (all, some) = (rehearsed("all.jsonl"), rehearsed("some.jsonl"));

    assert_eq!(all.err, "");
    assert_eq!(
        some.err,
        "3 of 5 headlines of --news are never shown: 1 of symbols that do not play, 2 from neither a \
         played day of their symbol nor the week before one; the first is 00700 of 2026-09-15 08:30, \
         `Profit alert`\n"
    );
    assert_eq!((all.code, some.code), (Some(0), Some(0)), "{}", some.err);
}
