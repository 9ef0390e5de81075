//! How conversations end that would not end by themselves, each with its record: an advisor that says
//! what a test tells it, and costs what the test says.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use catalyst_app::CycleOutcome;
use catalyst_domain::budget::BySpan;
use catalyst_domain::money::Money;
use catalyst_ports::advisor::{
    Advisor, AdvisorError, Brief, Conclusion, Consultation, ToolAnswer, ToolCall, Turn,
};
use catalyst_ports::journal::{CycleEnding, CycleStart, Journal as _, JournalEntry, ModelUsage};
use catalyst_ports::tool::{
    GetNewsInput, GetPortfolioInput, ToolInputError, ToolProblem, ToolReply, ToolRequest,
};
use catalyst_testkit::builders::usd;
use chrono::TimeDelta;

use super::stage::Stage;

/// Says these turns and is done; each question costs `cost` and may cost `reserve`.
#[derive(Debug)]
struct Told {
    turns: Vec<Vec<ToolCall>>,
    cost: Money,
    reserve: Money,
    heard: Arc<Mutex<Vec<ToolAnswer>>>,
    /// What it was told to be left of its money.
    left: Arc<Mutex<Option<BySpan>>>,
}

#[derive(Debug)]
struct Talk {
    turns: VecDeque<Vec<ToolCall>>,
    cost: Money,
    reserve: Money,
    heard: Arc<Mutex<Vec<ToolAnswer>>>,
    spent: Vec<ModelUsage>,
}

fn told(turns: Vec<Vec<ToolCall>>) -> Told {
    Told {
        turns,
        cost: usd("0"),
        reserve: usd("0"),
        heard: Arc::default(),
        left: Arc::default(),
    }
}

#[async_trait]
impl Advisor for Told {
    fn name(&self) -> &'static str {
        "told"
    }

    fn reserve(&self, _brief: &Brief) -> Result<Money, AdvisorError> {
        Ok(self.reserve)
    }

    async fn consult(&self, brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        *self.left.lock().unwrap() = Some(brief.budget_left);
        Ok(Box::new(Talk {
            turns: self.turns.clone().into(),
            cost: self.cost,
            reserve: self.reserve,
            heard: Arc::clone(&self.heard),
            spent: Vec::new(),
        }))
    }
}

#[async_trait]
impl Consultation for Talk {
    async fn next(&mut self, answers: Vec<ToolAnswer>) -> Result<Turn, AdvisorError> {
        self.heard.lock().unwrap().extend(answers);
        if !self.cost.amount().is_zero() {
            self.spent.push(ModelUsage {
                model: "told".to_owned(),
                request: None,
                tokens_in: 1,
                tokens_cache_read: 0,
                tokens_cache_written: 0,
                tokens_out: 1,
                cost: self.cost,
                took: TimeDelta::zero(),
                at: "2026-09-14T02:00:00Z".parse().unwrap(),
            });
        }
        let text = "done".to_owned();
        Ok(match self.turns.pop_front() {
            Some(calls) => Turn::UseTools(calls),
            None => Turn::Finish(Conclusion { text }),
        })
    }

    fn reserve(&self, _answers: &[ToolAnswer]) -> Result<Money, AdvisorError> {
        Ok(self.reserve)
    }

    fn spent(&mut self) -> Vec<ModelUsage> {
        std::mem::take(&mut self.spent)
    }
}

fn call(id: usize, request: Result<ToolRequest, ToolInputError>) -> ToolCall {
    ToolCall {
        id: format!("call-{id}"),
        name: "told".to_owned(),
        request,
    }
}

fn portfolio(id: usize) -> ToolCall {
    call(id, Ok(ToolRequest::GetPortfolio(GetPortfolioInput {})))
}

/// A look that no other one equals.
fn news(id: usize) -> ToolCall {
    let asked = format!(r#"{{"symbol":"{}"}}"#, id + 1);
    let input: GetNewsInput = serde_json::from_str(&asked).unwrap();
    call(id, Ok(ToolRequest::GetNews(input)))
}

fn mistaken(id: usize) -> ToolCall {
    let name = "buy_everything".to_owned();
    call(id, Err(ToolInputError::UnknownTool { name }))
}

async fn ended(stage: &mut Stage, advisor: Told) -> CycleOutcome {
    stage.advised("10:00", Arc::new(advisor)).await.unwrap()
}

fn alerts(stage: &Stage) -> usize {
    let kept = stage.journal.kept();
    let alerts = kept
        .iter()
        .filter(|entry| matches!(entry, JournalEntry::Alert { .. }));
    alerts.count()
}

#[tokio::test]
async fn after_the_last_call_only_the_decision_is_run_and_the_talk_ends() {
    let mut stage = Stage::monday();
    let turns = (0..15)
        .map(|turn| vec![news(2 * turn), news(2 * turn + 1)])
        .collect();

    let outcome = ended(&mut stage, told(turns)).await;

    assert_eq!(outcome.ending, CycleEnding::Bounded);
    assert_eq!(
        outcome.summary,
        "the conversation ran out of calls, of which it had 20"
    );
}

#[tokio::test]
async fn three_turns_without_a_usable_call_end_the_talk() {
    let mut stage = Stage::monday();
    let turns = (0..9).map(|id| vec![mistaken(id)]).collect();

    let outcome = ended(&mut stage, told(turns)).await;

    assert_eq!(
        (outcome.ending, outcome.tool_calls),
        (CycleEnding::Bounded, 3)
    );
    assert_eq!(
        outcome.summary,
        "the advisor made no usable call in 3 turns"
    );
}

#[tokio::test]
async fn the_same_look_is_answered_four_times_then_refused_and_then_the_end() {
    let mut stage = Stage::monday();
    let advisor = told((0..9).map(|id| vec![portfolio(id)]).collect());
    let heard = Arc::clone(&advisor.heard);

    let outcome = ended(&mut stage, advisor).await;

    assert_eq!(outcome.summary, "the advisor repeats itself");
    assert_eq!(
        (outcome.ending, outcome.tool_calls),
        (CycleEnding::Bounded, 6)
    );
    let heard = heard.lock().unwrap();
    let refused: Vec<bool> = heard
        .iter()
        .map(|answer| {
            matches!(
                answer.reply,
                ToolReply::Problem(ToolProblem::Repeated { times: 4, .. })
            )
        })
        .collect();
    assert_eq!(refused, [false, false, false, false, true]);
}

#[tokio::test]
async fn two_calls_of_one_name_are_not_run_and_there_is_no_advice() {
    let mut stage = Stage::monday();

    let outcome = ended(&mut stage, told(vec![vec![news(1), news(1)]])).await;

    assert_eq!(
        (outcome.ending, outcome.tool_calls),
        (CycleEnding::Protective, 0)
    );
    assert!(
        outcome.summary.contains("two calls are named `call-1`"),
        "{}",
        outcome.summary
    );
}

#[tokio::test]
async fn a_question_that_may_break_the_cap_of_the_cycle_is_not_asked() {
    let mut stage = Stage::monday();
    let mut advisor = told((0..9).map(|id| vec![news(id)]).collect());
    (advisor.cost, advisor.reserve) = (usd("0.15"), usd("0.20"));

    let outcome = ended(&mut stage, advisor).await;

    assert_eq!(
        (outcome.ending, outcome.tool_calls),
        (CycleEnding::Bounded, 3)
    );
    assert_eq!(
        outcome.summary,
        "the conversation ran out of money: of 0.50 USD for the cycle 0.45 USD is spent, the next \
         question may cost 0.20 USD"
    );
    let kept = stage.journal.kept();
    let paid = kept
        .iter()
        .filter(|entry| matches!(entry, JournalEntry::Usage(_)));
    assert_eq!(paid.count(), 3);
}

#[tokio::test]
async fn the_advisor_is_told_to_be_left_what_its_questions_are_held_to_killed_runs_counted() {
    let mut stage = Stage::monday();
    for _killed in 0..2 {
        let start = CycleStart {
            slot: "20260914-0930.1".parse().unwrap(),
            advisor: "told".to_owned(),
            provenance: stage.policy.provenance.clone(),
            at: stage.world.now(),
        };
        stage.journal.open(start).await.unwrap();
    }
    let mut advisor = told(vec![vec![portfolio(1)]]);
    (advisor.cost, advisor.reserve) = (usd("0.15"), usd("0.20"));
    let left = Arc::clone(&advisor.left);

    ended(&mut stage, advisor).await;

    let most = stage.policy.budget.most;
    let killed = usd("0.40");
    let expected = BySpan {
        cycle: most.cycle,
        day: most.day.minus(killed).unwrap(),
        month: most.month.minus(killed).unwrap(),
    };
    assert_eq!(*left.lock().unwrap(), Some(expected));
}

#[tokio::test]
async fn without_money_a_cycle_protects_and_the_owner_is_told_once_a_day() {
    let mut stage = Stage::monday();
    let dear = || Told {
        reserve: usd("0.51"),
        ..told(Vec::new())
    };

    let first = ended(&mut stage, dear()).await;
    let told_once = alerts(&stage);
    let second = stage.advised("10:00", Arc::new(dear())).await.unwrap();

    for outcome in [first, second] {
        assert_eq!(outcome.ending, CycleEnding::Protective);
        assert!(
            outcome
                .summary
                .starts_with("the advisor's budget is spent: of 0.50 USD for the cycle"),
            "{}",
            outcome.summary
        );
    }
    assert_eq!((told_once, alerts(&stage)), (1, 1));
}

#[tokio::test]
async fn a_journal_that_cannot_tell_the_costs_means_no_advice() {
    let mut stage = Stage::monday();
    stage.journal.hides_spending.store(true, Ordering::Relaxed);

    let outcome = ended(&mut stage, told(vec![vec![news(1)]])).await;

    assert_eq!(
        (outcome.ending, outcome.tool_calls),
        (CycleEnding::Protective, 0)
    );
    assert_eq!(
        outcome.summary,
        "the advisor is not asked: what advice has cost is not known"
    );
}

#[tokio::test]
async fn the_record_says_when_the_advisor_logged_no_decision() {
    let mut stage = Stage::monday();

    ended(&mut stage, told(vec![vec![news(1)]])).await;

    let day = stage.day().await;
    let record = &day.decisions.last().unwrap().reasoning;
    assert!(
        record.contains("the advisor logged no decision"),
        "{record}"
    );
}
