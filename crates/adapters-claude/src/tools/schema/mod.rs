//! Schema: one tool as JSON, in the subset that strict tools may use. The order of fields is the order
//! of the bytes, which are the beginning of every cached prefix.

use catalyst_ports::tool::ToolName;
use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use crate::prompt::{PromptError, PromptFacts, filled};

/// What a tool is told to the model as. Texts may hold placeholders of the prompt.
#[derive(Debug)]
pub(crate) struct ToolSpec {
    pub(crate) name: ToolName,
    pub(crate) says: &'static str,
    pub(crate) fields: &'static [Field],
}

/// One field of an input.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) need: Need,
    pub(crate) says: &'static str,
}

/// Whether a field may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Required,
    Optional,
}

/// What a field holds. Bounds are told in words and checked by the parser: a strict schema has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Texts,
    Number,
    Integer,
    Words(&'static [&'static str]),
}

/// The tools as the JSON of a request.
pub(crate) fn listed(
    tools: &[&'static ToolSpec],
    facts: &PromptFacts,
) -> Result<Vec<Definition>, PromptError> {
    let values = facts.values();
    let mut listed = Vec::with_capacity(tools.len());
    for tool in tools {
        let mut fields = Vec::with_capacity(tool.fields.len());
        for field in tool.fields {
            fields.push((field, filled(field.says, &values)?));
        }
        listed.push(Definition {
            name: tool.name.as_str(),
            description: filled(tool.says, &values)?,
            fields,
        });
    }
    Ok(listed)
}

/// A tool ready to be written.
#[derive(Debug)]
pub(crate) struct Definition {
    name: &'static str,
    description: String,
    fields: Vec<(&'static Field, String)>,
}

impl Serialize for Definition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("name", self.name)?;
        map.serialize_entry("description", &self.description)?;
        map.serialize_entry("strict", &true)?;
        map.serialize_entry("input_schema", &Input(&self.fields))?;
        map.end()
    }
}

type Described = [(&'static Field, String)];

struct Input<'a>(&'a Described);

impl Serialize for Input<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("type", "object")?;
        map.serialize_entry("properties", &Properties(self.0))?;
        map.serialize_entry("required", &Required(self.0))?;
        map.serialize_entry("additionalProperties", &false)?;
        map.end()
    }
}

struct Properties<'a>(&'a Described);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (field, says) in self.0 {
            map.serialize_entry(field.name, &Property(field.kind, says))?;
        }
        map.end()
    }
}

struct Required<'a>(&'a Described);

impl Serialize for Required<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let needed = self
            .0
            .iter()
            .filter(|(field, _)| field.need == Need::Required);
        let mut list = serializer.serialize_seq(None)?;
        for (field, _) in needed {
            list.serialize_element(field.name)?;
        }
        list.end()
    }
}

struct Property<'a>(Kind, &'a str);

impl Serialize for Property<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(kind, says) = self;
        let mut map = serializer.serialize_map(None)?;
        match kind {
            Kind::Text => map.serialize_entry("type", "string")?,
            Kind::Number => map.serialize_entry("type", "number")?,
            Kind::Integer => map.serialize_entry("type", "integer")?,
            Kind::Texts => {
                map.serialize_entry("type", "array")?;
                map.serialize_entry("items", &Item { kind: "string" })?;
            }
            Kind::Words(words) => {
                map.serialize_entry("type", "string")?;
                map.serialize_entry("enum", words)?;
            }
        }
        if !says.is_empty() {
            map.serialize_entry("description", says)?;
        }
        map.end()
    }
}

#[derive(serde::Serialize)]
struct Item {
    #[serde(rename = "type")]
    kind: &'static str,
}

#[cfg(test)]
mod tests;
