//! The advisor: one model behind one line, with instructions and tools made once.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::money::Money;
use catalyst_ports::advisor::{Advisor, AdvisorError, Brief, Consultation};
use serde_json::value::{RawValue, to_raw_value};

use crate::ask::Line;
use crate::cassette::{Recorder, Tape};
use crate::config::{AccessConfig, MAX_TOKENS_RANGE, ModelConfig};
use crate::consultation::Talk;
use crate::endpoint::Endpoint;
use crate::prompt::{PromptFacts, opening, rendered};
use crate::setup::SetupError;
use crate::tools::{TOOLS, listed};
use crate::wire::{CacheMark, Text};

/// Claude, or a recording of it.
#[derive(Debug)]
pub struct ClaudeAdvisor {
    name: &'static str,
    desk: Arc<Desk>,
}

/// What every conversation shares: the same bytes in every request, so that they are cached.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) config: ModelConfig,
    pub(crate) line: Line,
    pub(crate) system: Box<RawValue>,
    pub(crate) tools: Box<RawValue>,
}

/// The instructions with their placeholders, and what fills them.
#[derive(Debug, Clone, Copy)]
pub struct Instructions<'a> {
    /// Usually [`crate::prompt::INSTRUCTIONS`].
    pub template: &'a str,
    /// Limits and hours.
    pub facts: &'a PromptFacts,
}

impl ClaudeAdvisor {
    /// Claude behind `access`. With a recorder every final answer is kept.
    pub fn new(
        config: ModelConfig,
        access: &AccessConfig,
        recorder: Option<Recorder>,
        told: Instructions<'_>,
    ) -> Result<Self, SetupError> {
        let line = Line::Provider(Box::new(Endpoint::new(access)?), access.pace, recorder);
        Self::of(config, "claude", line, told)
    }

    /// A recording in place of Claude: nothing is sent, no key is needed.
    pub fn replay(
        config: ModelConfig,
        tape: Tape,
        told: Instructions<'_>,
    ) -> Result<Self, SetupError> {
        Self::of(config, "cassette", Line::Tape(tape), told)
    }

    fn of(
        config: ModelConfig,
        name: &'static str,
        line: Line,
        told: Instructions<'_>,
    ) -> Result<Self, SetupError> {
        if !MAX_TOKENS_RANGE.contains(&config.max_tokens) {
            return Err(SetupError::MaxTokens {
                found: config.max_tokens,
            });
        }
        let text = rendered(told.template, told.facts)?;
        let system = to_raw_value(&[Text {
            text: &text,
            cache_control: Some(CacheMark::ONE_HOUR),
        }])?;
        let tools = to_raw_value(&listed(&TOOLS, told.facts)?)?;
        let desk = Arc::new(Desk {
            config,
            line,
            system,
            tools,
        });
        Ok(Self { name, desk })
    }

    fn talk(&self, brief: &Brief) -> Result<Talk, AdvisorError> {
        let unwritable = |error: serde_json::Error| AdvisorError::Unusable {
            why: format!("the brief cannot be written: {error}"),
        };
        let words = opening(brief).map_err(unwritable)?;
        Talk::begin(Arc::clone(&self.desk), brief, &words).map_err(unwritable)
    }
}

#[async_trait]
impl Advisor for ClaudeAdvisor {
    fn name(&self) -> &str {
        self.name
    }

    fn reserve(&self, brief: &Brief) -> Result<Money, AdvisorError> {
        self.talk(brief)?.reserve(&[])
    }

    /// Asks nobody yet.
    async fn consult(&self, brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        Ok(Box::new(self.talk(&brief)?))
    }
}
