//! One conversation with Claude's stand-in, step by step.

use std::time::Duration;

use catalyst_adapters_claude::cassette::Recorder;
use catalyst_adapters_claude::config::{AccessConfig, ApiAddress, Effort, ModelConfig, Pace};
use catalyst_adapters_claude::price::Prices;
use catalyst_adapters_claude::prompt::{INSTRUCTIONS, LunchRule, PromptFacts};
use catalyst_adapters_claude::{ClaudeAdvisor, Instructions};
use catalyst_ports::advisor::{
    Advisor as _, AdvisorError, Brief, Consultation, ToolAnswer, ToolCall, Turn,
};
use catalyst_ports::tool::{DecisionReceipt, ToolProblem, ToolReply};
use catalyst_testkit::builders::{a_brief, limits};
use chrono::{NaiveTime, TimeDelta};

/// Opens the door of every stand-in.
pub(crate) const KEY: &str = "sk-ant-test-5ecret";

/// Waits of thousandths of a second, so that tests do not.
pub(crate) fn quick() -> Pace {
    Pace {
        wait: Duration::from_millis(1),
        wait_max: Duration::from_millis(4),
        ..Pace::default()
    }
}

pub(crate) fn model(id: &str) -> ModelConfig {
    let model = id.parse().unwrap();
    let prices = Prices::built_in().unwrap();
    let tariff = prices
        .tariff(&model, "2026-11-27".parse().unwrap())
        .unwrap();
    ModelConfig {
        model,
        effort: Effort::Medium,
        max_tokens: 8_000,
        tariff,
    }
}

pub(crate) fn access(address: &str, pace: Pace) -> AccessConfig {
    AccessConfig {
        address: ApiAddress::parse(address).unwrap(),
        key: KEY.to_owned().into(),
        pace,
    }
}

pub(crate) fn facts() -> PromptFacts {
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    PromptFacts {
        limits: limits(),
        sessions: vec![(at(9, 30), at(12, 0)), (at(13, 0), at(16, 0))],
        lunch_exit: at(11, 50),
        lunch_rule: LunchRule::FlatOnly,
        close_exit: at(15, 50),
        turns_max: 20,
        time_limit: TimeDelta::seconds(240),
        alerts_max: 3,
    }
}

pub(crate) fn advisor(address: &str, pace: Pace, recorder: Option<Recorder>) -> ClaudeAdvisor {
    let facts = facts();
    let told = Instructions {
        template: INSTRUCTIONS,
        facts: &facts,
    };
    let access = access(address, pace);
    ClaudeAdvisor::new(model("claude-sonnet-5-5"), &access, recorder, told).unwrap()
}

/// A conversation with the server at `address`.
pub(crate) async fn talk(address: &str) -> Box<dyn Consultation> {
    let advisor = advisor(address, quick(), None);
    advisor.consult(a_brief()).await.unwrap()
}

/// The brief of a conversation that has this much time and as many turns.
pub(crate) fn brief(turns: u32, time: Duration) -> Brief {
    let mut brief = a_brief();
    brief.turns_max = turns;
    brief.deadline = brief.moment.now + TimeDelta::from_std(time).unwrap();
    brief
}

/// An answer to each call: its problem, or that it was kept.
pub(crate) fn answered(calls: &[ToolCall]) -> Vec<ToolAnswer> {
    let answers = calls.iter().map(|call| ToolAnswer {
        id: call.id.clone(),
        reply: match &call.request {
            Ok(_) => ToolReply::Decision(DecisionReceipt { recorded: true }),
            Err(error) => ToolReply::Problem(ToolProblem::Input(error.clone())),
        },
    });
    answers.collect()
}

/// Answers every call until the end, at most `turns` times; returns the words of the end.
pub(crate) async fn through(
    talk: &mut dyn Consultation,
    turns: u32,
) -> Result<(String, Vec<ToolCall>), AdvisorError> {
    let mut made = Vec::new();
    let mut answers = Vec::new();
    for _ in 0..turns {
        match talk.next(answers).await? {
            Turn::Finish(conclusion) => return Ok((conclusion.text, made)),
            Turn::UseTools(calls) => {
                answers = answered(&calls);
                made.extend(calls);
            }
        }
    }
    panic!("the conversation goes on after {turns} turns");
}

/// A short name for an ending.
pub(crate) fn word(error: &AdvisorError) -> &'static str {
    match error {
        AdvisorError::Unavailable { .. } => "unavailable",
        AdvisorError::Overspent => "overspent",
        AdvisorError::NotAccepted { .. } => "not accepted",
        AdvisorError::Unusable { .. } => "unusable",
    }
}
