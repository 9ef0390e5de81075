//! Dossier: what the tools said about one name, and whether the owner's criteria are met.

use catalyst_domain::news::Sentiment;
use catalyst_domain::pattern::PatternState;
use catalyst_domain::price::Price;
use catalyst_domain::quantity::{LotSize, Shares};
use catalyst_domain::risk::{EntryCriteria, RiskLimits};
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::{
    CheckRiskInput, HeadlineLine, PatternLine, PatternReport, QuoteLine, SymbolNews,
    TechnicalsLine, ToolReply,
};
use rust_decimal::Decimal;

/// What is known of one name.
#[derive(Debug, Clone)]
pub(super) struct Dossier {
    pub(super) symbol: Symbol,
    pub(super) ask: Price,
    pub(super) lot: LotSize,
    /// Shares traded today.
    pub(super) volume: Shares,
    pub(super) rsi: Option<Decimal>,
    /// Average true range, in price units.
    pub(super) atr: Option<Decimal>,
    pub(super) relative_volume: Option<Decimal>,
    /// The surest pattern whose trigger was hit.
    pub(super) pattern: Option<PatternLine>,
    /// The surest pattern whose trigger still waits.
    pub(super) armed: Option<PatternLine>,
    /// The weightiest headline: bad news outweighs good, good news the rest.
    pub(super) headline: Option<HeadlineLine>,
    pub(super) levels: Option<Levels>,
}

/// The three prices of the trade.
#[derive(Debug, Clone, Copy)]
pub(super) struct Levels {
    pub(super) entry: Price,
    pub(super) stop: Price,
    pub(super) target: Price,
}

/// One dossier for each symbol that has a quote and a lot, in the order of `symbols`.
pub(super) fn dossiers(symbols: &[Symbol], replies: &[ToolReply]) -> Vec<Dossier> {
    let quotes: Vec<&QuoteLine> = replies
        .iter()
        .filter_map(|reply| {
            if let ToolReply::Quotes(report) = reply {
                Some(report)
            } else {
                None
            }
        })
        .flat_map(|report| &report.quotes)
        .collect();
    symbols
        .iter()
        .filter_map(|symbol| {
            let quote = quotes.iter().find(|quote| quote.symbol == *symbol)?;
            let lot = quote.lot?;
            Some(dossier(quote, lot, replies))
        })
        .collect()
}

fn dossier(quote: &QuoteLine, lot: LotSize, replies: &[ToolReply]) -> Dossier {
    let symbol = quote.symbol;
    let technicals = replies
        .iter()
        .find_map(|reply| technicals_of(reply, symbol));
    let patterns = replies.iter().find_map(|reply| patterns_of(reply, symbol));
    let find = |state: PatternState| {
        let lines = patterns.map_or(&[][..], |report| report.patterns.as_slice());
        lines.iter().find(|line| line.state == state).cloned()
    };
    let news = replies.iter().find_map(|reply| news_of(reply, symbol));
    let best = news.and_then(|report| {
        let negative = |s: Sentiment| s == Sentiment::Negative;
        let positive = |s: Sentiment| s == Sentiment::Positive;
        let find = |is: fn(Sentiment) -> bool| report.items.iter().find(|h| is(h.sentiment));
        find(negative)
            .or_else(|| find(positive))
            .or_else(|| report.items.first())
    });
    Dossier {
        symbol,
        ask: quote.ask,
        lot,
        volume: quote.volume,
        rsi: technicals.and_then(|line| line.rsi),
        atr: technicals.and_then(|line| line.atr),
        relative_volume: technicals.and_then(|line| line.rvol).map(|volume| volume.x),
        pattern: find(PatternState::Triggered),
        armed: find(PatternState::Armed),
        headline: best.cloned(),
        levels: None,
    }
}

fn technicals_of(reply: &ToolReply, symbol: Symbol) -> Option<&TechnicalsLine> {
    if let ToolReply::Technicals(report) = reply {
        return report.technicals.iter().find(|line| line.symbol == symbol);
    }
    None
}

fn patterns_of(reply: &ToolReply, symbol: Symbol) -> Option<&PatternReport> {
    if let ToolReply::Patterns(report) = reply
        && report.symbol == symbol
    {
        return Some(report);
    }
    None
}

fn news_of(reply: &ToolReply, symbol: Symbol) -> Option<&SymbolNews> {
    if let ToolReply::News(report) = reply {
        return report.news.iter().find(|news| news.symbol == symbol);
    }
    None
}

impl Dossier {
    /// The first criterion that is not met; `None` when the trade is worth checking.
    ///
    /// Where the owner's settings only report his criteria, unusual volume with either a pattern or
    /// a sound RSI is enough; bad news never is.
    pub(super) fn lacks(&self, limits: &RiskLimits) -> Option<String> {
        let required = limits.entry_criteria() == EntryCriteria::Require;
        match self.relative_volume {
            Some(found) if found <= limits.min_relative_volume() => {
                return Some(format!("relative volume {found}"));
            }
            None if required => return Some("relative volume not known".to_owned()),
            Some(_) | None => {}
        }
        let sentiment = self.headline.as_ref().map(|line| line.sentiment);
        if sentiment == Some(Sentiment::Negative) {
            return Some("bad news".to_owned());
        }
        let (low, high) = limits.rsi_range();
        let sound = self.rsi.is_some_and(|rsi| rsi >= low && rsi <= high);
        let rsi = || {
            self.rsi
                .map_or_else(|| "RSI not known".to_owned(), |rsi| format!("RSI {rsi}"))
        };
        let no_pattern = || match &self.armed {
            Some(line) => format!("{} waits for {}", line.name, line.trigger),
            None => "no pattern".to_owned(),
        };
        match (required, self.pattern.is_some(), sound) {
            (true, false, _) => Some(no_pattern()),
            (true, true, false) => Some(rsi()),
            (true, true, true) if sentiment != Some(Sentiment::Positive) => {
                Some("no good news".to_owned())
            }
            (false, false, false) => Some(format!("{}, {}", no_pattern(), rsi())),
            (true, true, true) | (false, true, _) | (false, false, true) => None,
        }
    }

    /// The part of `most` that the day's trade can take back before it ends: whole lots, at most a
    /// hundredth of what was traded so far, and one lot at least.
    pub(super) fn liquid(&self, most: Shares) -> Shares {
        let lot = u64::from(self.lot.shares());
        let part = (self.volume.count() / 100).max(lot).min(most.count());
        Shares::new(part - part % lot).unwrap_or(Shares::ZERO)
    }

    /// The trade at `quantity`, once its levels are known.
    pub(super) fn trade(&self, quantity: Shares) -> Option<CheckRiskInput> {
        let levels = self.levels?;
        Some(CheckRiskInput {
            symbol: self.symbol,
            side: Side::Buy,
            quantity,
            entry_price: levels.entry,
            stop_loss: levels.stop,
            take_profit: levels.target,
            news_id: self.headline.as_ref().map(|line| line.id),
            news_reading: None,
        })
    }

    /// Why, in figures that the tools returned.
    pub(super) fn reason(&self) -> String {
        let figure = |value: Option<Decimal>| {
            value.map_or_else(|| "not known".to_owned(), |value| value.to_string())
        };
        let pattern = self
            .pattern
            .as_ref()
            .map_or("no pattern", |pattern| pattern.name.as_str());
        let news = self
            .headline
            .as_ref()
            .map_or("no news", |line| line.headline.as_str());
        format!(
            "{pattern}, relative volume {}, RSI {}, {news}",
            figure(self.relative_volume),
            figure(self.rsi),
        )
    }
}
