//! A market made by hand: the minutes of one name as a tape says, and what the tools answer on them.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::market::{Bar, Ohlc, Quote};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::RawLimits;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::advisor::{
    Advisor, AdvisorError, Brief, Conclusion, Consultation, ToolAnswer, ToolCall, Turn,
};
use catalyst_ports::market_data::{BarSpan, MarketData, MarketDataError, SnapshotAnswer};
use catalyst_ports::tool::ToolRequest;
use catalyst_testkit::builders::symbol;
use catalyst_testkit::clock::ManualClock;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::stage::Stage;

/// Minutes of continuous trading of a full day.
pub(super) const FULL: i64 = 330;

/// One name's bars, the same for whoever asks; quotes are those of the generated world.
struct HandMade {
    world: Arc<dyn MarketData>,
    minutes: Vec<Vec<Bar>>,
    days: Vec<Bar>,
}

#[async_trait]
impl MarketData for HandMade {
    async fn quote(&self, symbol: Symbol) -> Result<Quote, MarketDataError> {
        self.world.quote(symbol).await
    }

    async fn snapshots(&self, symbols: &[Symbol]) -> Result<Vec<SnapshotAnswer>, MarketDataError> {
        self.world.snapshots(symbols).await
    }

    async fn bars(&self, asked: Symbol, span: BarSpan) -> Result<Vec<Bar>, MarketDataError> {
        if asked != symbol("700") {
            return Err(MarketDataError::Unknown { symbol: asked });
        }
        Ok(match span {
            BarSpan::Minutes { days } => {
                let wanted = usize::try_from(days).unwrap();
                let skipped = self.minutes.len().saturating_sub(wanted);
                self.minutes[skipped..].concat()
            }
            BarSpan::Days { count } => {
                let wanted = usize::try_from(count).unwrap();
                let skipped = self.days.len().saturating_sub(wanted);
                self.days[skipped..].to_vec()
            }
        })
    }
}

/// Asks its calls in one turn each and keeps the answers.
#[derive(Clone)]
struct Listening {
    calls: Vec<ToolRequest>,
    heard: Arc<Mutex<Vec<Value>>>,
}

#[async_trait]
impl Advisor for Listening {
    fn name(&self) -> &'static str {
        "listening"
    }

    async fn consult(&self, _brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        Ok(Box::new(self.clone()))
    }
}

#[async_trait]
impl Consultation for Listening {
    async fn next(&mut self, answers: Vec<ToolAnswer>) -> Result<Turn, AdvisorError> {
        let replies = answers.iter().map(|answer| &answer.reply);
        let values = replies.map(|reply| serde_json::to_value(reply).unwrap());
        self.heard.lock().unwrap().extend(values);
        if self.calls.is_empty() {
            let text = "done".to_owned();
            return Ok(Turn::Finish(Conclusion { text }));
        }
        let request = self.calls.remove(0);
        Ok(Turn::UseTools(vec![ToolCall {
            id: format!("call-{}", self.calls.len()),
            name: request.name().as_str().to_owned(),
            request: Ok(request),
        }]))
    }
}

/// A price and a volume for each minute: which past day (0 is today), which minute of its trading.
pub(super) type Tape = fn(i64, i64) -> (i64, u64);

/// A market at a moment of a day, with that many days of minutes before it.
pub(super) struct Market {
    stage: Stage,
    now: DateTime<Utc>,
    pub(super) tape: Tape,
    pub(super) past_days: i64,
    pub(super) daily: usize,
    pub(super) today: Today,
}

/// Whether today's minutes have come.
#[derive(PartialEq)]
pub(super) enum Today {
    Trades,
    IsSilent,
}

fn bar(start: DateTime<Utc>, cents: i64, volume: u64) -> Bar {
    let price = Price::new(Decimal::new(cents, 2)).unwrap();
    let prices = Ohlc {
        open: price,
        high: price,
        low: price,
        close: price,
    };
    Bar::new(start, prices, Shares::new(volume).unwrap()).unwrap()
}

impl Market {
    pub(super) fn on(date: &str, time: &str, tape: Tape) -> Self {
        let mut stage = Stage::on(date, RawLimits::owner());
        let clock = NaiveTime::parse_from_str(time, "%H:%M").unwrap();
        let now = stage.rules.calendar.at(stage.date(), clock);
        // The generated world begins at ten; what it shows hardly matters here.
        if now >= stage.world.now() {
            stage.at(time);
        }
        stage.ports.clock = Arc::new(ManualClock::at(now));
        Self {
            stage,
            now,
            tape,
            past_days: 24,
            daily: 0,
            today: Today::Trades,
        }
    }

    fn dates(&self) -> Vec<TradingDate> {
        let calendar = &self.stage.rules.calendar;
        let mut dates = vec![self.stage.date()];
        for _ in 0..self.past_days {
            dates.push(
                calendar
                    .previous_trading_date(*dates.last().unwrap())
                    .unwrap(),
            );
        }
        dates.reverse();
        dates
    }

    fn minutes_of(&self, date: TradingDate, day: i64) -> Vec<Bar> {
        let mut bars = Vec::new();
        for session in self.stage.rules.calendar.continuous_sessions(date).unwrap() {
            let mut start = session.start;
            while start < session.end && start + TimeDelta::minutes(1) <= self.now {
                let minute = i64::try_from(bars.len()).unwrap();
                let (cents, volume) = (self.tape)(day, minute);
                bars.push(bar(start, cents, volume));
                start += TimeDelta::minutes(1);
            }
        }
        bars
    }

    /// Answers to the calls.
    pub(super) async fn answers(mut self, calls: &[Value]) -> Vec<Value> {
        let dates = self.dates();
        let mut minutes: Vec<Vec<Bar>> = (0..=self.past_days)
            .rev()
            .zip(&dates)
            .map(|(day, date)| self.minutes_of(*date, day))
            .collect();
        let of_day = |minutes: &Vec<Bar>| {
            let [first, rest @ ..] = minutes.as_slice() else {
                panic!("a day without minutes")
            };
            rest.iter()
                .fold(*first, |day, minute| day.joined_with(minute))
        };
        let mut days: Vec<Bar> = minutes[..dates.len() - 1].iter().map(of_day).collect();
        days.drain(..days.len().saturating_sub(self.daily));
        if self.today == Today::IsSilent {
            minutes.pop();
        }
        self.stage.ports.market = Arc::new(HandMade {
            world: Arc::clone(&self.stage.ports.market),
            minutes,
            days,
        });
        let heard = Arc::new(Mutex::new(Vec::new()));
        let request = |call: &Value| {
            ToolRequest::parse(call["tool"].as_str().unwrap(), call["input"].clone()).unwrap()
        };
        let advisor = Listening {
            calls: calls.iter().map(request).collect(),
            heard: Arc::clone(&heard),
        };
        let slot = self.stage.rules.calendar.local(self.now);
        let slot = slot.format("%H:%M").to_string();
        self.stage.advised(&slot, Arc::new(advisor)).await.unwrap();
        heard.lock().unwrap().clone()
    }

    /// The line of 00700, with fifteen-minute bars.
    pub(super) async fn line(self) -> Value {
        let answers = self.answers(&[asking(&json!({"symbol": "700"}))]).await;
        answers[0]["technicals"][0].clone()
    }

    /// What the gate found of these two criteria after a look at the technicals, `null` when it is met.
    pub(super) async fn evidence(self, look: Value) -> (Value, Value) {
        let trade = json!({"tool": "check_risk", "input": {"symbol": "700", "side": "buy",
            "quantity": 100, "entry_price": "500", "stop_loss": "495", "take_profit": "520"}});
        let answers = self.answers(&[asking(&look), trade]).await;
        let breaches = answers[1]["breaches"].as_array().unwrap().clone();
        let found = |rule: &str| {
            let breach = breaches.iter().find(|breach| breach["rule"] == rule);
            breach.map_or(Value::Null, |breach| breach["found"].clone())
        };
        (found("rsi_range"), found("relative_volume"))
    }
}

pub(super) fn asking(input: &Value) -> Value {
    json!({"tool": "get_technicals", "input": input})
}
