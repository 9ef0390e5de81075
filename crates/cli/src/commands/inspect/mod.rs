//! What every inspector shares: questions in bounded lines, one answer line each in order, and
//! values that say what was found and what is allowed when they are wrong.

mod answers;
mod bad_question;
mod bounded_lines;
mod exchange;
mod field;
mod given;
mod located;
mod object;
mod question;

pub(crate) use answers::{Answered, answer_lines, write_answer};
pub(crate) use bad_question::BadQuestion;
pub(crate) use bounded_lines::Line;
pub(crate) use exchange::Exchange;
pub(crate) use field::{Asked, needed};
pub(crate) use question::read_question;
pub(crate) use {field::Field, given::Given, object::Object};
