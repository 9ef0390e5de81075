//! The rules advisor: scan, look closer, check, trade, say why. Deterministic.

mod candidate;
mod levels;

use std::collections::VecDeque;

use async_trait::async_trait;
use catalyst_domain::market::Timeframe;
use catalyst_domain::risk::Rule;
use catalyst_domain::symbol::Symbol;
use catalyst_domain::tick::TickTable;
use catalyst_ports::advisor::{
    Advisor, AdvisorError, Brief, Conclusion, Consultation, ToolAnswer, ToolCall, Turn,
};
use catalyst_ports::tool::{
    CheckRiskInput, Decision, DetectPatternsInput, ExecuteTradeInput, GetNewsInput, GetQuoteInput,
    GetTechnicalsInput, LogDecisionInput, OrderType, ScanIndex, ScanMarketInput, ToolReply,
    ToolRequest,
};

use candidate::{Dossier, dossiers};

/// Names looked at closely in one cycle.
const CLOSER_LOOKS: u32 = 5;
/// Trades tried in one cycle.
const TRIES: usize = 2;
/// The span that patterns are looked for in. Indicators are read on the tool's own default.
const PATTERNS_ON: Timeframe = Timeframe::FiveMinutes;

/// Trades breakouts on volume with good news, as the owner's document lists the criteria.
#[derive(Debug, Clone)]
pub struct RulesAdvisor {
    ticks: TickTable,
}

impl RulesAdvisor {
    /// An advisor that words its prices on the grids of `ticks`.
    pub const fn new(ticks: TickTable) -> Self {
        Self { ticks }
    }
}

#[async_trait]
impl Advisor for RulesAdvisor {
    fn name(&self) -> &'static str {
        "rules"
    }

    async fn consult(&self, brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        Ok(Box::new(Talk {
            ticks: self.ticks.clone(),
            brief,
            stage: Stage::Begin,
            calls: 0,
            waiting: VecDeque::new(),
            words: Vec::new(),
        }))
    }
}

/// Where the talk stands; each stage waits for the answers to what it asked.
#[derive(Debug)]
enum Stage {
    Begin,
    Scanned,
    Looked(Vec<Symbol>),
    Sized(Dossier),
    Checked(Dossier, CheckRiskInput),
    Traded(Dossier),
    Logged,
}

#[derive(Debug)]
struct Talk {
    ticks: TickTable,
    brief: Brief,
    stage: Stage,
    calls: u32,
    waiting: VecDeque<Dossier>,
    words: Vec<String>,
}

#[async_trait]
impl Consultation for Talk {
    async fn next(&mut self, answers: Vec<ToolAnswer>) -> Result<Turn, AdvisorError> {
        let stage = std::mem::replace(&mut self.stage, Stage::Logged);
        let replies: Vec<ToolReply> = answers.into_iter().map(|answer| answer.reply).collect();
        Ok(match stage {
            Stage::Begin => self.scan(),
            Stage::Scanned => self.look_closer(&replies),
            Stage::Looked(symbols) => self.judge(&symbols, &replies),
            Stage::Sized(dossier) => self.check(dossier, &replies),
            Stage::Checked(dossier, checked) => self.trade(dossier, checked, &replies),
            Stage::Traded(dossier) => self.note(&dossier, &replies),
            Stage::Logged => self.next_candidate(),
        })
    }
}

impl Talk {
    fn scan(&mut self) -> Turn {
        self.stage = Stage::Scanned;
        let input = ScanMarketInput {
            index: Some(ScanIndex::All),
            limit: Some(CLOSER_LOOKS),
        };
        self.ask(vec![ToolRequest::ScanMarket(input)])
    }

    fn look_closer(&mut self, replies: &[ToolReply]) -> Turn {
        let held: Vec<Symbol> = self
            .brief
            .portfolio
            .positions
            .iter()
            .map(|position| position.symbol)
            .collect();
        let symbols: Vec<Symbol> = match replies {
            [ToolReply::Scan(scan)] => scan
                .candidates
                .iter()
                .map(|candidate| candidate.symbol)
                .filter(|symbol| !held.contains(symbol))
                .collect(),
            _ => Vec::new(),
        };
        if symbols.is_empty() {
            return Self::finish("nothing moves that is worth a look");
        }
        let looks = symbols
            .iter()
            .flat_map(|&symbol| {
                [
                    ToolRequest::GetTechnicals(GetTechnicalsInput {
                        symbol: Some(symbol),
                        symbols: Vec::new(),
                        timeframe: None,
                    }),
                    ToolRequest::DetectPatterns(DetectPatternsInput {
                        symbol,
                        timeframe: Some(PATTERNS_ON),
                    }),
                    ToolRequest::GetNews(GetNewsInput {
                        symbol: Some(symbol),
                        symbols: Vec::new(),
                        hours: None,
                    }),
                ]
            })
            .chain([ToolRequest::GetQuote(GetQuoteInput {
                symbol: None,
                symbols: symbols.clone(),
            })])
            .collect();
        self.stage = Stage::Looked(symbols);
        self.ask(looks)
    }

    fn judge(&mut self, symbols: &[Symbol], replies: &[ToolReply]) -> Turn {
        let date = self.brief.moment.date;
        let found = dossiers(symbols, replies);
        for dossier in found {
            if let Some(lack) = dossier.lacks(&self.brief.limits) {
                self.words.push(format!("{}: {lack}", dossier.symbol));
            } else if let Some(priced) = levels::priced(dossier, &self.ticks, date) {
                self.waiting.push_back(priced);
            }
        }
        self.waiting.truncate(TRIES);
        self.next_candidate()
    }

    fn next_candidate(&mut self) -> Turn {
        let Some(dossier) = self.waiting.pop_front() else {
            let words = if self.words.is_empty() {
                "no candidate meets the criteria".to_owned()
            } else {
                self.words.join("; ")
            };
            return Self::finish(&words);
        };
        let Some(probe) = dossier.trade(dossier.lot.as_shares()) else {
            return self.next_candidate();
        };
        self.stage = Stage::Sized(dossier);
        self.ask(vec![ToolRequest::CheckRisk(probe)])
    }

    /// One lot was asked about; the gate's answer says how many would pass. A lot alone may be eaten
    /// by the commission's minimum, so reward over risk is judged again at full size.
    fn check(&mut self, dossier: Dossier, replies: &[ToolReply]) -> Turn {
        let most = match replies {
            [ToolReply::Risk(report)] => {
                let others: Vec<&str> = report
                    .breaches
                    .iter()
                    .filter(|breach| breach.rule != Rule::RewardRisk)
                    .map(|breach| breach.rule.as_str())
                    .collect();
                if !others.is_empty() {
                    self.words.push(format!(
                        "{}: refused by {}",
                        dossier.symbol,
                        others.join(", ")
                    ));
                }
                report.max_quantity.filter(|_| others.is_empty())
            }
            _ => None,
        };
        let Some(trade) = most.and_then(|most| dossier.trade(dossier.liquid(most))) else {
            return self.next_candidate();
        };
        self.stage = Stage::Checked(dossier, trade);
        self.ask(vec![ToolRequest::CheckRisk(trade)])
    }

    fn trade(&mut self, dossier: Dossier, checked: CheckRiskInput, replies: &[ToolReply]) -> Turn {
        let approved = matches!(replies, [ToolReply::Risk(report)] if report.approved);
        if !approved {
            self.words
                .push(format!("{}: refused at full size", dossier.symbol));
            return self.next_candidate();
        }
        let reason = dossier.reason();
        self.stage = Stage::Traded(dossier);
        self.ask(vec![ToolRequest::ExecuteTrade(ExecuteTradeInput {
            symbol: checked.symbol,
            side: checked.side,
            quantity: checked.quantity,
            order_type: OrderType::Limit,
            limit_price: Some(checked.entry_price),
            stop_loss: checked.stop_loss,
            take_profit: checked.take_profit,
            news_id: checked.news_id,
            news_reading: checked.news_reading,
            reason,
        })])
    }

    fn note(&mut self, dossier: &Dossier, replies: &[ToolReply]) -> Turn {
        let what = match replies {
            [ToolReply::Execution(report)] => report.outcome.to_string(),
            [ToolReply::Problem(problem)] => problem.to_string(),
            _ => "no answer".to_owned(),
        };
        let reasoning = format!("{}; {what}", dossier.reason());
        self.words.push(format!("{}: {what}", dossier.symbol));
        self.stage = Stage::Logged;
        self.ask(vec![ToolRequest::LogDecision(LogDecisionInput {
            decision: Decision::Trade,
            symbol: Some(dossier.symbol),
            reasoning,
        })])
    }

    fn ask(&mut self, requests: Vec<ToolRequest>) -> Turn {
        let calls = requests.into_iter().map(|request| {
            self.calls += 1;
            ToolCall {
                id: format!("rules-{}", self.calls),
                name: request.name().as_str().to_owned(),
                request: Ok(request),
            }
        });
        Turn::UseTools(calls.collect())
    }

    fn finish(words: &str) -> Turn {
        Turn::Finish(Conclusion {
            text: words.to_owned(),
        })
    }
}
