//! One conversation: a history that only grows, an ending for every way the model may stop, and what
//! each answer took.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::money::Money;
use catalyst_ports::advisor::{
    AdvisorError, Brief, Conclusion, Consultation, ToolAnswer, ToolCall, Turn,
};
use catalyst_ports::journal::{MODEL_CURRENCY, ModelUsage};
use catalyst_ports::tool::ToolName;
use chrono::TimeDelta;
use serde_json::value::to_raw_value;
use tokio::time::Instant;
use tracing::{info, warn};

use crate::advisor::Desk;
use crate::allowance::Allowance;
use crate::ask::{Heard, Question};
use crate::config::ModelTraits;
use crate::moment::Moment;
use crate::no_advice::{WORDS_MAX, refusal, unpriced, unusable, unwritable};
use crate::outside::one_line;
use crate::price::Worst;
use crate::transcript::Transcript;
use crate::translate::{Said, results, said};
use crate::wire::{
    CacheMark, MessagesRequest, MessagesResponse, OutputConfig, Thinking, ToolChoice,
};

/// Times that a paused turn is asked to go on.
const PAUSES_MAX: u32 = 3;
/// Characters of a model's name in the record.
const MODEL_MAX: usize = 64;

/// Bytes around the results in a message of theirs.
const FRAME: usize = 64;

const GO_ON: &str = "Your answer was empty. Go on, or end with log_decision and one sentence.";
const LOG_FIRST: &str =
    "This cycle has no log_decision yet. Call it once, for what you decided, then end.";

/// A conversation at work.
#[derive(Debug)]
pub(crate) struct Talk {
    desk: Arc<Desk>,
    cycle: String,
    moment: Moment,
    deadline: Instant,
    turns_left: u32,
    transcript: Transcript,
    /// Every id that a call ever had.
    ids: BTreeSet<String>,
    /// Calls of the last turn, to be answered by the next request.
    open: Vec<String>,
    /// The decision was kept, or was asked for once.
    decision: Decided,
    /// An empty answer was forgiven once.
    nudged: bool,
    asked: u32,
    /// Tokens of the last request and its answer, which the next one should read from the cache.
    warm: u64,
    allowance: Allowance,
    spent: Vec<ModelUsage>,
    /// The most that the question on its way can cost; left behind where nobody waits for its answer.
    on_its_way: Option<Worst>,
}

/// What has become of `log_decision`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decided {
    NotYet,
    Reminded,
    Logged,
}

/// What one message leads to.
enum Next {
    Turn(Turn),
    /// Ask once more: the history has grown, or the answer may be longer.
    Again,
}

/// Second chances within one turn.
#[derive(Debug, Default)]
struct Chances {
    longer: bool,
    pauses: u32,
}

impl Talk {
    pub(crate) fn begin(
        desk: Arc<Desk>,
        brief: &Brief,
        words: &str,
    ) -> Result<Self, serde_json::Error> {
        let moment = Moment::new(brief.moment.now);
        Ok(Self {
            desk,
            cycle: brief.cycle.to_string(),
            moment,
            deadline: moment.until(brief.deadline),
            turns_left: brief.turns_max,
            transcript: Transcript::begin(words)?,
            ids: BTreeSet::new(),
            open: Vec::new(),
            decision: Decided::NotYet,
            nudged: false,
            asked: 0,
            warm: 0,
            allowance: Allowance::new(brief.budget_left),
            spent: Vec::new(),
            on_its_way: None,
        })
    }

    async fn ask(&mut self, chances: &Chances) -> Result<MessagesResponse, AdvisorError> {
        let body = self.request(chances).map_err(|error| unwritable(&error))?;
        let worst = self.worst(0, chances);
        let desk = Arc::clone(&self.desk);
        let affordable = if desk.line.costs() {
            let affords = self.allowance.affords(&desk.config.tariff, worst);
            affords.map_err(|error| unpriced(&error))?
        } else {
            u32::MAX
        };
        if affordable == 0 {
            return Err(AdvisorError::Overspent);
        }
        let question = Question {
            cycle: &self.cycle,
            body: &body,
            first: self.asked == 0,
            moment: self.moment,
            deadline: self.deadline,
            affordable,
        };
        self.on_its_way = desk.line.costs().then_some(worst);
        let asked = desk.line.ask(question).await;
        self.on_its_way = None;
        for _lost in 0..asked.lost {
            self.keep_lost(worst)?;
        }
        let heard = asked.heard?;
        self.asked += 1;
        self.keep_account(&heard, worst)?;
        Ok(heard.message)
    }

    /// The most that the next request can take with `more` bytes of results in it.
    fn worst(&self, more: usize, chances: &Chances) -> Worst {
        self.allowance
            .worst(self.bytes() + more, self.tokens_max(chances))
    }

    fn bytes(&self) -> usize {
        let fixed = self.desk.system.get().len() + self.desk.tools.get().len();
        fixed + self.transcript.bytes()
    }

    fn tokens_max(&self, chances: &Chances) -> u32 {
        self.desk.config.max_tokens * (1 + u32::from(chances.longer))
    }

    fn request(&self, chances: &Chances) -> Result<String, serde_json::Error> {
        let config = &self.desk.config;
        let traits = ModelTraits::of(&config.model);
        let effort = config.effort.as_str();
        serde_json::to_string(&MessagesRequest {
            model: config.model.as_str(),
            max_tokens: self.tokens_max(chances),
            cache_control: CacheMark::FIVE_MINUTES,
            thinking: traits.adaptive.then_some(Thinking::Adaptive),
            output_config: traits.effort.then_some(OutputConfig { effort }),
            tool_choice: self.is_last().then_some(ToolChoice::None),
            system: &self.desk.system,
            tools: &self.desk.tools,
            messages: self.transcript.messages(),
        })
    }

    /// The model has to conclude in this turn.
    const fn is_last(&self) -> bool {
        self.turns_left == 0
    }

    /// Books a request whose answer is not known with the most that it can have cost.
    fn keep_lost(&mut self, worst: Worst) -> Result<(), AdvisorError> {
        let cost = self.desk.config.tariff.most(worst);
        let cost = cost.map_err(|error| unpriced(&error))?;
        warn!(
            cycle.id = self.cycle,
            cost_usd = %cost.amount(),
            "an answer was lost, booked with the most that it can have cost"
        );
        let paid = self.allowance.pay(cost);
        self.spent.push(ModelUsage {
            model: self.desk.config.model.to_string(),
            request: None,
            tokens_in: 0,
            tokens_cache_read: 0,
            tokens_cache_written: worst.prompt,
            tokens_out: worst.output,
            cost,
            took: TimeDelta::zero(),
            at: self.moment.now(),
        });
        paid.map_err(|error| unpriced(&error))
    }

    fn keep_account(&mut self, heard: &Heard, worst: Worst) -> Result<(), AdvisorError> {
        let usage = &heard.message.usage;
        let cost = match self.desk.config.tariff.cost(usage) {
            Ok(cost) => cost,
            Err(error) => {
                self.keep_lost(worst)?;
                return Err(unpriced(&error));
            }
        };
        let paid = self.allowance.pay(cost);
        paid.map_err(|error| unpriced(&error))?;
        self.allowance.learn(usage, self.bytes());
        let took = TimeDelta::from_std(heard.took).unwrap_or(TimeDelta::MAX);
        let request = heard.request_id.clone();
        info!(
            cycle.id = self.cycle,
            request = request.as_deref().unwrap_or("none"),
            attempts = heard.attempts,
            duration_ms = took.num_milliseconds(),
            cost_usd = %cost.amount(),
            "Claude answered"
        );
        if usage.read() < self.warm && !self.is_last() {
            let (read, expected) = (usage.read(), self.warm);
            warn!(
                cycle.id = self.cycle,
                read, expected, "the cache missed what was sent before"
            );
        }
        self.warm = usage.prompt();
        self.spent.push(ModelUsage {
            model: one_line(&heard.message.model, MODEL_MAX),
            request,
            tokens_in: usage.input_tokens,
            tokens_cache_read: usage.read(),
            tokens_cache_written: usage.written(),
            tokens_out: usage.output_tokens,
            cost,
            took,
            at: self.moment.now(),
        });
        Ok(())
    }

    /// One row for every way to stop.
    fn weigh(
        &mut self,
        message: &MessagesResponse,
        chances: &mut Chances,
    ) -> Result<Next, AdvisorError> {
        match message.stop_reason.as_deref() {
            Some("tool_use") => self.use_tools(message),
            Some("end_turn") => self.end(message),
            Some("max_tokens") if !chances.longer => {
                chances.longer = true;
                Ok(Next::Again)
            }
            Some("max_tokens") => Err(unusable("it was cut twice at its longest")),
            Some("model_context_window_exceeded") => {
                Err(unusable("the conversation has outgrown the model"))
            }
            Some("pause_turn") if chances.pauses < PAUSES_MAX => {
                chances.pauses += 1;
                self.echo(message)?;
                Ok(Next::Again)
            }
            Some("refusal") => Err(unusable(&refusal(message.stop_details.as_ref()))),
            Some(other) => {
                let word = one_line(other, WORDS_MAX);
                Err(unusable(&format!("it stopped for the reason `{word}`")))
            }
            None => Err(unusable("it gives no reason for its stop")),
        }
    }

    fn use_tools(&mut self, message: &MessagesResponse) -> Result<Next, AdvisorError> {
        let said = self.read(message)?;
        if said.calls.is_empty() {
            return Err(unusable("it wants to use tools and names none"));
        }
        self.echo(message)?;
        self.open = said.calls.iter().map(|call| call.id.clone()).collect();
        self.ids.extend(self.open.iter().cloned());
        if said.calls.iter().any(logs) {
            self.decision = Decided::Logged;
        }
        Ok(Next::Turn(Turn::UseTools(said.calls)))
    }

    fn end(&mut self, message: &MessagesResponse) -> Result<Next, AdvisorError> {
        let said = self.read(message)?;
        if said.blocks == 0 {
            if self.nudged {
                return Err(unusable("it is empty, twice"));
            }
            self.nudged = true;
            return self.say(GO_ON);
        }
        if self.decision == Decided::NotYet && !self.is_last() {
            self.decision = Decided::Reminded;
            self.echo(message)?;
            return self.say(LOG_FIRST);
        }
        let text = if said.words.is_empty() {
            "Claude ended without words".to_owned()
        } else {
            said.words
        };
        Ok(Next::Turn(Turn::Finish(Conclusion { text })))
    }

    fn read(&self, message: &MessagesResponse) -> Result<Said, AdvisorError> {
        said(&message.content, &self.ids).map_err(|why| unusable(&why))
    }

    fn echo(&mut self, message: &MessagesResponse) -> Result<(), AdvisorError> {
        let echoed = self.transcript.echo(&message.content);
        echoed.map_err(|error| unwritable(&error))?;
        self.allowance.echoed(self.bytes());
        Ok(())
    }

    fn say(&mut self, words: &str) -> Result<Next, AdvisorError> {
        let added = self.transcript.say(words);
        added.map_err(|error| unwritable(&error))?;
        Ok(Next::Again)
    }

    fn answer(&mut self, answers: &[ToolAnswer]) -> Result<(), serde_json::Error> {
        let open = std::mem::take(&mut self.open);
        if open.is_empty() {
            return Ok(());
        }
        self.transcript.answer(&results(&open, answers)?)
    }
}

#[async_trait]
impl Consultation for Talk {
    async fn next(&mut self, answers: Vec<ToolAnswer>) -> Result<Turn, AdvisorError> {
        self.answer(&answers).map_err(|error| unwritable(&error))?;
        self.turns_left = self.turns_left.saturating_sub(1);
        let mut chances = Chances::default();
        loop {
            let message = self.ask(&chances).await?;
            if let Next::Turn(turn) = self.weigh(&message, &mut chances)? {
                return Ok(turn);
            }
        }
    }

    fn reserve(&self, answers: &[ToolAnswer]) -> Result<Money, AdvisorError> {
        if !self.desk.line.costs() {
            return Ok(Money::zero(MODEL_CURRENCY));
        }
        let results = results(&self.open, answers).and_then(|results| to_raw_value(&results));
        let more = results.map_err(|error| unwritable(&error))?.get().len() + FRAME;
        let worst = self.worst(more, &Chances::default());
        let most = self.desk.config.tariff.most(worst);
        most.map_err(|error| unpriced(&error))
    }

    fn spent(&mut self) -> Vec<ModelUsage> {
        if let Some(worst) = self.on_its_way.take()
            && let Err(error) = self.keep_lost(worst)
        {
            warn!(cycle.id = self.cycle, %error, "a question that nobody waited for is not booked");
        }
        std::mem::take(&mut self.spent)
    }
}

fn logs(call: &ToolCall) -> bool {
    let request = call.request.as_ref();
    request.is_ok_and(|request| request.name() == ToolName::LogDecision)
}
