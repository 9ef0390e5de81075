//! What `get_news` and a news file do not have is said: hours that are none, headlines that no day
//! shows, sources that do not answer.

use std::sync::Arc;

use catalyst_ports::journal::JournalEntry;
use catalyst_ports::tool::ToolName;
use serde_json::json;

use super::news::{Busy, answered, look};
use super::stage::Stage;
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

/// The stage on which every source of 00006 is silent and one source of all others is.
fn quiet_stage() -> Stage {
    let mut stage = Stage::monday();
    stage.ports.news = Arc::new(Busy {
        now: stage.world.now(),
        silent: "5".parse().unwrap(),
        unknown: "6".parse().unwrap(),
    });
    stage
}

#[tokio::test]
async fn silent_sources_are_told_to_the_owner_once_a_cycle() {
    let mut stage = quiet_stage();
    let (alone, among) = (
        look(&json!({"symbol": "6"})),
        look(&json!({"symbols": ["700", "6"]})),
    );
    let told = |stage: &Stage| {
        let entries = stage.journal.kept().into_iter();
        let alerts = entries.filter_map(|entry| {
            if let JournalEntry::Alert { alert, .. } = entry {
                return Some((alert.subject, alert.message));
            }
            None
        });
        alerts.collect::<Vec<_>>()
    };

    stage
        .cycle("10:00", &[look(&json!({"symbol": "700"}))])
        .await
        .unwrap();
    assert_eq!(told(&stage), [], "one source of two is missing");
    stage.at("10:30");
    stage
        .cycle("10:30", &[alone.clone(), alone.clone(), among.clone()])
        .await
        .unwrap();
    let once = (
        "no news source answers".to_owned(),
        "news is unavailable: no feed could be read: one: it answered with status 500; nothing is \
         known, which is not the same as no news"
            .to_owned(),
    );
    assert_eq!(told(&stage), std::slice::from_ref(&once));
    stage.at("11:30");
    stage.cycle("11:30", &[among]).await.unwrap();
    assert_eq!(told(&stage), [once.clone(), once], "another cycle");
}

#[tokio::test]
async fn a_verdict_names_the_sources_that_its_headline_was_judged_without() {
    for (symbol, missing) in [
        (
            "700",
            json!([{"source": "two", "reason": "it took longer than 8 s"}]),
        ),
        (
            "6",
            json!([{"source": "every source", "reason":
                "news is unavailable: no feed could be read: one: it answered with status 500"}]),
        ),
    ] {
        let mut stage = quiet_stage();
        let trade = stage.purchase(100).await;

        let calls = [look(&json!({"symbol": symbol})), trade[0].clone()];
        stage.cycle("10:00", &calls).await.unwrap();

        let entries = stage.journal.kept();
        let verdict = entries.iter().find_map(|entry| {
            if let JournalEntry::Tool(record) = entry
                && record.name == ToolName::CheckRisk.as_str()
            {
                return Some(serde_json::to_value(&record.reply).unwrap());
            }
            None
        });
        assert_eq!(verdict.unwrap()["news_missing"], missing);
    }
}
