//! The report as its owner meets it: its sums, and its page in a real browser.

mod browser;
mod day;
mod mail;
mod page;
mod real_days;
mod year;
