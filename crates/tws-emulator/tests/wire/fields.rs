//! Protobuf by hand: numbered fields written and read without any schema.

/// One field's value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Number(i64),
    Double(f64),
    Bytes(Vec<u8>),
}

/// A message as its fields, in the order they came.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Fields(pub(crate) Vec<(u64, Value)>);

impl Fields {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn int(mut self, tag: u64, value: i64) -> Self {
        self.0.push((tag, Value::Number(value)));
        self
    }

    pub(crate) fn double(mut self, tag: u64, value: f64) -> Self {
        self.0.push((tag, Value::Double(value)));
        self
    }

    pub(crate) fn text(mut self, tag: u64, value: &str) -> Self {
        self.0.push((tag, Value::Bytes(value.as_bytes().to_vec())));
        self
    }

    pub(crate) fn inner(mut self, tag: u64, value: &Self) -> Self {
        self.0.push((tag, Value::Bytes(value.encode())));
        self
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (tag, value) in &self.0 {
            match value {
                Value::Number(number) => {
                    varint(&mut bytes, tag << 3);
                    varint(&mut bytes, number.cast_unsigned());
                }
                Value::Double(double) => {
                    varint(&mut bytes, tag << 3 | 1);
                    bytes.extend(double.to_le_bytes());
                }
                Value::Bytes(inner) => {
                    varint(&mut bytes, tag << 3 | 2);
                    varint(&mut bytes, u64::try_from(inner.len()).unwrap());
                    bytes.extend(inner);
                }
            }
        }
        bytes
    }

    pub(crate) fn decode(mut bytes: &[u8]) -> Self {
        let mut fields = Self::new();
        while !bytes.is_empty() {
            let key = read_varint(&mut bytes);
            let value = match key & 7 {
                0 => Value::Number(read_varint(&mut bytes).cast_signed()),
                1 => {
                    let (head, rest) = bytes.split_at(8);
                    bytes = rest;
                    Value::Double(f64::from_le_bytes(head.try_into().unwrap()))
                }
                2 => {
                    let length = usize::try_from(read_varint(&mut bytes)).unwrap();
                    let (head, rest) = bytes.split_at(length);
                    bytes = rest;
                    Value::Bytes(head.to_vec())
                }
                other => panic!("wire type {other}"),
            };
            fields.0.push((key >> 3, value));
        }
        fields
    }

    fn all(&self, tag: u64) -> impl Iterator<Item = &Value> {
        self.0
            .iter()
            .filter(move |(found, _)| *found == tag)
            .map(|(_, value)| value)
    }

    pub(crate) fn number(&self, tag: u64) -> i64 {
        match self.all(tag).next() {
            Some(Value::Number(number)) => *number,
            None => 0,
            other => panic!("field {tag} is {other:?}"),
        }
    }

    pub(crate) fn real(&self, tag: u64) -> f64 {
        match self.all(tag).next() {
            Some(Value::Double(double)) => *double,
            None => 0.0,
            other => panic!("field {tag} is {other:?}"),
        }
    }

    pub(crate) fn string(&self, tag: u64) -> String {
        match self.all(tag).next() {
            Some(Value::Bytes(bytes)) => String::from_utf8(bytes.clone()).unwrap(),
            None => String::new(),
            other => panic!("field {tag} is {other:?}"),
        }
    }

    pub(crate) fn has(&self, tag: u64) -> bool {
        self.all(tag).next().is_some()
    }

    pub(crate) fn message(&self, tag: u64) -> Self {
        self.messages(tag).into_iter().next().unwrap_or_default()
    }

    pub(crate) fn messages(&self, tag: u64) -> Vec<Self> {
        let bytes = self.all(tag).map(|value| match value {
            Value::Bytes(bytes) => Self::decode(bytes),
            Value::Number(_) | Value::Double(_) => panic!("field {tag} is no message"),
        });
        bytes.collect()
    }
}

fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value > 0x7F {
        bytes.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes()[0]);
}

fn read_varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in 0..10 {
        let (byte, rest) = bytes.split_first().unwrap();
        *bytes = rest;
        value |= u64::from(byte & 0x7F) << (7 * shift);
        if byte & 0x80 == 0 {
            break;
        }
    }
    value
}
