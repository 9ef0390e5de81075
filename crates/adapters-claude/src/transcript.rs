//! Transcript: the history that every request repeats. It only grows: what the model once said goes
//! back byte for byte, because its thinking is signed over everything before it.

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::wire::{Message, Role, Text, ToolResult};

/// The messages so far, each as the bytes it is sent as.
#[derive(Debug)]
pub(crate) struct Transcript {
    messages: Vec<Box<RawValue>>,
}

impl Transcript {
    /// Begins with our words.
    pub(crate) fn begin(words: &str) -> Result<Self, serde_json::Error> {
        let mut transcript = Self {
            messages: Vec::new(),
        };
        transcript.say(words)?;
        Ok(transcript)
    }

    pub(crate) fn messages(&self) -> &[Box<RawValue>] {
        &self.messages
    }

    /// Bytes of all messages.
    pub(crate) fn bytes(&self) -> usize {
        self.messages
            .iter()
            .map(|message| message.get().len())
            .sum()
    }

    /// Adds words of ours.
    pub(crate) fn say(&mut self, words: &str) -> Result<(), serde_json::Error> {
        let block = Text {
            text: words,
            cache_control: None,
        };
        self.push(Role::User, &[block])
    }

    /// Adds what the model said, untouched.
    pub(crate) fn echo(&mut self, content: &RawValue) -> Result<(), serde_json::Error> {
        self.push(Role::Assistant, content)
    }

    /// Adds the answers to all calls of the message before.
    pub(crate) fn answer(&mut self, results: &[ToolResult<'_>]) -> Result<(), serde_json::Error> {
        self.push(Role::User, results)
    }

    fn push<C: Serialize + ?Sized>(
        &mut self,
        role: Role,
        content: &C,
    ) -> Result<(), serde_json::Error> {
        let message = Message { role, content };
        self.messages.push(to_raw_value(&message)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::Transcript;

    #[test]
    fn what_the_model_said_goes_back_byte_for_byte() {
        let said = "[ {\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"aA+/=\"},\n  \
                    {\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"x\",\"input\":{\"a\":1.10,\"b\":1e2,\"c\":\"\\u4e2d\"}} ]";
        let raw: Box<RawValue> = serde_json::from_str(said).unwrap();
        let mut transcript = Transcript::begin("go").unwrap();

        transcript.echo(&raw).unwrap();

        let echoed = transcript.messages()[1].get();
        assert_eq!(
            echoed,
            format!("{{\"role\":\"assistant\",\"content\":{said}}}")
        );
    }
}
