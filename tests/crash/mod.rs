//! Runs that are killed at every point, and runs whose database goes away: nothing is sent twice,
//! nothing is lost, every position ends under a stop.

mod engine;
mod hook;
mod kill_loop;
mod outage;
mod repeats;
mod scene;
mod two_runs;
mod whole;
mod wrap;
