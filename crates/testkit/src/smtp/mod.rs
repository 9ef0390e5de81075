//! A mail server for tests: it speaks SMTP over TCP, with STARTTLS and a certificate of its own, and
//! misbehaves as it is told.

mod line;
mod server;
mod talk;

pub use server::{MailServer, Mood, Received};
