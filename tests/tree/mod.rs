//! The repository as text: which files are in it, and what of each is code, comment or test.

mod mask;
mod source;
mod tracked;

pub(crate) use source::{Source, braces_after};
pub(crate) use tracked::{Finding, Tree, root};
