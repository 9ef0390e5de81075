//! Translation: the bytes of a feed into stories, and what had to be dropped.

mod code;
mod document;
mod story;

pub(crate) use document::{Read, read};
pub(crate) use story::Story;
#[cfg(test)]
pub(crate) use story::tests::a_story;
