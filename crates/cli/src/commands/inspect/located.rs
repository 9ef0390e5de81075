//! Located: reads a value again, slowly, and says at which key it is wrong and what stands there.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IntoDeserializer as _, MapAccess,
    SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::value::RawValue;

use super::bad_question::BadQuestion;
use super::field::text_of;

/// One value of a line that is known to be JSON.
#[derive(Debug, Clone, Copy)]
pub(super) struct Located<'de>(pub(super) &'de RawValue);

impl<'de> Located<'de> {
    fn begins_with(self, sign: char) -> bool {
        self.0.get().starts_with(sign)
    }

    /// The value as its asker would say it: a text without its quotes.
    fn shown(self) -> String {
        let json = self.0.get();
        text_of(json).map_or_else(|| json.to_owned(), Into::into)
    }

    /// Reads the value by what serde's `read` asks for, in the plain way.
    fn plainly<T>(
        self,
        read: impl FnOnce(
            &mut serde_json::Deserializer<serde_json::de::StrRead<'de>>,
        ) -> serde_json::Result<T>,
    ) -> Result<T, BadQuestion> {
        let mut plain = serde_json::Deserializer::from_str(self.0.get());
        read(&mut plain).map_err(BadQuestion::custom)
    }
}

impl<'de> Deserializer<'de> for Located<'de> {
    type Error = BadQuestion;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BadQuestion> {
        self.plainly(|plain| plain.deserialize_any(visitor))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BadQuestion> {
        if self.begins_with('"') {
            return self.deserialize_any(visitor);
        }
        Err(BadQuestion::custom("a text in quotes"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BadQuestion> {
        if self.0.get() == "null" {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BadQuestion> {
        if !self.begins_with('{') {
            return Err(BadQuestion::custom("one JSON object"));
        }
        let Pairs(pairs) = self.plainly(|plain| Pairs::deserialize(plain))?;
        visitor.visit_map(LocatedMap {
            pairs: pairs.into_iter(),
            here: None,
        })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BadQuestion> {
        if !self.begins_with('[') {
            return Err(BadQuestion::custom("a JSON array"));
        }
        let elements: Vec<&'de RawValue> = self.plainly(|plain| Vec::deserialize(plain))?;
        visitor.visit_seq(LocatedSeq {
            elements: elements.into_iter().enumerate(),
        })
    }

    // Raw values ask in this way, under a name that only serde_json knows.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, BadQuestion> {
        self.plainly(|plain| plain.deserialize_newtype_struct(name, visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, BadQuestion> {
        self.plainly(|plain| plain.deserialize_enum(name, variants, visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, BadQuestion> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str bytes byte_buf unit
        unit_struct tuple tuple_struct identifier ignored_any
    }
}

struct LocatedMap<'de> {
    pairs: std::vec::IntoIter<(String, &'de RawValue)>,
    here: Option<(String, Located<'de>)>,
}

impl<'de> MapAccess<'de> for LocatedMap<'de> {
    type Error = BadQuestion;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, BadQuestion> {
        let Some((key, value)) = self.pairs.next() else {
            return Ok(None);
        };
        let name: StrDeserializer<'_, BadQuestion> = key.as_str().into_deserializer();
        let field = seed.deserialize(name)?;
        self.here = Some((key, Located(value)));
        Ok(Some(field))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, BadQuestion> {
        let Some((key, value)) = self.here.take() else {
            return Err(BadQuestion::custom("a key before its value"));
        };
        seed.deserialize(value)
            .map_err(|error| error.inside(&key, &value.shown()))
    }
}

struct LocatedSeq<'de> {
    elements: std::iter::Enumerate<std::vec::IntoIter<&'de RawValue>>,
}

impl<'de> SeqAccess<'de> for LocatedSeq<'de> {
    type Error = BadQuestion;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, BadQuestion> {
        let Some((index, element)) = self.elements.next() else {
            return Ok(None);
        };
        let element = Located(element);
        seed.deserialize(element)
            .map(Some)
            .map_err(|error| error.inside(&format!("[{index}]"), &element.shown()))
    }
}

/// The pairs of an object as they stand; a map would keep only the last of two equal keys.
struct Pairs<'de>(Vec<(String, &'de RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}
