//! How `risk check` and `risk size` are asked: once in flags, or in lines of JSON.

use std::io::{Read, Write};

use clap::Subcommand;
use serde_json::value::RawValue;

use super::accept::{self, AcceptArgs};
use super::answer::Answer;
use super::books::Books;
use super::judge::{Wanted, judge};
use crate::args::GlobalArgs;
use crate::commands::Failure;
use crate::commands::inspect::{Line, answer_lines, read_question, write_answer};
use crate::exit::ExitCode;

/// A question that is approved, with every part that there is.
const EXAMPLE: &str = include_str!("example.json");

/// Flags of `catalyst risk`.
#[derive(Debug, clap::Args)]
pub(crate) struct RiskArgs {
    /// Which question.
    #[command(subcommand)]
    question: RiskQuestion,
}

/// What can be asked.
#[derive(Debug, Subcommand)]
enum RiskQuestion {
    /// The gate's verdict on one trade: every broken rule, costs, the largest quantity that passes.
    /// Without flags, one JSON question a line on standard input is answered by one JSON line each
    Check(RiskFlags),
    /// The largest quantity that passes the gate, and its verdict on that: the same question
    /// without trade.quantity
    Size(RiskFlags),
    /// Puts the limits of the settings in force, the looser ones too, and records who did. Until then
    /// entries are refused under looser limits than those last in force
    Accept(AcceptArgs),
}

/// The question in flags. Those that hold an object or an array take it as JSON.
#[derive(Debug, clap::Args)]
struct RiskFlags {
    /// Prints a complete question that is approved, to change and to send back
    #[arg(long, exclusive = true)]
    example: bool,
    /// HKEX or NYSE
    #[arg(long, value_name = "EXCHANGE", value_parser = as_text)]
    exchange: Option<Box<RawValue>>,
    /// The moment, such as 2026-11-23T10:00:00+08:00
    #[arg(long, value_name = "RFC3339", value_parser = as_text)]
    now: Option<Box<RawValue>>,
    #[arg(
        long,
        value_name = "JSON",
        value_parser = as_json,
        help = "{\"symbol\",\"lot\",\"kind\",\"currency\"}"
    )]
    instrument: Option<Box<RawValue>>,
    #[arg(
        long,
        value_name = "JSON",
        value_parser = as_json,
        help = "{\"equity\",\"cash\",\"currency\",\"rate\"}: rate is the exchange's currency for one unit, such as 7.8 HKD for 1 USD, where the currency is another"
    )]
    account: Option<Box<RawValue>>,
    #[arg(
        long,
        value_name = "JSON",
        value_parser = as_json,
        help = "{\"pnl\",\"trades\",\"entries\"}"
    )]
    day: Option<Box<RawValue>>,
    #[arg(
        long,
        value_name = "JSON",
        value_parser = as_json,
        help = "[{\"symbol\",\"quantity\",\"price\"}], [] when nothing is held"
    )]
    positions: Option<Box<RawValue>>,
    #[arg(
        long,
        value_name = "JSON",
        value_parser = as_json,
        help = "[{\"symbol\",\"side\",\"quantity\",\"price\"}]: orders that may still fill"
    )]
    working: Option<Box<RawValue>>,
    #[arg(
        long,
        value_name = "JSON",
        value_parser = as_json,
        help = "{\"last\",\"bid\",\"ask\",\"at\",\"feed\"}"
    )]
    quote: Option<Box<RawValue>>,
    #[arg(
        long,
        value_name = "JSON",
        value_parser = as_json,
        help = "{\"symbol\",\"side\",\"quantity\",\"order_type\",\"entry_price\",\"stop_loss\",\"take_profit\",\"reason\"}"
    )]
    trade: Option<Box<RawValue>>,
    /// Keys of the settings' `risk`; what is left out is as the owner's defaults have it
    #[arg(long, value_name = "JSON", value_parser = as_json)]
    limits: Option<Box<RawValue>>,
    #[arg(
        long,
        value_name = "JSON",
        value_parser = as_json,
        help = "{\"relative_volume\",\"rsi\",\"pattern\",\"headline_sentiment\",\"headline_published\"}"
    )]
    evidence: Option<Box<RawValue>>,
    #[arg(
        long,
        value_name = "STATE",
        value_parser = as_text,
        help = "trading, exits_only or halted"
    )]
    halt: Option<Box<RawValue>>,
    /// Findings of the reconciliation that are open
    #[arg(long, value_name = "COUNT", value_parser = as_text)]
    findings: Option<Box<RawValue>>,
    /// none, ibkr-fixed or ibkr-tiered [default: ibkr-fixed]
    #[arg(long, value_name = "PLAN", value_parser = as_text)]
    plan: Option<Box<RawValue>>,
    /// Accepted for likeness with other commands: the answer is always JSON
    #[arg(long)]
    json: bool,
}

impl RiskArgs {
    /// Answers the question in the flags, or every line of `input`.
    pub(crate) fn run(
        &self,
        global: &GlobalArgs,
        input: impl Read,
        output: impl Write,
    ) -> Result<ExitCode, Failure> {
        match &self.question {
            RiskQuestion::Check(flags) => flags.ask(Wanted::Verdict, input, output)?,
            RiskQuestion::Size(flags) => flags.ask(Wanted::Size, input, output)?,
            RiskQuestion::Accept(args) => return accept::run(args, global),
        }
        Ok(ExitCode::Done)
    }
}

impl RiskFlags {
    fn ask(&self, wanted: Wanted, input: impl Read, mut output: impl Write) -> Result<(), Failure> {
        if self.example {
            return Ok(output.write_all(EXAMPLE.as_bytes())?);
        }
        let mut books = Books::load().map_err(Failure::failed)?;
        let mut answer = |line: Line<'_>| {
            Answer::from(
                read_question(line).and_then(|question| judge(&question, &mut books, wanted)),
            )
        };
        match self.line() {
            Some(line) => Ok(write_answer(output, &answer(Line::Whole(line.as_bytes())))?),
            None => Ok(answer_lines(input, output, answer)?),
        }
    }

    /// The line that says the same as the flags; `None` without any.
    fn line(&self) -> Option<String> {
        let parts = [
            ("exchange", &self.exchange),
            ("now", &self.now),
            ("instrument", &self.instrument),
            ("account", &self.account),
            ("day", &self.day),
            ("positions", &self.positions),
            ("working", &self.working),
            ("quote", &self.quote),
            ("trade", &self.trade),
            ("limits", &self.limits),
            ("evidence", &self.evidence),
            ("halt", &self.halt),
            ("findings", &self.findings),
            ("plan", &self.plan),
        ];
        let given: Vec<String> = parts
            .into_iter()
            .filter_map(|(key, value)| value.as_ref().map(|value| format!("\"{key}\":{value}")))
            .collect();
        (!given.is_empty()).then(|| format!("{{{}}}", given.join(",")))
    }
}

fn as_text(text: &str) -> Result<Box<RawValue>, serde_json::Error> {
    serde_json::value::to_raw_value(text)
}

fn as_json(text: &str) -> Result<Box<RawValue>, serde_json::Error> {
    serde_json::from_str(text)
}
