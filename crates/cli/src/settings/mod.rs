//! Settings: the built-in file, the owner's file and the environment, merged, checked key by key,
//! and turned into the types that the rest of the program takes.

mod advisor;
mod alerts;
mod broker;
mod budget;
mod canonical;
mod claude;
mod database;
mod env_file;
mod environment;
mod keys;
mod limits;
mod load;
mod news;
mod orders;
mod place;
mod problem;
mod raw;
mod reconcile;
mod scan;
mod schedule;
mod simulation;
mod warning;
mod watch;

pub(crate) use advisor::AdvisorChoice;
pub(crate) use alerts::{AlertSettings, MailPrivacy, MailSettings};
pub(crate) use broker::{Broker, BrokerSettings, ClockChoice, OrderRoute, TradingMode};
pub(crate) use claude::ClaudeSettings;
pub(crate) use database::{Address, DatabaseSettings, Engine, Hidden, NoPlace, PostgresPlace};
pub(crate) use environment::{ENV_FILE, Environment};
pub(crate) use load::{DEFAULTS, FILE_NAME, Settings, load, locate, of_text, standard_folder};
pub(crate) use news::{NewsSettings, NewsSource};
pub(crate) use problem::SettingsError;
pub(crate) use scan::ScanNames;
pub(crate) use schedule::LunchExits;

#[cfg(test)]
mod tests;
