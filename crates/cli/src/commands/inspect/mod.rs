//! What every inspector shares: questions in bounded lines, one answer line each in order, and
//! values that say what was found and what is allowed when they are wrong.

mod answers;
mod bad_question;
mod bounded_lines;
mod field;
mod given;
mod located;
mod object;
mod question;

pub(crate) use answers::{Answered, answer_lines, write_answer, write_text};
pub(crate) use bad_question::BadQuestion;
pub(crate) use bounded_lines::Line;
pub(crate) use field::{Asked, Field, needed};
pub(crate) use given::Given;
pub(crate) use object::Object;
pub(crate) use question::read_question;
