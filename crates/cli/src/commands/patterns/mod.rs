//! `catalyst patterns`: what chart patterns a bar file holds, at its end or as each bar in turn was
//! the last one known. Needs no settings, clock, network or state.

mod frame;
mod labels;
mod line;
mod series;
mod sketch;
mod svg;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;
use thiserror::Error;

use crate::bar_file::{BarFile, BarFileError};
use crate::commands::inspect::write_text;
use crate::commands::{Failure, tell, tell_disorder};
use crate::render::on_one_line;
use series::{Scanned, Sessions, scanned};

const ABOUT: &str = "A file is CSV with a header that names timestamp, open, high, low, close and \
    volume in any order, and perhaps symbol; other columns are passed over. Symbol and timestamp may \
    be any text, and all bars count as one stretch of trading unless --sessions says otherwise. \
    Prices need not be on the tick; levels are put on it. docs/patterns.md says how each pattern is \
    measured. In a folder, files without the columns of bars are passed over. Exit codes: 0 done, 1 a file cannot be read or is no bar file, 2 wrong flags.";

/// Flags of `catalyst patterns`.
#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(crate) struct PatternsArgs {
    /// Bars of one series, oldest first, or a folder of such .csv files; - reads standard input
    #[arg(long, value_name = "FILE_OR_DIR")]
    bars: PathBuf,
    /// Say for every bar what was seen when it was the last one, not only at the end
    #[arg(long)]
    every_bar: bool,
    /// One JSON object a line: series, name, start, end, asof (bars counted from 0), confidence,
    /// trigger, stop, target
    #[arg(long, visible_alias = "json")]
    jsonl: bool,
    /// Confidence from which a pattern is shown, above 0 to 1
    #[arg(long, value_name = "C", default_value = "0.6", value_parser = confidence)]
    min_confidence: f64,
    /// Trade date whose price steps the levels lie on [default: the last date on file]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<TradingDate>,
    /// Where lunch and night lie: none, or hkex, which reads the timestamps (RFC 3339)
    #[arg(long, value_name = "WHICH", default_value = "none")]
    sessions: Sessions,
    /// Draw bars, volume and patterns of one file as an SVG picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

fn confidence(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(found) if found > 0.0 && found <= 1.0 => Ok(found),
        Ok(_) | Err(_) => Err("allowed are numbers above 0 and at most 1".to_owned()),
    }
}

/// What a folder or a picture may not be.
#[derive(Debug, Error)]
enum PatternsError {
    #[error("{name} cannot be read")]
    Folder {
        name: String,
        source: std::io::Error,
    },
    #[error("{name} holds no .csv file with bars")]
    Empty { name: String },
    #[error("--svg draws one series; {name} is a folder, name one of its files")]
    PictureOfFolder { name: String },
    #[error("--svg {name} is the file of the bars, which the picture would replace; name another")]
    PictureOverBars { name: String },
    #[error("{name} cannot be written")]
    Picture {
        name: String,
        source: std::io::Error,
    },
    #[error("{bad} of {all} files were refused, see above")]
    Refused { bad: usize, all: usize },
}

impl PatternsArgs {
    /// Prints what is seen in each file, files by name; a refused file does not stop the others.
    pub(crate) fn run(&self, mut input: impl Read, mut output: impl Write) -> Result<(), Failure> {
        let rules = Rulebook::of(Exchange::Hkex).map_err(Failure::failed)?;
        let files = self.files().map_err(Failure::failed)?;
        self.spares_the_bars().map_err(Failure::failed)?;
        let alone = !self.bars.is_dir();
        let (mut read, mut refused) = (0_usize, 0_usize);
        for path in &files {
            let scanned = match BarFile::open(path, &mut input).map_err(Refusal::File) {
                Ok(file) => {
                    if self.sessions == Sessions::None {
                        tell_disorder(&file)?;
                    }
                    self.scan(&stem(path), &file, &rules).map_err(Refusal::Bars)
                }
                Err(refusal) => Err(refusal),
            };
            match scanned {
                Ok(scanned) => {
                    self.show(&scanned, &mut output)?;
                    read += 1;
                }
                Err(refusal) if alone => return Err(Failure::failed(refusal)),
                Err(refusal) if refusal.is_another_kind_of_file() => {
                    tell(&format!("passed over: {}", on_one_line(&refusal)))?;
                }
                Err(refusal) => {
                    tell(&format!("refused: {}", on_one_line(&refusal)))?;
                    refused += 1;
                }
            }
        }
        match (read, refused) {
            (0, 0) => Err(Failure::failed(PatternsError::Empty {
                name: self.bars.display().to_string(),
            })),
            (_, 0) => Ok(()),
            (_, _) => Err(Failure::failed(PatternsError::Refused {
                bad: refused,
                all: files.len(),
            })),
        }
    }

    fn scan<'a>(
        &self,
        name: &str,
        file: &BarFile,
        rules: &'a Rulebook,
    ) -> Result<Scanned<'a>, series::SeriesError> {
        let date = self.date.unwrap_or_else(|| rules.market.coverage.to());
        scanned(name, file, (rules, date), self.sessions)
    }

    fn show(&self, scanned: &Scanned<'_>, output: &mut impl Write) -> Result<(), Failure> {
        let seen = scanned.seen(self.every_bar, self.min_confidence);
        let text = if self.jsonl {
            line::json_lines(scanned, &seen).map_err(Failure::failed)?
        } else {
            line::text(
                scanned,
                &seen,
                svg::instances(scanned, self.min_confidence).len(),
            )
        };
        write_text(&mut *output, &text)?;
        let Some(path) = &self.svg else {
            return Ok(());
        };
        let picture = svg::picture(scanned, self.min_confidence);
        std::fs::write(path, picture).map_err(|source| {
            Failure::failed(PatternsError::Picture {
                name: path.display().to_string(),
                source,
            })
        })
    }

    /// A picture must not be written over the bars it is drawn from.
    fn spares_the_bars(&self) -> Result<(), PatternsError> {
        let Some(picture) = &self.svg else {
            return Ok(());
        };
        let (bars, target) = (self.bars.canonicalize(), picture.canonicalize());
        match (bars, target) {
            (Ok(bars), Ok(target)) if bars == target => Err(PatternsError::PictureOverBars {
                name: picture.display().to_string(),
            }),
            (_, _) => Ok(()),
        }
    }

    fn files(&self) -> Result<Vec<PathBuf>, PatternsError> {
        if !self.bars.is_dir() {
            return Ok(vec![self.bars.clone()]);
        }
        let name = self.bars.display().to_string();
        if self.svg.is_some() {
            return Err(PatternsError::PictureOfFolder { name });
        }
        let unreadable = |source| PatternsError::Folder {
            name: name.clone(),
            source,
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.bars).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|extension| extension == "csv") {
                files.push(path);
            }
        }
        files.sort();
        if files.is_empty() {
            return Err(PatternsError::Empty { name });
        }
        Ok(files)
    }
}

/// Why one file gives no answer.
#[derive(Debug, Error)]
enum Refusal {
    #[error(transparent)]
    File(BarFileError),
    #[error(transparent)]
    Bars(series::SeriesError),
}

impl Refusal {
    /// In a folder of bars there may be a table of something else; its header says so.
    fn is_another_kind_of_file(&self) -> bool {
        match self {
            Self::File(error) => error.is_of_the_header(),
            Self::Bars(_) => false,
        }
    }
}

fn stem(path: &Path) -> String {
    if path == Path::new("-") {
        return "stdin".to_owned();
    }
    path.file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}
