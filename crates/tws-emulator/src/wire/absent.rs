//! What is absent on the wire is empty: a message without fields, a text without letters.

/// The field's value, or an empty one.
pub(crate) fn or_empty<T: Clone + Default>(field: Option<&T>) -> T {
    field.map_or_else(T::default, T::clone)
}
