//! `catalyst technicals`: the indicators of a bar file, a row a bar, in full precision. Needs no
//! settings, clock, network or state, and judges no data: what the bars say is worked out.

mod row;

use std::io::{Read, Write};
use std::path::PathBuf;

use catalyst_domain::indicator::IndicatorSet;

use crate::bar_file::BarFile;
use crate::commands::inspect::write_text;
use crate::commands::{Failure, tell_disorder};

const ABOUT: &str = "The file is CSV with a header that names timestamp, open, high, low, close and \
    volume in any order, and perhaps symbol; other columns are passed over. Timestamp and symbol may \
    be any text, prices need not be on the tick. The first bad cell is named by line and column, and \
    nothing is printed. Exit codes: 0 done, 1 the file cannot be read or is no bar file, 2 wrong flags.";

/// Flags of `catalyst technicals`.
#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(crate) struct TechnicalsArgs {
    /// The bars of one series, oldest first; - reads standard input
    #[arg(long, value_name = "FILE")]
    bars: PathBuf,
    /// CSV, an empty cell where there is no value; the default
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// One JSON object a line, without a key where there is no value
    #[arg(long)]
    json: bool,
}

impl TechnicalsArgs {
    /// Prints a row for each bar of the file.
    pub(crate) fn run(&self, input: impl Read, output: impl Write) -> Result<(), Failure> {
        let file = BarFile::open(&self.bars, input).map_err(Failure::failed)?;
        tell_disorder(&file)?;
        let mut set = IndicatorSet::new().map_err(Failure::failed)?;
        let mut text = String::new();
        if !self.json {
            text.push_str(&row::header());
        }
        for bar in &file.rows {
            let indicators = set.next(&bar.bar);
            if self.json {
                text.push_str(&row::json(bar, &indicators).map_err(Failure::failed)?);
            } else {
                text.push_str(&row::csv(bar, &indicators));
            }
            text.push('\n');
        }
        Ok(write_text(output, &text)?)
    }
}
