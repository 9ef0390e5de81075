//! Price: what tokens cost, by model and date, and the exact cost of one answer.
//!
//! A model without a price is not asked: its costs could not be bounded. `data/prices.csv` is the
//! list on file; the owner's own stands above it.

use std::collections::BTreeMap;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::{Currency, Money, MoneyError};
use rust_decimal::Decimal;
use thiserror::Error;

use crate::config::ModelId;
use crate::wire::Usage;

const BUILT_IN: &str = include_str!("../data/prices.csv");
const HEADER: &str = "model,from,prompt_max,input,output,write_5m,write_1h,read";
const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
/// USD for a million tokens beyond which a number is a slip of the pen.
const RATE_MAX: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// A line of a price list that does not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("price list line {line}: {found}")]
pub struct PriceListError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there, and what is allowed.
    pub found: String,
}

/// A model whose costs nobody could tell.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no price of model {model} is known on {date}; known are {known}")]
pub struct UnknownPrice {
    /// The model.
    pub model: ModelId,
    /// The day.
    pub date: TradingDate,
    /// Models with a price, in words.
    pub known: String,
}

/// USD for a million tokens of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rates {
    input: Decimal,
    output: Decimal,
    write_5m: Decimal,
    write_1h: Decimal,
    read: Decimal,
}

/// The prices of one model on one day. The length of the whole prompt may choose between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    short: Option<(u64, Rates)>,
    any: Rates,
}

/// Prices by model and by the day from which they count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    rows: BTreeMap<(ModelId, TradingDate, Option<u64>), Rates>,
}

impl Prices {
    /// The list that comes with the program.
    pub fn built_in() -> Result<Self, PriceListError> {
        let empty = Self {
            rows: BTreeMap::new(),
        };
        empty.with(BUILT_IN)
    }

    /// These prices and those of `text`, which count where both have one of the same day: lines of
    /// `model,from,prompt_max,input,output,write_5m,write_1h,read` in USD for a million tokens.
    pub fn with(mut self, text: &str) -> Result<Self, PriceListError> {
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') || line == HEADER {
                continue;
            }
            let (key, rates) = row(line).map_err(|found| PriceListError {
                line: index + 1,
                found,
            })?;
            self.rows.insert(key, rates);
        }
        Ok(self)
    }

    /// What `model` costs on `date`.
    ///
    /// ```
    /// use catalyst_adapters_claude::price::Prices;
    /// let prices = Prices::built_in()?;
    /// let today = "2026-11-27".parse()?;
    /// assert!(prices.tariff(&"claude-sonnet-5-5".parse()?, today).is_ok());
    /// assert_eq!(
    ///     prices.tariff(&"claude-x".parse()?, today).unwrap_err().to_string(),
    ///     "no price of model claude-x is known on 2026-11-27; known are claude-haiku-5-5, \
    ///      claude-opus-5-5, claude-sonnet-5-5"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn tariff(&self, model: &ModelId, date: TradingDate) -> Result<Tariff, UnknownPrice> {
        let in_force = self
            .rows
            .iter()
            .filter(|((of, from, _), _)| of == model && *from <= date);
        let Some(latest) = in_force.clone().map(|((_, from, _), _)| *from).max() else {
            return Err(self.unknown(model, date));
        };
        let of_day = in_force.filter(|((_, from, _), _)| *from == latest);
        let (mut short, mut any) = (None, None);
        for ((_, _, prompt_max), rates) in of_day {
            match prompt_max {
                Some(most) => short = Some((*most, *rates)),
                None => any = Some(*rates),
            }
        }
        let any = any.ok_or_else(|| self.unknown(model, date))?;
        Ok(Tariff { short, any })
    }

    fn unknown(&self, model: &ModelId, date: TradingDate) -> UnknownPrice {
        let mut known: Vec<&str> = self.rows.keys().map(|(id, _, _)| id.as_str()).collect();
        known.dedup();
        UnknownPrice {
            model: model.clone(),
            date,
            known: known.join(", "),
        }
    }
}

type Row = ((ModelId, TradingDate, Option<u64>), Rates);

fn row(line: &str) -> Result<Row, String> {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let [model, from, most, input, output, minutes, hour, read] = cells.as_slice() else {
        return Err(format!(
            "{} cells, allowed are those of `{HEADER}`",
            cells.len()
        ));
    };
    let model = model.parse().map_err(|error| format!("{error}"))?;
    let from = from.parse().map_err(|error| format!("{error}"))?;
    let most = match *most {
        "" => None,
        text => Some(
            text.parse()
                .map_err(|error| format!("prompt_max `{text}`: {error}"))?,
        ),
    };
    let rates = Rates {
        input: rate(input)?,
        output: rate(output)?,
        write_5m: rate(minutes)?,
        write_1h: rate(hour)?,
        read: rate(read)?,
    };
    Ok(((model, from, most), rates))
}

fn rate(text: &str) -> Result<Decimal, String> {
    match text.parse::<Decimal>() {
        Ok(rate) if rate > Decimal::ZERO && rate <= RATE_MAX => Ok(rate),
        Ok(_) | Err(_) => Err(format!(
            "price `{text}`, allowed is an amount above 0 up to {RATE_MAX}"
        )),
    }
}

impl Tariff {
    /// What an answer with this usage costs, unrounded. Writes whose lifetime is not told count as the
    /// dearer ones.
    pub(crate) fn cost(&self, usage: &Usage) -> Result<Money, MoneyError> {
        let rates = match self.short {
            Some((most, rates)) if usage.prompt() <= most => rates,
            Some(_) | None => self.any,
        };
        let kinds = [
            (usage.input_tokens, rates.input),
            (usage.written_5m(), rates.write_5m),
            (usage.written_1h(), rates.write_1h),
            (usage.read(), rates.read),
            (usage.output_tokens, rates.output),
        ];
        let mut sum = Decimal::ZERO;
        for (tokens, rate) in kinds {
            let part = Decimal::from(tokens).checked_mul(rate);
            let total = part.and_then(|part| sum.checked_add(part));
            sum = total.ok_or(MoneyError::TooLarge)?;
        }
        Money::new((sum / MILLION).normalize(), Currency::Usd)
    }
}

/// The most that a request can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Worst {
    /// Tokens of the whole prompt.
    pub(crate) prompt: u64,
    /// Tokens of the answer.
    pub(crate) output: u64,
}

impl Tariff {
    /// What `worst` costs when every token of the prompt is paid in the dearest way.
    pub(crate) fn most(&self, worst: Worst) -> Result<Money, MoneyError> {
        let rates = match self.short {
            Some((most, rates)) if worst.prompt <= most => rates,
            Some(_) | None => self.any,
        };
        let ways = [rates.input, rates.write_5m, rates.write_1h, rates.read];
        let dearest = ways.into_iter().fold(Decimal::ZERO, Decimal::max);
        let part = |tokens: u64, rate| Decimal::from(tokens).checked_mul(rate);
        let sum = part(worst.prompt, dearest)
            .and_then(|prompt| prompt.checked_add(part(worst.output, rates.output)?));
        let sum = sum.ok_or(MoneyError::TooLarge)?;
        Money::new((sum / MILLION).normalize(), Currency::Usd)
    }
}

#[cfg(test)]
mod tests {
    use super::{Prices, Tariff, Worst};
    use crate::wire::Usage;

    fn tariff(model: &str, date: &str) -> Tariff {
        let prices = Prices::built_in().unwrap();
        prices
            .tariff(&model.parse().unwrap(), date.parse().unwrap())
            .unwrap()
    }

    fn usage(json: &str) -> Usage {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_kind_of_token_has_its_price() {
        let sonnet = tariff("claude-sonnet-5-5", "2026-11-27");
        let used = usage(
            r#"{"input_tokens":100,"output_tokens":450,"cache_creation_input_tokens":5000,
                "cache_read_input_tokens":20000,
                "cache_creation":{"ephemeral_5m_input_tokens":1000,"ephemeral_1h_input_tokens":4000}}"#,
        );

        // 100 x 2 + 1000 x 2.5 + 4000 x 4 + 20000 x 0.1 + 450 x 10, for a million.
        assert_eq!(sonnet.cost(&used).unwrap().amount().to_string(), "0.0252");
    }

    #[test]
    fn the_most_that_a_request_can_cost_is_never_less_than_what_it_does() {
        let sonnet = tariff("claude-sonnet-5-5", "2026-11-27");
        let worst = Worst {
            prompt: 25_100,
            output: 450,
        };

        // 25100 x 4 + 450 x 10, for a million.
        assert_eq!(sonnet.most(worst).unwrap().amount().to_string(), "0.1049");
        let haiku = tariff("claude-haiku-5-5", "2026-11-27");
        let at = |prompt| haiku.most(Worst { prompt, output: 0 }).unwrap().amount();
        assert!(at(100_001) > at(100_000) + at(2), "the dearer row counts");
    }

    #[test]
    fn writes_of_unknown_lifetime_count_as_the_dearer_ones() {
        let sonnet = tariff("claude-sonnet-5-5", "2026-11-27");
        let used =
            usage(r#"{"input_tokens":0,"output_tokens":0,"cache_creation_input_tokens":1000000}"#);

        assert_eq!(sonnet.cost(&used).unwrap().amount().to_string(), "4");
    }

    #[test]
    fn the_whole_prompt_chooses_the_row_of_haiku() {
        let haiku = tariff("claude-haiku-5-5", "2026-11-27");
        let of = |input: u64| {
            let used = format!(
                r#"{{"input_tokens":{input},"output_tokens":0,"cache_read_input_tokens":90000}}"#
            );
            haiku.cost(&usage(&used)).unwrap().amount().to_string()
        };

        assert_eq!(of(10_000), "0.0019");
        assert_eq!(of(10_001), "0.0095005");
    }

    #[test]
    fn a_price_counts_from_its_day_and_the_owners_list_stands_above() {
        let list = "claude-sonnet-5-5,2026-12-01,,3,15,3.75,6,0.15\n# note\n";
        let prices = Prices::built_in().unwrap().with(list).unwrap();
        let on = |date: &str| {
            let tariff =
                prices.tariff(&"claude-sonnet-5-5".parse().unwrap(), date.parse().unwrap());
            tariff.map(|tariff| tariff.any.input.to_string())
        };

        assert_eq!(on("2026-11-30").unwrap(), "2");
        assert_eq!(on("2026-12-01").unwrap(), "3");
        assert!(
            on("2026-10-07")
                .unwrap_err()
                .to_string()
                .contains("2026-10-07")
        );
    }

    #[test]
    fn a_line_that_does_not_read_is_named() {
        for (line, wanted) in [
            ("claude-x,2026-12-01,,3", "4 cells"),
            ("claude x,2026-12-01,,3,15,3,6,1", "not a name"),
            ("claude-x,tomorrow,,3,15,3,6,1", "tomorrow"),
            ("claude-x,2026-12-01,many,3,15,3,6,1", "prompt_max `many`"),
            ("claude-x,2026-12-01,,0,15,3,6,1", "price `0`"),
            ("claude-x,2026-12-01,,3,-1,3,6,1", "price `-1`"),
        ] {
            let error = Prices::built_in()
                .unwrap()
                .with(&format!("\n{line}"))
                .unwrap_err();
            assert_eq!(error.line, 2);
            assert!(error.found.contains(wanted), "{error}");
        }
    }

    #[test]
    fn a_model_with_prices_for_short_prompts_only_has_none() {
        let list = "claude-x,2026-12-01,1000,3,15,3,6,1";
        let prices = Prices::built_in().unwrap().with(list).unwrap();

        let none = prices.tariff(&"claude-x".parse().unwrap(), "2026-12-02".parse().unwrap());

        assert!(
            none.unwrap_err()
                .to_string()
                .starts_with("no price of model claude-x")
        );
    }
}
