//! The drill: an installed program whose crontab lines are run as cron runs them, through a whole day at a
//! practice gateway, with PostgreSQL, a mail server and Claude's stand-in; and then everything that goes
//! wrong, with its alarm.

mod advice;
mod clock;
mod cron;
mod day;
mod house;
mod trouble;
